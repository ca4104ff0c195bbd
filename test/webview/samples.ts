// Graphs and runs for the tests of the canvas.
import type { Scene } from "../../webview/canvas/scene.js";
import { kindOf } from "../../webview/nodes/kinds.js";
import type { BlockedView, CertificatesView } from "../../webview/protocol/safety.js";
import type { PastView } from "../../webview/protocol/past.js";
import type { DebugView } from "../../webview/protocol/debug.js";
import type { CompileView, DriftView, EdgeView, GraphView, GroupView, NodeView, NoteView, RunView } from "../../webview/protocol/views.js";

/** A node with these fields. */
export function node(id: string, fields: Record<string, unknown> = {}, position: [number, number] = [0, 0]): NodeView {
  const all = { kind: "code", handler: `./nodes/${id}.ts`, ...fields };
  const label = typeof fields["label"] === "string" ? fields["label"] : id;
  return { id, kind: all.kind, label, summary: kindOf(all.kind).summary(all), position, fields: all };
}

/** An edge with this condition. */
export function edge(id: string, from: string, to: string, condition: Record<string, unknown> = {}): EdgeView {
  const fields = { from, to, ...condition };
  if (typeof condition["when"] === "string") return { id, from, to, condition: "when", text: condition["when"], fields };
  if (condition["on"] === "@error") return { id, from, to, condition: "error", text: "on error", fields };
  if (typeof condition["on"] === "string") return { id, from, to, condition: "on", text: condition["on"], fields };
  return condition["else"] === true
    ? { id, from, to, condition: "else", text: "else", fields }
    : { id, from, to, condition: "plain", text: "", fields };
}

/** A note in a box. */
export function note(id: string, text: string, box: NoteView["box"], more: Partial<NoteView> = {}): NoteView {
  return { id, text, box, fields: { text }, ...more };
}

/** A group of these members. */
export function group(id: string, members: string[], more: Partial<GroupView> = {}): GroupView {
  return { id, label: "", members, fields: { label: more.label ?? "", nodes: members }, ...more };
}

/** What a canvas that was just opened on a graph shows: no run, nothing selected. */
export function sceneOf(graph: GraphView): Scene {
  return { graph, run: runOf(), drift: undefined, debug: { nodes: {}, edges: {} }, selection: { nodes: [], edges: [] }, drag: undefined };
}

/** A graph of these nodes and edges. */
export function graphOf(nodes: NodeView[], edges: EdgeView[], more: Partial<GraphView> = {}): GraphView {
  return {
    revision: 1,
    title: "Sample",
    readOnly: false,
    trusted: true,
    channels: [],
    nodes,
    edges,
    notes: [],
    groups: [],
    problems: [],
    terminals: { start: [-160, 0], end: [800, 0] },
    ...more,
  };
}

/** A run in this state. */
export function runOf(more: Partial<RunView> = {}): RunView {
  const nothing = { nodes: {}, edges: {}, takenByForce: {}, forced: {}, overrides: {}, questions: [], channels: {} };
  return { sequence: 1, run: "run-1", status: "paused", superstep: 1, ...nothing, ...more };
}

/** A run as it was at the end of a superstep: the channel `at` holds its number. */
export function pastOf(superstep: number, now: RunView, more: Partial<RunView> = {}): PastView {
  const run = { ...runOf({ run: now.run, superstep, channels: { at: String(superstep) }, ...more }), sequence: 0, past: true as const };
  return { superstep, checkpoint: `c${String(superstep)}`, samePlan: true, run };
}

