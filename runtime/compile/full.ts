import { ExpressionScope } from "../expression/cel.js";
import { noFiles, type FileVersions } from "../model/file-version.js";
import type { EdgeDef, Graph } from "../model/graph.js";
import { START } from "../model/ids.js";
import { Table } from "../model/table.js";
import type { NodeProgram, Plan } from "../plan/plan.js";
import { usersOf, versionsOf } from "./node-files.js";
import { compareIds, compileChannels, compileEdge, compileNode, routingOf } from "./programs.js";
import { filesDigest, graphDigest, revisionOf } from "./revision.js";

/**
 * Compiles a valid graph from nothing: the hard compile, and what every patched plan must equal. `files` gives the versions of the
 * files that its nodes run; absent: none is known, as where handlers are functions in process.
 */
export function compileGraph(graph: Graph, files: FileVersions = noFiles): Plan {
  const scope = ExpressionScope.of(graph.channels);
  const channels = compileChannels(graph.channels, files);
  const outgoing = groupBy(graph.edges.values(), (edge) => edge.from);
  const incoming = groupBy(graph.edges.values(), (edge) => edge.to);
  const routing = (id: string) => routingOf((outgoing.get(id) ?? []).map((edge) => compileEdge(edge, scope)));
  const programs = [...graph.nodes].map(([id, def]): readonly [string, NodeProgram] => [
    id,
    {
      ...compileNode(def, scope, files),
      order: graph.order.get(id) ?? 0,
      routing: routing(id),
      join: { policy: def.join, incoming: (incoming.get(id) ?? []).map((edge) => edge.id).sort(compareIds) },
    },
  ]);
  const users = usersOf(graph.nodes);
  const versions = versionsOf(users, channels, files);
  return {
    revision: revisionOf(graphDigest(graph) + filesDigest(versions)),
    channels,
    foldsApart: [...channels.values()].some(({ reducer }) => reducer.apart === true),
    scope,
    start: routing(START),
    nodes: Table.from(programs),
    files: versions,
    users,
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
