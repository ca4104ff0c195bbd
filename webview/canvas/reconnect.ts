// Taking nodes out of a graph so that what led to them leads on to where they led. Pure.
import type { Intent } from "../../runtime/document/intent.js";
import { freeId } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { GraphView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";
import { mayConnect, removeIntents } from "./to-intents.js";

/** Removes the selection; an edge that led into it leads on to each node behind it, with its condition. */
export function reconnectingIntents(graph: GraphView, selection: Selection): Intent[] {
  const gone = new Set(selection.nodes.filter((id) => graph.nodes.some((node) => node.id === id)));
  const into = graph.edges.filter(({ id, from, to }) => gone.has(to) && !gone.has(from) && !selection.edges.includes(id));
  const taken = new Set(graph.edges.map(({ id }) => id));
  const kept = new Set<string>();
  const led: Intent[] = [];
  for (const { id, from, to: through, fields } of into) {
    const [first, ...more] = behind(graph, through, gone).filter((to) => to !== from && mayConnect({ from, to }));
    if (first === undefined) continue;
    kept.add(id);
    led.push({ type: "edge/update", id, patch: { to: first } });
    for (const to of more) {
      const another = freeId(id, (candidate) => taken.has(candidate));
      taken.add(another);
      led.push({ type: "edge/add", id: another, fields: { ...(fields as JsonObject), to } });
    }
  }
  const removed = removeIntents(graph, selection).flatMap((intent): Intent[] => {
    if (intent.type !== "edge/remove") return [intent];
    const ids = intent.ids.filter((id) => !kept.has(id));
    return ids.length === 0 ? [] : [{ type: "edge/remove", ids }];
  });
  return [...led, ...removed];
}

/** The nodes that stay and that lead on from a node that goes, each once. */
function behind(graph: GraphView, id: string, gone: ReadonlySet<string>): readonly string[] {
  const passed = new Set([id]);
  const reached = new Set<string>();
  for (const here of passed) {
    for (const { from, to } of graph.edges) {
      if (from !== here) continue;
      if (gone.has(to)) passed.add(to);
      else reached.add(to);
    }
  }
  return [...reached];
}