/** Support tickets sorted, looked up, scored, approved and answered. */
export function triage(): GraphView {
  return graphOf(
    [
      node("classify", { label: "Classify", handler: "./nodes/classify.ts" }, [0, 120]),
      node("order", { label: "Look up order", handler: "./nodes/order.ts", reads: ["ticket"], writes: ["order"] }, [300, 20]),
      node("customer", { label: "Look up customer", handler: "./nodes/customer.ts" }, [300, 120]),
      node(
        "policy",
        {
          label: "Match policy",
          kind: "expression",
          set: { policy: "ticket.total > 100 ? 'large' : 'small'", flagged: "false" },
          handler: undefined,
        },
        [300, 220],
      ),
      node("score", { label: "Score", handler: "./nodes/score.ts", join: "all" }, [600, 120]),
      node(
        "approve",
        {
          label: "Approve refund",
          kind: "barrier",
          prompt: "Refund {{order.total}} to {{customer.name}}?",
          handler: undefined,
          schema: { type: "object" },
        },
        [900, 20],
      ),
      node("refund", { label: "Refund", handler: "./nodes/refund.ts" }, [1200, 20]),
      node("reply", { label: "Write reply", handler: "./nodes/reply.ts" }, [1200, 220]),
    ],
    [
      edge("e1", "@start", "classify"),
      edge("e2", "classify", "order"),
      edge("e3", "classify", "customer"),
      edge("e4", "classify", "policy"),
      edge("e5", "order", "score"),
      edge("e6", "customer", "score"),
      edge("e7", "policy", "score"),
      edge("e8", "score", "approve", { when: "score >= 3 && order.total > 100" }),
      edge("e9", "score", "reply", { else: true }),
      edge("e10", "approve", "refund", { on: "approve" }),
      edge("e11", "approve", "reply", { on: "reject" }),
      edge("e12", "refund", "reply"),
      edge("e13", "reply", "@end"),
    ],
    {
      title: "Refund triage",
      channels: [
        { name: "ticket", reducer: "last", type: "object" },
        { name: "order", reducer: "last", type: "object" },
        { name: "score", reducer: "sum", type: "number" },
        { name: "report", reducer: "append", type: "array" },
      ],
      terminals: { start: [-180, 120], end: [1500, 220] },
      problems: [
        { severity: "error", code: "HANDLER_MISSING", message: "./nodes/refund.ts does not exist.", line: 41, node: "refund" },
        {
          severity: "warning",
          code: "EDGE_NEVER_FIRES",
          message: "The edge e9 can never fire: its expression is always false.",
          line: 58,
          edge: "e9",
        },
      ],
    },
  );
}

/** The run of `triage` where it waits for a decision. */
export function triageWaiting(): RunView {
  return runOf({
    sequence: 9,
    status: "waiting",
    superstep: 4,
    nodes: {
      classify: { status: "done", count: 1, ms: 38 },
      order: { status: "done", count: 3, ms: 212 },
      customer: { status: "failed", count: 0, ms: 1204, error: "HANDLER_FAILED: no such customer" },
      policy: { status: "running", count: 0 },
      score: { status: "done", count: 1, ms: 0.42 },
      approve: { status: "waiting", count: 0 },
      reply: { status: "due", count: 0 },
    },
    edges: { e1: 0, e2: 1, e3: 1, e4: 1, e5: 2, e6: 2, e7: 2, e8: 3 },
    questions: [
      { key: "approve", node: "approve", prompt: "Refund 249.00 to Ada?", actions: ["approve", "reject"], takesValue: true, inner: false },
    ],
    channels: { ticket: '{ "id": 17, "text": "The lamp arrived broken" }', score: "4" },
  });
}

/** The same graph with an error edge, joins and a node that is passed by. */
export function triageWithFaults(): GraphView {
  const graph = triage();
  const changed = graph.nodes.map((each) => {
    if (each.id === "reply") return node("reply", { label: "Write reply", handler: "./nodes/reply.ts", join: { count: 2 } }, each.position);
    return each.id === "policy" ? { ...each, fields: { ...each.fields, disabled: true } } : each;
  });
  return { ...graph, nodes: changed, edges: [...graph.edges, edge("e14", "order", "reply", { on: "@error" })], problems: [] };
}

/** The run of `triageWithFaults` paused, with one edge forced, one taken by force before, and a node sent elsewhere. */
export function triageRedirected(): RunView {
  return {
    ...triageWaiting(),
    status: "paused",
    questions: [],
    takenByForce: { e3: 1 },
    forced: { score: "e9" },
    overrides: { refund: ["@end", "classify"], "@start": ["score"] },
  };
}

/** A compiler that patched one node. */
export const patched: CompileView = {
  plan: "a41f09c",
  stale: false,
  backlog: 0,
  last: { class: "soft", micros: 38, recomputed: 1, reasons: ["e8 leads to reply instead of approve"] },
};

/** A compiler that `triage` is ahead of: a node and two edges are new, one is changed. */
export function behind(why: DriftView["why"]): CompileView {
  const error = why === "refused" ? "The strategy is `soft`, and this needs a hard compile: node policy added." : undefined;
  const broken = why === "broken" ? { problem: "./nodes/refund.ts does not exist." } : {};
  const drift = {
    why,
    nodes: { policy: { change: "node policy added" }, refund: { change: "node refund: handler changed", ...broken } },
    edges: { e4: { change: "edge e4 added (classify -> policy)" }, e8: { change: "edge e8: condition changed" } },
    removed: 1,
    others: [],
    ...(error === undefined ? {} : { error }),
  };
  const last =
    why === "refused" ? { class: "hard" as const, micros: 0, recomputed: 0, reasons: ["node policy added"], inVain: why } : undefined;
  return { ...patched, stale: true, backlog: why === "waiting" ? 3 : 0, drift, ...(last === undefined ? {} : { last }) };
}

