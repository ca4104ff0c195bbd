import { share } from "./sharing.js";
import type { GetState, SetState, SurfaceSlice } from "./state.js";

/** Bounds of the inspector's width, in pixels. */
export const NARROWEST = 220;
export const WIDEST = 640;

/** What is open on the canvas. */
export function surfaceSlice(set: SetState, get: GetState): SurfaceSlice {
  return {
    palette: undefined,
    offers: { handlers: [], graphs: [], snippets: [], recent: [], faults: [] },
    shortcuts: false,
    finding: { open: false, typed: "" },
    renaming: undefined,
    notice: undefined,
    answering: undefined,
    said: { words: "", time: 0 },
    say: (words) => set({ said: { words, time: get().said.time + 1 } }),
    inspector: { open: true, width: 280 },
    reveal: undefined,
    way: undefined,
    openPalette: (palette) => set({ palette }),
    closePalette: () => set({ palette: undefined }),
    receiveOffers: (offers) => set({ offers: share(get().offers, offers) }),
    showShortcuts: (shortcuts) => set({ shortcuts }),
    setFinding: (change) => set({ finding: { ...get().finding, ...change } }),
    rename: (renaming) => set({ renaming }),
    answer: (answering) => set({ answering }),
    notify: (notice) => set({ notice }),
    setInspector: (change) => {
      const next = { ...get().inspector, ...change };
      set({ inspector: { ...next, width: Math.min(WIDEST, Math.max(NARROWEST, Math.round(next.width))) } });
    },
    minimap: undefined,
    setMinimap: (minimap) => set({ minimap }),
    asked: undefined,
    ask: (asked) => set({ asked: { ...asked } }),
    receiveWay: (way) => set({ way }),
    requestReveal: (target) => {
      get().select({ nodes: target.nodes, edges: target.edges });
      set({ reveal: { ...target } });
    },
  };
}
