import type { GetState, HeldSlice, SetState } from "./state.js";

/** What hands are at, and what that shows. */
export function heldSlice(set: SetState, get: GetState): HeldSlice {
  return {
    held: undefined,
    cancelling: false,
    guides: undefined,
    receiving: undefined,
    hold: (held) => set({ held }),
    guideBy: (guides) => guides !== get().guides && set({ guides }),
    receiveOn: (receiving) => receiving !== get().receiving && set({ receiving }),
    takeBack: (end) => {
      const { held, letGo, select } = get();
      letGo();
      set({ cancelling: true });
      try {
        end();
      } finally {
        set({ cancelling: false });
      }
      if (held !== undefined) select(held.before);
    },
    letGo: () => set({ held: undefined, drag: undefined, guides: undefined, receiving: undefined }),
  };
}
