// Two revisions of a graph, and what their canvases are told of how they differ.
import { projectDiff } from "../../extension/bridge/project-diff.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { GraphView } from "../../webview/protocol/views.js";
import { edge, graphOf, node } from "./samples.js";

/** The graph as it was: a ticket is sorted, looked up and answered. */
export const older = graphOf(
  [
    node("classify", { label: "Classify" }, [0, 120]),
    node("lookup", { label: "Look up order", retry: { attempts: 3 } }, [300, 20]),
    node("faq", { label: "Match the FAQ" }, [300, 220]),
    node("reply", { label: "Reply" }, [600, 120]),
    node("archive", { label: "Archive" }, [900, 120]),
  ],
  [
    edge("e1", "@start", "classify"),
    edge("e2", "classify", "lookup", { when: "intent == 'order'" }),
    edge("e3", "classify", "faq", { else: true }),
    edge("e4", "lookup", "reply"),
    edge("e5", "faq", "reply"),
    edge("e6", "reply", "archive"),
    edge("e7", "archive", "@end"),
  ],
  { terminals: { start: [-220, 120], end: [1200, 120] }, earlier: true, readOnly: true },
);

/** The graph as it is. */
export const newer = graphOf(
  [
    node("classify", { label: "Sort the ticket" }, [0, 120]),
    node("lookup", { label: "Look up order", retry: { attempts: 5 }, timeout: "30s" }, [300, 0]),
    node("score", { label: "Score", kind: "expression", set: { score: "1.0" }, handler: undefined }, [600, 0]),
    node("reply", { label: "Reply" }, [640, 220]),
    node("archive", { label: "Archive" }, [900, 120]),
  ],
  [
    edge("e1", "@start", "classify"),
    edge("e2", "classify", "lookup", { when: "intent == 'order' || intent == 'refund'" }),
    edge("e4", "lookup", "score"),
    edge("e6", "reply", "archive"),
    edge("e7", "archive", "@end"),
    edge("e8", "score", "reply"),
  ],
  { terminals: { start: [-220, 120], end: [1200, 120] } },
);

function documentOf(graph: GraphView, more: JsonObject): JsonObject {
  const entries = (list: readonly { readonly id: string; readonly fields: Record<string, unknown> }[]): JsonObject =>
    Object.fromEntries(list.map(({ id, fields }) => [id, JSON.parse(JSON.stringify(fields)) as JsonValue]));
  const layout = Object.fromEntries(graph.nodes.map(({ id, position }) => [id, position]));
  return { patchbay: 1, nodes: entries(graph.nodes), edges: entries(graph.edges), layout, ...more };
}

const before = { json: documentOf(older, { channels: { intent: { schema: { type: "string" } } } }), graph: older };
const after = {
  json: documentOf(newer, { channels: { intent: { schema: { type: "string" } }, score: {} }, title: "Triage" }),
  graph: newer,
};

/** What one side shows. */
export function comparison(side: DiffView["side"], more: Partial<DiffView> = {}): DiffView {
  const { entries, settings, reordered, ghosts } = projectDiff(before, after);
  const names = { before: "HEAD", after: "Working Tree" };
  return { side, names, linked: true, moved: true, at: null, entries, settings, reordered, ghosts: ghosts[side], ...more };
}
