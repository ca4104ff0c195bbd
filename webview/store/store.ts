import { createStore, type StoreApi } from "zustand/vanilla";
import type { Host } from "./channel.js";
import { conflictSlice } from "./conflict-slice.js";
import { diffSlice } from "./diff-slice.js";
import { graphSlice } from "./graph-slice.js";
import { heldSlice } from "./held-slice.js";
import { pastSlice } from "./past-slice.js";
import { runSlice } from "./run-slice.js";
import { selectionSlice } from "./selection-slice.js";
import type { CanvasState } from "./state.js";
import { toldSlice } from "./told-slice.js";
import { surfaceSlice } from "./surface-slice.js";

/** The store of one canvas. */
export type CanvasStore = StoreApi<CanvasState>;

/** Makes the store of one canvas, whose edits and selections go to `host`. */
export function createCanvasStore(host: Host): CanvasStore {
  return createStore<CanvasState>()((set, get) => ({
    ...graphSlice(set, get, host),
    ...runSlice(set, get),
    ...pastSlice(set, get, host),
    ...toldSlice(set, get, host),
    ...diffSlice(set, get, host),
    ...conflictSlice(set),
    ...selectionSlice(set, get, host),
    ...surfaceSlice(set, get),
    ...heldSlice(set, get),
  }));
}
