import type { CanvasState } from "../store/state.js";
import type { Flow } from "./flow-types.js";
import { toAnnotations } from "./annotations/to-annotations.js";
import { toFlow, type Projected, type Scene } from "./to-flow.js";

/** A selector of the flow that remembers the last one: it projects anew only what the scene changed, and only if it did. */
export function createProjection(): (state: CanvasState) => Flow {
  let last: Projected | undefined;
  let seen: Scene | undefined;
  let flow: Flow = { nodes: [], edges: [], ends: new Int32Array(), behind: [] };
  return ({ shown, run, compile: { drift }, debug, selection, drag }) => {
    if (shown === undefined) return flow;
    const scene: Scene = { graph: shown, run, drift, debug, selection, drag };
    if (seen !== undefined && sameScene(seen, scene)) return flow;
    seen = scene;
    last = toFlow(ofCards(scene), last);
    const { nodes, edges, ends } = last;
    const behind = toAnnotations(scene, last.facts, flow.behind);
    if (nodes !== flow.nodes || edges !== flow.edges || behind !== flow.behind) flow = { nodes, edges, ends, behind };
    return flow;
  };
}

/** The scene without notes that are dragged: no edge goes around them. */
function ofCards(scene: Scene): Scene {
  const { graph, drag } = scene;
  if (drag === undefined || !graph.notes.some(({ id }) => id in drag)) return scene;
  const notes = new Set(graph.notes.map(({ id }) => id));
  return { ...scene, drag: Object.fromEntries(Object.entries(drag).filter(([id]) => !notes.has(id))) };
}

function sameScene(a: Scene, b: Scene): boolean {
  const isDrawnSame = a.graph === b.graph && a.drift === b.drift && a.debug === b.debug;
  return isDrawnSame && a.run === b.run && a.selection === b.selection && a.drag === b.drag;
}
