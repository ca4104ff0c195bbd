// The canvas as a projection of graph, run and selection. Pure.
//
// Invariants:
// 1. What looks the same as in the previous projection is the same object, so that React renders only the rest; a node that only
//    moved keeps its `data`.
// 2. Where the graph is the same, only what run, selection or drag may have changed is looked at: a drag costs what is dragged, with
//    its edges and those that go back, whatever the size of the graph.
import type { Position } from "../../runtime/model/graph.js";
import { END, START } from "../../runtime/model/ids.js";
import type { BreakpointView } from "../protocol/debug.js";
import type { DriftView, EdgeView, NodeView, ProblemView, RunView, StaleView } from "../protocol/views.js";
import { Detours } from "./detours.js";
import type { Flow, FlowEdge, FlowNode, Wired } from "./flow-types.js";
import { factsOf, type GraphFacts } from "./graph-facts.js";
import { wayOf } from "./geometry.js";
import { forcedOf, joinMark } from "./interventions.js";
import { pausedAt } from "./paused.js";
import { sameItems } from "./same.js";
import { isSameGround, latestOf, touchedBy, type Scene } from "./scene.js";
import { spokenStale } from "./staleness.js";
import { isTestedOnly, takenAt, wire } from "./to-edge.js";
import { card, terminal } from "./to-node.js";

export type { Scene } from "./scene.js";

/** A flow, and what the next one is made from. */
export interface Projected extends Wired {
  readonly scene: Scene;
  readonly facts: GraphFacts;
  readonly resting: Resting;
}

/** What stands still while something is dragged. */
interface Resting {
  readonly dragged: readonly string[];
  readonly detours: Detours;
}

/** One moment, with all that is looked up in it. */
interface Moment {
  readonly scene: Scene;
  readonly facts: GraphFacts;
  readonly selectedNodes: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  readonly paused: ReadonlySet<string>;
  readonly live: ReadonlySet<string>;
  readonly questions: ReadonlyMap<string, string>;
  readonly latest: number;
  readonly detours: Detours;
  readonly held: ReadonlySet<string>;
}

type Elements = Pick<Flow, "nodes" | "edges">;

const none: readonly ProblemView[] = [];
const unbroken: readonly BreakpointView[] = [];
/** So many edges can be layers of their own while they are dragged: more take longer to put together than to paint. */
const FEW = 10;
/** Terminals stand before the cards. */
const ends = [START, END] as const;

/** What React Flow is to draw; shares with `previous` all that looks the same. */
export function toFlow(scene: Scene, previous?: Projected): Projected {
  const facts = previous?.scene.graph === scene.graph ? previous.facts : factsOf(scene.graph);
  const resting = restingOf(scene, facts, previous);
  const moment = momentOf(scene, facts, resting);
  const { nodes, edges } =
    previous !== undefined && isSameGround(previous.scene, scene) ? patched(moment, previous) : projected(moment, previous);
  const flowEnds = previous?.facts === facts ? previous.ends : endsOf(nodes, edges);
  return { nodes, edges, ends: flowEnds, scene, facts, resting };
}

function endsOf(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): Int32Array {
  const at = new Map(nodes.map(({ id }, index) => [id, index]));
  return Int32Array.from(edges.flatMap(({ source, target }) => [at.get(source) ?? 0, at.get(target) ?? 0]));
}

function restingOf({ graph, drag = {} }: Scene, facts: GraphFacts, previous: Projected | undefined): Resting {
  const dragged = Object.keys(drag);
  if (previous?.facts === facts && sameItems(previous.resting.dragged, dragged)) return previous.resting;
  const still = [...facts.places].flatMap(([id, place]) => (id in drag ? [] : [place]));
  return { dragged, detours: new Detours(still, wayOf(graph)) };
}

function momentOf(scene: Scene, facts: GraphFacts, { detours, dragged }: Resting): Moment {
  const { run, debug, selection, drag } = scene;
  return {
    scene,
    facts,
    selectedNodes: new Set(selection.nodes),
    selectedEdges: new Set(selection.edges),
    paused: new Set(pausedAt(run, debug)),
    live: new Set(run.live),
    questions: new Map(run.questions.map(({ node, prompt }) => [node, prompt])),
    latest: latestOf(run),
    held: new Set(heldOf(dragged, facts)),
    detours: dragged.length === 0 ? detours : new Detours(Object.values(drag ?? {}), wayOf(scene.graph), detours),
  };
}

/** Nodes that hold their edges; none where those are many. */
function heldOf(dragged: readonly string[], { edgesOf }: GraphFacts): readonly string[] {
  let held = 0;
  for (const id of dragged) {
    held += edgesOf.get(id)?.length ?? 0;
    if (held > FEW) return [];
  }
  return dragged;
}

