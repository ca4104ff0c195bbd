// What the projection depends on, and what of it differs between two moments. Pure.
import type { Position } from "../../runtime/model/graph.js";
import type { DebugView } from "../protocol/debug.js";
import type { DriftView, GraphView, RunView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";
import type { GraphFacts } from "./graph-facts.js";
import { pausedAt } from "./paused.js";

/** All that the projection depends on. */
export interface Scene {
  readonly graph: GraphView;
  readonly run: RunView;
  /** What the plan in force does not say yet. */
  readonly drift: DriftView | undefined;
  /** Where runs stop. */
  readonly debug: DebugView;
  readonly selection: Selection;
  /** Positions of what is being dragged. */
  readonly drag: Readonly<Record<string, Position>> | undefined;
}

/** Nodes and edges that may look different, by id; terminals count as nodes. */
export interface Touched {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** Whether two scenes differ in nothing but what `touchedBy` follows. */
export function isSameGround(a: Scene, b: Scene): boolean {
  return a.graph === b.graph && a.drift === b.drift && a.debug === b.debug;
}

/** What may look different where run, selection or drag changed; the cost is that of the change, and of a look at the run's states. */
export function touchedBy(a: Scene, b: Scene, facts: GraphFacts): Touched {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  if (a.run !== b.run) {
    touchedByRun(a, b, nodes, edges);
    touchedByTests(a.run, b.run, facts, edges);
  }
  if (a.selection !== b.selection) {
    addDifference(a.selection.nodes, b.selection.nodes, nodes);
    addDifference(a.selection.edges, b.selection.edges, edges);
  }
  if (a.drag !== b.drag) {
    for (const id of [...Object.keys(a.drag ?? {}), ...Object.keys(b.drag ?? {})]) {
      nodes.add(id);
      for (const edge of facts.edgesOf.get(id) ?? []) edges.add(facts.edges[edge]?.id ?? "");
    }
  }
  return { nodes, edges };
}

function touchedByRun(a: Scene, b: Scene, nodes: Set<string>, edges: Set<string>): void {
  addChanged(a.run.nodes, b.run.nodes, nodes);
  addChanged(a.run.overrides, b.run.overrides, nodes);
  addDifference(a.run.live ?? [], b.run.live ?? [], nodes);
  addDifference(pausedAt(a.run, a.debug), pausedAt(b.run, b.debug), nodes);
  if (a.run.questions !== b.run.questions) for (const { node } of [...a.run.questions, ...b.run.questions]) nodes.add(node);
  addChanged(a.run.edges, b.run.edges, edges);
  addChanged(a.run.takenByForce, b.run.takenByForce, edges);
  if (a.run.forced !== b.run.forced) for (const id of [...Object.values(a.run.forced), ...Object.values(b.run.forced)]) edges.add(id);
  const [before, after] = [latestOf(a.run), latestOf(b.run)];
  if (before === after) return;
  for (const [id, superstep] of Object.entries(b.run.edges)) if (superstep === before || superstep === after) edges.add(id);
}

/** The conditions of a node's edges are tested together. */
function touchedByTests(a: RunView, b: RunView, facts: GraphFacts, edges: Set<string>): void {
  const tested = new Set<string>();
  addChanged(a.tested ?? {}, b.tested ?? {}, tested);
  for (const node of tested) for (const edge of facts.edgesOf.get(node) ?? []) edges.add(facts.edges[edge]?.id ?? "");
}

const latest = new WeakMap<RunView["edges"], number>();

/** The latest superstep that took an edge; looked for once in each run's edges. */
export function latestOf({ edges }: RunView): number {
  const known = latest.get(edges);
  if (known !== undefined) return known;
  let found = -Infinity;
  for (const superstep of Object.values(edges)) found = Math.max(found, superstep);
  latest.set(edges, found);
  return found;
}

type Entries = Readonly<Record<string, unknown>>;

function addChanged(a: Entries, b: Entries, to: Set<string>): void {
  if (a === b) return;
  for (const id of Object.keys(b)) if (a[id] !== b[id]) to.add(id);
  for (const id of Object.keys(a)) if (!(id in b)) to.add(id);
}

function addDifference(a: readonly string[], b: readonly string[], to: Set<string>): void {
  if (a === b) return;
  const [before, after] = [new Set(a), new Set(b)];
  for (const id of a) if (!after.has(id)) to.add(id);
  for (const id of b) if (!before.has(id)) to.add(id);
}
