import { ExpressionScope } from "../expression/cel.js";
import { compileBehaviour, filesOf } from "../kinds/kinds.js";
import { compilePolicy } from "../kinds/policy.js";
import type { EdgeDef, Graph } from "../model/graph.js";
import { START } from "../model/ids.js";
import { Table } from "../model/table.js";
import type { NodeProgram, Plan } from "../plan/plan.js";
import { compareIds, compileChannels, compileEdge, routingOf } from "./programs.js";
import { graphDigest, revisionOf } from "./revision.js";

/** Compiles a valid graph from nothing: the hard compile, and what every patched plan must equal. */
export function compileGraph(graph: Graph): Plan {
  const scope = ExpressionScope.of(graph.channels);
  const channels = compileChannels(graph.channels);
  const outgoing = groupBy(graph.edges.values(), (edge) => edge.from);
  const incoming = groupBy(graph.edges.values(), (edge) => edge.to);
  const routing = (id: string) => routingOf((outgoing.get(id) ?? []).map((edge) => compileEdge(edge, scope)));
  const programs = [...graph.nodes].map(([id, def]): readonly [string, NodeProgram] => [
    id,
    {
      id,
      kind: def.kind,
      def,
      order: graph.order.get(id) ?? 0,
      behaviour: compileBehaviour(def, scope),
      ...filesOf(def),
      policy: compilePolicy(def, scope),
      routing: routing(id),
      join: { policy: def.join, incoming: (incoming.get(id) ?? []).map((edge) => edge.id).sort(compareIds) },
    },
  ]);
  return {
    revision: revisionOf(graphDigest(graph)),
    channels,
    foldsApart: [...channels.values()].some(({ reducer }) => reducer.apart === true),
    scope,
    start: routing(START),
    nodes: Table.from(programs),
    limits: graph.limits,
  };
}

function groupBy(edges: Iterable<EdgeDef>, end: (edge: EdgeDef) => string): Map<string, EdgeDef[]> {
  const groups = new Map<string, EdgeDef[]>();
  for (const edge of edges) {
    const group = groups.get(end(edge));
    if (group === undefined) groups.set(end(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}