/** Checkpoints of which some cannot go on under the graph as it is now. */
export const unsafe: CertificatesView = {
  total: 14,
  mapped: 4,
  migrate: 2,
  replay: 1,
  invalid: 0,
  from: 3,
  reasons: [{ message: 'Channel "order" is gone and has a value that "approve" would have read.', channel: "order" }],
};

/** The run of `triage` where the graph as it is now keeps it from going on. */
export function triageBlocked(why: BlockedView["why"]): RunView {
  const lost = [
    { message: 'Node "approve" is at work in this run, and the graph has it no more.', node: "approve" },
    { message: 'Edge "e8" has arrived at "approve" and leads to "reply" now.', edge: "e8" },
    { message: 'Node "score" has finished, and no way leads on from it any more.', node: "score" },
  ];
  const blocked = { why, migration: false, reasons: why === "lost" ? lost : unsafe.reasons, ...(why === "lost" ? { ancestor: 3 } : {}) };
  return { ...triageWaiting(), status: "paused", questions: [], error: "NOT_RESUMABLE: no", blocked, certificates: unsafe };
}

/** `columns` × `rows` nodes, each column joined to the next. */
export function lattice(columns: number, rows: number): GraphView {
  const at = (column: number, row: number): string => `n${String(column)}_${String(row)}`;
  const cells = Array.from({ length: columns * rows }, (_, index) => [Math.floor(index / rows), index % rows] as const);
  return graphOf(
    cells.map(([column, row]) => node(at(column, row), {}, [column * 280, row * 80])),
    cells
      .filter(([column]) => column + 1 < columns)
      .map(([column, row]) => edge(`e${String(column)}_${String(row)}`, at(column, row), at(column + 1, row))),
  );
}

/** Breakpoints of every kind on `triage`. */
export function triageBroken(): DebugView {
  const plain = { kind: "plain", enabled: true, text: "" } as const;
  return {
    nodes: {
      classify: [{ at: "before", ...plain }],
      order: [{ at: "before", ...plain, enabled: false }],
      customer: [
        { at: "before", ...plain, kind: "log", text: "customer is {customer.name}" },
        { at: "after", ...plain },
      ],
      policy: [{ at: "after", ...plain, kind: "conditional", text: "output.flagged" }],
      score: [{ at: "before", ...plain, kind: "conditional", text: "score > 3.0", enabled: false }],
      approve: [{ at: "before", ...plain, problem: 'The graph has no node "approve".' }],
      refund: [{ at: "before", ...plain, kind: "conditional", text: "score >", problem: "The condition ends too early." }],
      reply: [{ at: "before", ...plain, kind: "log", text: "{", problem: "The message cannot be read: the brace at 1 is not closed." }],
    },
    edges: {
      e1: [{ at: "taken", ...plain }],
      e8: [
        { at: "tested", ...plain, kind: "conditional", text: "score > 3.0" },
        { at: "taken", ...plain },
      ],
      e9: [{ at: "taken", ...plain, enabled: false }],
      e10: [{ at: "tested", ...plain }],
      e12: [{ at: "taken", ...plain, kind: "log", text: "refunded" }],
    },
  };
}

/** The run of `triage` at work, each node in a state of its own. */
export function triageAtWork(): RunView {
  return runOf({
    sequence: 12,
    status: "running",
    superstep: 5,
    nodes: {
      classify: { status: "done", count: 1, by: "cached" },
      order: { status: "running", count: 0, attempt: { number: 2, of: 3, from: Date.now() + 3_600_000 } },
      customer: { status: "running", count: 2, tasks: { running: 3, done: 4, failed: 1, total: 8 } },
      policy: { status: "running", count: 0, items: { done: 31, failed: 4, total: 50 } },
      score: { status: "done", count: 2, ms: 820, retried: 2 },
      approve: { status: "running", count: 0, inside: { runs: 1, superstep: 3, running: ["ask", "check"], due: [] } },
      refund: { status: "done", count: 1, ms: 12, by: "fallback" },
      reply: { status: "done", count: 1, replayed: true },
    },
    edges: { e1: 0, e2: 1, e3: 1, e4: 1, e5: 2, e6: 2, e7: 2, e9: 4 },
    tested: { "@start": 0, classify: 1, score: 4, approve: 3 },
    channels: { ticket: '{ "id": 17, "text": "The lamp arrived broken" }', score: "4" },
  });
}
