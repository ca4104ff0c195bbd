import type { CanvasState } from "../store/state.js";
import type { Flow } from "./flow-types.js";
import { toFlow, type Scene } from "./to-flow.js";

/** A selector of the flow that remembers the last one: it projects anew only what the scene changed, and only if it did. */
export function createProjection(): (state: CanvasState) => Flow {
  let last: Scene | undefined;
  let flow: Flow = { nodes: [], edges: [] };
  return ({ shown, run, selection, drag }) => {
    if (shown === undefined) return flow;
    const same = last !== undefined && last.graph === shown && last.run === run && last.selection === selection && last.drag === drag;
    if (same) return flow;
    last = { graph: shown, run, selection, drag };
    flow = toFlow(last, flow);
    return flow;
  };
}
