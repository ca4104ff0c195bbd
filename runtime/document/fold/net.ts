// A graph as far as it says which edges may be taken together, whatever its nodes write.
import { MODIFY, REROUTE, type EdgeDef, type Graph, type JoinPolicy, type NodeDef } from "../../model/graph.js";
import { ON_ERROR, START, type EdgeId, type NodeId } from "../../model/ids.js";

/** An edge that may be taken. */
export interface Arc {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly terminate: boolean;
}

/** A node of a net. */
export interface NetNode {
  readonly join: JoinPolicy;
  readonly incoming: readonly EdgeId[];
  /** What may be taken when it has finished; undefined: too much to list. */
  readonly outcomes: readonly (readonly Arc[])[] | undefined;
}

/** The nodes by id, `@start` among them. */
export type Net = ReadonlyMap<NodeId, NetNode>;

/** More conditions than that have more outcomes than anybody lists. */
const MOST_CONDITIONS = 6;

/** The net of a graph. */
export function netOf(graph: Graph): Net {
  const leaving = Map.groupBy(graph.edges.values(), ({ from }) => from);
  const entering = Map.groupBy(graph.edges.values(), ({ to }) => to);
  const nodeOf = (id: NodeId, def: NodeDef | undefined): readonly [NodeId, NetNode] => [
    id,
    {
      join: def?.join ?? "any",
      incoming: (entering.get(id) ?? []).map((edge) => edge.id),
      outcomes: outcomesOf(def, leaving.get(id) ?? []),
    },
  ];
  return new Map([nodeOf(START, undefined), ...Array.from(graph.nodes.values(), (def) => nodeOf(def.id, def))]);
}

/** The sets of edges that may be taken when a node has finished; `def`: none for `@start`. */
function outcomesOf(def: NodeDef | undefined, edges: readonly EdgeDef[]): readonly (readonly Arc[])[] | undefined {
  const of = (type: EdgeDef["condition"]["type"]): readonly EdgeDef[] => edges.filter(({ condition }) => condition.type === type);
  const whens = of("when");
  if (whens.length > MOST_CONDITIONS) return undefined;
  const on = new Map(Map.groupBy(of("on"), actionOf));
  const failed = on.get(ON_ERROR);
  on.delete(ON_ERROR);
  const found = new Map<string, readonly Arc[]>();
  const add = (fired: readonly EdgeDef[]): unknown => found.set(fired.map(({ id }) => id).join(), fired.map(arcOf));
  for (const action of actionsOf(def, on)) {
    for (const holding of subsets(whens)) {
      const chosen = [...(action === undefined ? [] : (on.get(action) ?? [])), ...holding];
      add([...of("plain"), ...(chosen.length > 0 ? chosen : of("else"))]);
    }
  }
  if (failed !== undefined) add(failed);
  return [...found.values()];
}

function arcOf({ id, from, to, terminate }: EdgeDef): Arc {
  return { id, from, to, terminate: terminate === true };
}

function actionOf({ condition }: EdgeDef): string {
  return condition.type === "on" ? condition.action : "";
}

/** The actions that have edges and may come; undefined: none, or one that no edge names. */
function actionsOf(def: NodeDef | undefined, on: ReadonlyMap<string, unknown>): readonly (string | undefined)[] {
  if (def === undefined || def.disabled === true) return [undefined];
  switch (def.kind) {
    case "code":
    case "http":
      return [...on.keys(), undefined];
    case "barrier": {
      const named = def.actions.filter((action) => on.has(action) && action !== REROUTE);
      const others = def.actions.some((action) => action !== REROUTE && !on.has(action));
      const modified = on.has(MODIFY) && !named.includes(MODIFY) ? [MODIFY] : [];
      return [...named, ...modified, ...(others || def.fallback !== undefined ? [undefined] : [])];
    }
    case "expression":
    case "map":
    case "subgraph":
      return [undefined];
  }
}

function subsets<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  let all: readonly (readonly Item[])[] = [[]];
  for (const item of items) all = [...all, ...all.map((some) => [...some, item])];
  return all;
}

/** The net with other outcomes of one node, and what it waits for as it is. */
export function withOutcomes(net: Net, id: NodeId, outcomes: NetNode["outcomes"]): Net {
  const node = net.get(id);
  return node === undefined ? net : new Map([...net, [id, { ...node, outcomes }]]);
}
