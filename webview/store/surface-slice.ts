import type { GetState, SetState, SurfaceSlice } from "./state.js";

const NARROWEST = 220;
const WIDEST = 640;

/** What is open on the canvas. */
export function surfaceSlice(set: SetState, get: GetState): SurfaceSlice {
  return {
    palette: undefined,
    finding: { open: false, typed: "" },
    renaming: undefined,
    notice: undefined,
    inspector: { open: true, width: 280 },
    reveal: undefined,
    openPalette: (palette) => set({ palette }),
    closePalette: () => set({ palette: undefined }),
    setFinding: (change) => set({ finding: { ...get().finding, ...change } }),
    rename: (renaming) => set({ renaming }),
    notify: (notice) => set({ notice }),
    setInspector: (change) => {
      const next = { ...get().inspector, ...change };
      set({ inspector: { ...next, width: Math.min(WIDEST, Math.max(NARROWEST, Math.round(next.width))) } });
    },
    requestReveal: (target) => {
      get().select({ nodes: target.nodes, edges: target.edges });
      set({ reveal: { ...target } });
    },
  };
}
