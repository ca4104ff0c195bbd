import type { CanvasState } from "../store/state.js";
import type { Flow } from "./flow-types.js";
import { toFlow, type Scene } from "./to-flow.js";

/** A selector of the flow that remembers the last one: it projects anew only what the scene changed, and only if it did. */
export function createProjection(): (state: CanvasState) => Flow {
  let last: Scene | undefined;
  let flow: Flow = { nodes: [], edges: [] };
  return ({ shown, run, compile: { drift }, selection, drag }) => {
    if (shown === undefined) return flow;
    const next: Scene = { graph: shown, run, drift, selection, drag };
    if (last !== undefined && sameScene(last, next)) return flow;
    last = next;
    flow = toFlow(last, flow);
    return flow;
  };
}

function sameScene(a: Scene, b: Scene): boolean {
  return a.graph === b.graph && a.run === b.run && a.drift === b.drift && a.selection === b.selection && a.drag === b.drag;
}
