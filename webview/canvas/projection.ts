import type { CanvasState } from "../store/state.js";
import type { Flow } from "./flow-types.js";
import { toFlow, type Scene } from "./to-flow.js";

/** A selector of the flow that remembers the last one: it projects anew only what the scene changed, and only if it did. */
export function createProjection(): (state: CanvasState) => Flow {
  let last: Scene | undefined;
  let flow: Flow = { nodes: [], edges: [] };
  return ({ shown, run, compile: { drift }, debug, selection, drag }) => {
    if (shown === undefined) return flow;
    const next: Scene = { graph: shown, run, drift, debug, selection, drag };
    if (last !== undefined && sameScene(last, next)) return flow;
    last = next;
    flow = toFlow(last, flow);
    return flow;
  };
}

function sameScene(a: Scene, b: Scene): boolean {
  const isDrawnSame = a.graph === b.graph && a.drift === b.drift && a.debug === b.debug;
  return isDrawnSame && a.run === b.run && a.selection === b.selection && a.drag === b.drag;
}