/** All of it. */
function projected(moment: Moment, previous: Projected | undefined): Elements {
  const nodesBefore = new Map(previous?.nodes.map((node) => [node.id, node]));
  const edgesBefore = new Map(previous?.edges.map((edge) => [edge.id, edge]));
  const nodes = [
    ...ends.map((id) => projectedTerminal(moment, id, nodesBefore.get(id))),
    ...moment.scene.graph.nodes.map((view) => projectedCard(moment, view, nodesBefore.get(view.id))),
  ];
  const edges = moment.facts.edges.map((view) => projectedEdge(moment, view, edgesBefore.get(view.id), previous?.facts));
  return { nodes: sameList(previous?.nodes, nodes), edges: sameList(previous?.edges, edges) };
}

/** Invariant 2. */
function patched(moment: Moment, previous: Projected): Elements {
  const { scene, facts } = moment;
  const touched = touchedBy(previous.scene, scene, facts);
  const nodes = new Changing(previous.nodes);
  for (const id of touched.nodes) {
    const at = facts.nodeAt.get(id);
    const view = at === undefined ? undefined : scene.graph.nodes[at];
    if (at !== undefined && view !== undefined) nodes.change(ends.length + at, (old) => projectedCard(moment, view, old));
    else if (id === START || id === END) nodes.change(ends.indexOf(id), (old) => projectedTerminal(moment, id, old));
  }
  const edges = new Changing(previous.edges);
  const project = (at: number): void => {
    const view = facts.edges[at];
    if (view !== undefined) edges.change(at, (old) => projectedEdge(moment, view, old, previous.facts));
  };
  for (const id of touched.edges) project(facts.edgeAt.get(id) ?? -1);
  if (scene.drag !== previous.scene.drag) {
    for (const [at, { data }] of previous.edges.entries()) if (data.detour !== undefined) project(at);
  }
  return { nodes: nodes.list, edges: edges.list };
}

/** A list that is copied once something in it changes. */
class Changing<Item> {
  list: Item[];
  readonly #original: Item[];

  constructor(list: Item[]) {
    this.#original = list;
    this.list = list;
  }

  change(at: number, to: (old: Item) => Item): void {
    const old = this.list[at];
    if (old === undefined) return;
    const next = to(old);
    if (next === old) return;
    if (this.list === this.#original) this.list = [...this.#original];
    this.list[at] = next;
  }
}

function projectedCard(moment: Moment, view: NodeView, old: FlowNode | undefined): FlowNode {
  const { scene, facts } = moment;
  const { run, drift, debug, drag } = scene;
  const { id } = view;
  const seen = {
    view,
    run: run.nodes[id],
    problems: facts.nodeProblems.get(id) ?? none,
    question: moment.questions.get(id),
    join: joinMark(view, facts.entering.get(id) ?? 0),
    elsewhere: elsewhere(run, id, facts),
    live: moment.live.has(id),
    stale: staleAt(drift?.nodes[id], drift),
    breakpoints: debug.nodes[id] ?? unbroken,
    paused: moment.paused.has(id),
  };
  return card(seen, drag?.[id] ?? view.position, moment.selectedNodes.has(id), wayOf(scene.graph), old);
}

function projectedTerminal({ scene, facts, selectedNodes }: Moment, id: typeof START | typeof END, old: FlowNode | undefined): FlowNode {
  const { run, graph, drag } = scene;
  const isStart = id === START;
  const seen = { end: isStart ? "start" : "end", elsewhere: isStart ? elsewhere(run, START, facts) : undefined } as const;
  return terminal(seen, drag?.[id] ?? (isStart ? graph.terminals.start : graph.terminals.end), selectedNodes.has(id), wayOf(graph), old);
}

function projectedEdge(moment: Moment, view: EdgeView, old: FlowEdge | undefined, before: GraphFacts | undefined): FlowEdge {
  const { scene, facts } = moment;
  const { run, drift, debug } = scene;
  const { id, from, to } = view;
  const seen = {
    view,
    taken: takenAt(run.edges[id], moment.latest),
    tested: isTestedOnly(view, run),
    forced: forcedOf(view, run),
    lane: facts.lanes.get(facts.edgeAt.get(id) ?? -1),
    detour: from === to ? undefined : moment.detours.beneath(placeOf(moment, from), placeOf(moment, to)),
    held: moment.held.has(from) || moment.held.has(to),
    stale: staleAt(drift?.edges[id], drift),
    problems: facts.edgeProblems.get(id) ?? none,
    breakpoints: debug.edges[id] ?? unbroken,
  };
  return wire(seen, moment.selectedEdges.has(id), facts.labels, old, before?.labels);
}

const nowhere: Position = [0, 0];
function placeOf({ scene: { drag }, facts }: Moment, id: string): Position {
  return drag?.[id] ?? facts.places.get(id) ?? nowhere;
}

function staleAt(stale: StaleView | undefined, drift: DriftView | undefined): string | undefined {
  return stale === undefined || drift === undefined ? undefined : spokenStale(stale, drift);
}

/** Where a run goes from a node, instead of along its edges. */
function elsewhere({ overrides }: RunView, id: string, { labels }: GraphFacts): readonly string[] | undefined {
  return overrides[id]?.map((target) => labels.get(target) ?? target);
}

function sameList<T>(previous: T[] | undefined, next: T[]): T[] {
  return previous !== undefined && sameItems(previous, next) ? previous : next;
}
