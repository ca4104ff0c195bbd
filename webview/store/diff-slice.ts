import type { DiffChange, DiffView } from "../protocol/diff.js";
import type { ViewportView } from "../protocol/places.js";
import type { Host } from "./channel.js";
import { share } from "./sharing.js";
import type { GetState, SetState } from "./state.js";

/** The comparison that the canvas is a side of. */
export interface DiffSlice {
  readonly diff: DiffView | undefined;
  /** The difference in view was chosen on this side: it is told here. */
  readonly diffHere: boolean;
  /** The part of the canvas that the other side shows; each is a new object. */
  readonly followed: ViewportView | undefined;
  readonly receiveDiff: (diff: DiffView | null | undefined) => void;
  readonly follow: (viewport: ViewportView) => void;
  /** Looks at another difference, or in another way, on both sides. */
  readonly setDiff: (change: DiffChange) => void;
}

/** The comparison that the canvas is a side of, as the host last told. */
export function diffSlice(set: SetState, get: GetState, host: Host): DiffSlice {
  return {
    diff: undefined,
    diffHere: false,
    followed: undefined,
    receiveDiff: (diff) => set({ diff: diff == null ? undefined : share(get().diff, diff) }),
    follow: (followed) => set({ followed }),
    setDiff: (change) => {
      const { diff } = get();
      if (diff === undefined) return;
      set({ diff: { ...diff, ...change }, ...(change.at === undefined ? {} : { diffHere: change.at !== null }) });
      host.command("diff/set", change);
    },
  };
}
