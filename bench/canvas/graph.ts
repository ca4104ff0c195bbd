import type { EdgeView, GraphView, NodeView, RunView } from "../../webview/protocol/views.js";

const ACROSS = 280;
const DOWN = 120;
/** Columns over rows, so that the graph fits into a window about as wide as that. */
const SHAPE = 0.75;
const kinds = ["code", "code", "expression", "http", "barrier"];

/** A layered graph of `size` nodes, two edges from each, half of them conditional; about as wide as high when drawn. */
export function layeredView(size: number): GraphView {
  const rows = Math.ceil(Math.sqrt(size / SHAPE));
  const nodes = Array.from({ length: size }, (_, index) => nodeAt(index, rows));
  const last = Math.floor((size - 1) / rows);
  const edges = nodes.flatMap((_, index) => edgesFrom(index, rows, size));
  return {
    revision: 1,
    title: "Benchmark",
    readOnly: false,
    trusted: true,
    channels: [{ name: "count", reducer: "last", type: "number" }],
    nodes,
    edges,
    problems: [],
    notes: [],
    groups: [],
    terminals: { start: [-ACROSS, 0], end: [(last + 1) * ACROSS, 0] },
  };
}

function nodeAt(index: number, rows: number): NodeView {
  const kind = kinds[index % kinds.length] ?? "code";
  return {
    id: `n${index}`,
    kind,
    label: `Node ${index}`,
    summary: `./nodes/n${index}.ts`,
    position: [Math.floor(index / rows) * ACROSS, (index % rows) * DOWN],
    fields: { kind, handler: `./nodes/n${index}.ts` },
  };
}

/** A plain edge to the node ahead, and a conditional one to the node beside that. */
function edgesFrom(index: number, rows: number, size: number): readonly EdgeView[] {
  const column = Math.floor(index / rows) + 1;
  const ahead = column * rows + (index % rows);
  const beside = column * rows + ((index + 1) % rows);
  const from = `n${index}`;
  if (Math.max(ahead, beside) >= size) return [];
  const [to, other] = [`n${ahead}`, `n${beside}`];
  const when = `count > ${index % 7}`;
  return [
    { id: `${from}_on`, from, to, condition: "plain", text: "", fields: { from, to } },
    { id: `${from}_when`, from, to: other, condition: "when", text: when, fields: { from, to: other, when } },
  ];
}

const states = ["done", "done", "done", "running", "failed", "due", "waiting"] as const;

/** A run that has come through the first third of such a graph. `sequence` numbers its events. */
export function runOver({ nodes, edges }: GraphView, sequence = 1): RunView {
  const begun = Math.floor(nodes.length / 3);
  return {
    sequence,
    run: "run-1",
    status: "running",
    superstep: 1,
    nodes: Object.fromEntries(
      nodes.slice(0, begun).map(({ id }, index) => [id, { status: states[index % states.length] ?? "done", count: 1, ms: 12 }]),
    ),
    edges: Object.fromEntries(edges.slice(0, begun).map(({ id }, index) => [id, 1 + (index % 9)])),
    takenByForce: {},
    forced: {},
    overrides: {},
    questions: [],
    channels: { count: "3" },
  };
}
