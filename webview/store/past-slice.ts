// Looking at the run as it was: what is shown is the past, while the host goes on to tell of the present.
import type { PastView } from "../protocol/past.js";
import type { Host } from "./channel.js";
import { Newest } from "./newest.js";
import { share } from "./sharing.js";
import type { GetState, PastSlice, SetState } from "./state.js";

/** What is looked at of the past. */
export function pastSlice(set: SetState, get: GetState, host: Host): PastSlice {
  const show = (view: PastView | null): void => {
    if (view === null) return leave();
    set({ past: view, run: share(get().run, view.run) });
  };
  const fail = (thrown: unknown): void => {
    leave();
    get().notify(thrown instanceof Error ? thrown.message : String(thrown));
  };
  const seeker = new Newest((superstep: number) => host.request("past/load", { superstep }), show, fail);
  const leave = (): void => {
    seeker.drop();
    if (get().seeking !== undefined || get().past !== undefined)
      set({ past: undefined, seeking: undefined, playing: false, run: share(get().run, get().now) });
  };
  const outliner = new Newest(
    (_place: string) => host.request("past/outline", {}),
    (outline) => set({ outline: share(get().outline, outline) }),
    () => set({ outline: undefined }), // the slider is there without its marks
  );
  return {
    outline: undefined,
    past: undefined,
    seeking: undefined,
    playing: false,
    pace: 2,
    seek: (wanted) => {
      const superstep = Math.max(0, Math.round(wanted));
      if (superstep >= get().now.superstep) return leave();
      if (superstep === get().seeking) return;
      set({ seeking: superstep });
      seeker.want(superstep);
    },
    leavePast: leave,
    play: (playing) => set({ playing }),
    setPace: (pace) => set({ pace }),
    loadOutline: (place) => outliner.want(place),
  };
}
