// The canvas as a projection of graph, run and selection. Pure.
//
// Invariant: what looks the same as in the previous projection is the same object, so that React renders only the rest; a
// node that only moved keeps its `data`.
import { Position as Side, type NodeHandle } from "reactflow";
import type { Position } from "../../runtime/model/graph.js";
import { END, START } from "../../runtime/model/ids.js";
import { kindOf } from "../nodes/kinds.js";
import type { BreakpointView, DebugView } from "../protocol/debug.js";
import type { DriftView, EdgeView, GraphView, NodeView, ProblemView, RunView, StaleView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";
import { Detours } from "./detours.js";
import type { CardData, CardNode, Flow, FlowEdge, FlowNode, Taken, TerminalData, TerminalNode, WireData } from "./flow-types.js";
import { CARD, places, TERMINAL } from "./geometry.js";
import { endsRun } from "../edges/ends-run.js";
import { breakpointsOf, spokenBreakpoint } from "./breakpoints.js";
import { forcedOf, isDisabled, joinMark, sameForce, spokenForce, spokenJoin } from "./interventions.js";
import { pausedAt } from "./paused.js";
import { edgeMenu, menuOf } from "./menus.js";
import { spokenStale } from "./staleness.js";

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

const PORT = 10;
type Size = typeof CARD | typeof TERMINAL;
const portIn = ({ height }: Size): NodeHandle => ({
  type: "target",
  position: Side.Left,
  x: -PORT / 2,
  y: (height - PORT) / 2,
  width: PORT,
  height: PORT,
});
const portOut = (size: Size): NodeHandle => ({ ...portIn(size), type: "source", position: Side.Right, x: size.width - PORT / 2 });

const cardPorts = [portIn(CARD), portOut(CARD)];
const startPorts = [portOut(TERMINAL)];
const endPorts = [portIn(TERMINAL)];
const none: readonly ProblemView[] = [];
const unbroken: readonly BreakpointView[] = [];

/** What React Flow is to draw; shares with `previous` all that looks the same. */
export function toFlow(scene: Scene, previous: Flow = { nodes: [], edges: [] }): Flow {
  const nodes = sameList(previous.nodes, projectNodes(scene, previous.nodes));
  const edges = sameList(previous.edges, projectEdges(scene, previous.edges));
  return nodes === previous.nodes && edges === previous.edges ? previous : { nodes, edges };
}

function projectNodes({ graph, run, drift, debug, selection, drag }: Scene, previous: readonly FlowNode[]): FlowNode[] {
  const before = new Map(previous.map((node) => [node.id, node]));
  const selected = new Set(selection.nodes);
  const problems = grouped(graph.problems, "node");
  const entering = countedBy(graph.edges.map(({ to }) => to));
  const labels = labelsOf(graph);
  const paused = new Set(pausedAt(run, debug));
  const questions = new Map(run.questions.map(({ node, prompt }) => [node, prompt]));
  const cards = graph.nodes.map((view): FlowNode => {
    const old = before.get(view.id);
    const seen = {
      view,
      run: run.nodes[view.id],
      problems: problems.get(view.id) ?? none,
      question: questions.get(view.id),
      join: joinMark(view, entering.get(view.id) ?? 0),
      elsewhere: elsewhere(run, view.id, labels),
      live: run.live?.includes(view.id) === true,
      stale: staleAt(drift?.nodes[view.id], drift),
      breakpoints: debug.nodes[view.id] ?? unbroken,
      paused: paused.has(view.id),
    };
    return card(seen, drag?.[view.id] ?? view.position, selected.has(view.id), old?.type === "card" ? old : undefined);
  });
  const { start, end } = graph.terminals;
  return [
    terminal({ end: "start", elsewhere: elsewhere(run, START, labels) }, drag?.[START] ?? start, selected.has(START), before.get(START)),
    terminal({ end: "end", elsewhere: undefined }, drag?.[END] ?? end, selected.has(END), before.get(END)),
    ...cards,
  ];
}

function card(seen: CardData, [x, y]: Position, selected: boolean, old: CardNode | undefined): CardNode {
  if (old !== undefined && sameCard(old.data, seen)) {
    if (old.position.x === x && old.position.y === y && old.selected === selected) return old;
    return { ...old, position: { x, y }, selected };
  }
  return {
    id: seen.view.id,
    type: "card",
    position: { x, y },
    selected,
    ...CARD,
    measured: CARD,
    handles: cardPorts,
    data: seen,
    ariaLabel: spokenNode(seen),
    domAttributes: attributes({
      status: seen.run?.status ?? "idle",
      stale: String(seen.stale !== undefined),
      kind: seen.view.kind,
      ...menuOf({
        webviewSection: "node",
        node: seen.view.id,
        overridden: seen.elsewhere !== undefined,
        replay: seen.live ? "live" : "recorded",
        breakpoint: breakpointsOf(seen.breakpoints),
      }),
    }),
  };
}

function sameCard(a: CardData, b: CardData): boolean {
  return (
    sameView(a.view, b.view) &&
    a.run === b.run &&
    a.question === b.question &&
    a.join === b.join &&
    a.stale === b.stale &&
    a.live === b.live &&
    a.breakpoints === b.breakpoints &&
    a.paused === b.paused &&
    sameItems(a.elsewhere ?? [], b.elsewhere ?? []) &&
    sameItems(a.problems, b.problems)
  );
}

/** Whether two views of a node show the same, wherever it stands. */
function sameView(a: NodeView, b: NodeView): boolean {
  return a === b || (a.kind === b.kind && a.label === b.label && a.summary === b.summary && a.fields === b.fields);
}

function terminal(seen: TerminalData, [x, y]: Position, selected: boolean, old: FlowNode | undefined): TerminalNode {
  if (old?.type === "terminal" && sameItems(old.data.elsewhere ?? [], seen.elsewhere ?? [])) {
    if (old.position.x === x && old.position.y === y && old.selected === selected) return old;
    return { ...old, position: { x, y }, selected };
  }
  const common = { type: "terminal", position: { x, y }, selected, ...TERMINAL, measured: TERMINAL, data: seen } as const;
  if (seen.end === "end") return { ...common, id: END, handles: endPorts, ariaLabel: "End of the graph" };
  const menu = menuOf({ webviewSection: "node", node: START, overridden: seen.elsewhere !== undefined });
  const ariaLabel = ["Start of the graph", ...spokenElsewhere(seen.elsewhere)].join(", ");
  return { ...common, id: START, handles: startPorts, ariaLabel, domAttributes: attributes(menu) };
}

function projectEdges({ graph, run, drift, debug, selection, drag }: Scene, previous: readonly FlowEdge[]): FlowEdge[] {
  const before = new Map(previous.map((edge) => [edge.id, edge]));
  const selected = new Set(selection.edges);
  const problems = grouped(graph.problems, "edge");
  const labels = labelsOf(graph);
  const latest = Math.max(...Object.values(run.edges));
  const at = new Map([...places(graph), ...Object.entries(drag ?? {})]);
  const detours = new Detours(at.values());
  return graph.edges
    .filter(({ from, to }) => labels.has(from) && labels.has(to)) // a dangling edge is listed with the problems
    .map((view) => {
      const detour = detours.beneath(at.get(view.from) ?? [0, 0], at.get(view.to) ?? [0, 0]);
      const forced = forcedOf(view, run);
      const stale = staleAt(drift?.edges[view.id], drift);
      const breakpoints = debug.edges[view.id] ?? unbroken;
      const taken = takenAt(run.edges[view.id], latest);
      const seen = { view, taken, forced, detour, stale, problems: problems.get(view.id) ?? none, breakpoints };
      const spoken = spokenEdge(seen, labels);
      return wire(seen, spoken, selected.has(view.id), before.get(view.id));
    });
}

function staleAt(stale: StaleView | undefined, drift: DriftView | undefined): string | undefined {
  return stale === undefined || drift === undefined ? undefined : spokenStale(stale, drift);
}

function takenAt(superstep: number | undefined, latest: number): Taken {
  if (superstep === undefined) return "never";
  return superstep === latest ? "latest" : "before";
}

function wire(seen: WireData, ariaLabel: string, selected: boolean, old: FlowEdge | undefined): FlowEdge {
  const same =
    old !== undefined &&
    old.data.view === seen.view &&
    old.data.taken === seen.taken &&
    sameForce(old.data.forced, seen.forced) &&
    old.data.detour === seen.detour &&
    old.data.stale === seen.stale &&
    old.data.breakpoints === seen.breakpoints &&
    sameItems(old.data.problems, seen.problems);
  if (same && old.ariaLabel === ariaLabel) return old.selected === selected ? old : { ...old, selected };
  const { id, from, to, condition } = seen.view;
  return {
    id,
    type: "condition",
    source: from,
    target: to,
    selected,
    data: seen,
    ariaLabel,
    domAttributes: attributes({ taken: seen.taken, condition, ...edgeMenu(seen) }),
  };
}

function spokenNode({ view, run, problems, join, elsewhere: goals, live, stale, breakpoints, paused }: CardData): string {
  const marks = problems.length === 0 ? [] : [problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`];
  return [
    view.label,
    kindOf(view.kind).title.toLowerCase(),
    ...(isDisabled(view) ? ["disabled"] : []),
    ...(join === undefined ? [] : [spokenJoin(join)]),
    ...(run === undefined ? [] : [run.status]),
    ...(paused ? ["paused here"] : []),
    ...(run?.replayed === true ? ["a recorded result"] : []),
    ...spokenElsewhere(goals),
    ...(live ? ["runs live on replay"] : []),
    ...(stale === undefined ? [] : [`not in force: ${stale}`]),
    ...breakpoints.map(spokenBreakpoint),
    ...marks,
  ].join(", ");
}

function spokenElsewhere(goals: readonly string[] | undefined): readonly string[] {
  return goals === undefined ? [] : [`sent to ${goals.join(" and ")}`];
}

function spokenEdge({ view, forced, stale, breakpoints }: WireData, labels: ReadonlyMap<string, string>): string {
  const ends = `Edge from ${labels.get(view.from) ?? view.from} to ${labels.get(view.to) ?? view.to}`;
  const missing = stale === undefined ? "" : `not in force: ${stale}`;
  return [
    ends,
    spokenCondition(view),
    endsRun(view) ? "ends the whole run" : "",
    spokenForce(forced),
    missing,
    ...breakpoints.map(spokenBreakpoint),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function spokenCondition({ condition, text }: EdgeView): string {
  return condition === "when" || condition === "on" ? `${condition} ${text}` : text;
}

function labelsOf(graph: GraphView): ReadonlyMap<string, string> {
  return new Map([[START, "Start"], [END, "End"], ...graph.nodes.map(({ id, label }) => [id, label] as const)]);
}

/** Where a run goes from a node, instead of along its edges. */
function elsewhere({ overrides }: RunView, id: string, labels: ReadonlyMap<string, string>): readonly string[] | undefined {
  return overrides[id]?.map((target) => labels.get(target) ?? target);
}

function countedBy(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** `data-…` attributes for the element that React Flow makes. */
function attributes(values: Readonly<Record<string, string>>): Record<`data-${string}`, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`data-${name}`, value]));
}

function grouped(problems: readonly ProblemView[], by: "node" | "edge"): Map<string, ProblemView[]> {
  const groups = new Map<string, ProblemView[]>();
  for (const problem of problems) {
    const id = problem[by];
    if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), problem]);
  }
  return groups;
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function sameList<T>(previous: T[], next: T[]): T[] {
  return sameItems(previous, next) ? previous : next;
}
