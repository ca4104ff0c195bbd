import { ExpressionScope } from "../expression/cel.js";
import { noFiles, type FileVersions } from "../model/file-version.js";
import type { EdgeDef, Graph } from "../model/graph.js";
import { START } from "../model/ids.js";
import type { Table } from "../model/table.js";
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
  const users = usersOf(graph.nodes);
  const versions = versionsOf(users, graph.channels, files);
  const found: FileVersions = (path) => versions.get(path); // each is looked up once
  const channels = compileChannels(graph.channels, found);
  const { outgoing, incoming } = edgesByEnds(graph.edges);
  const routing = (id: string) => routingOf((outgoing.get(id) ?? []).map((edge) => compileEdge(edge, scope)));
  const nodes = graph.nodes.map((def, id): NodeProgram => {
    const join = { policy: def.join, incoming: (incoming.get(id) ?? []).sort(compareIds) };
    return { ...compileNode(def, scope, found), order: graph.order.get(id) ?? 0, routing: routing(id), join };
  });
  return {
    revision: revisionOf(graphDigest(graph) + filesDigest(versions)),
    channels,
    foldsApart: [...channels.values()].some(({ reducer }) => reducer.apart === true),
    scope,
    start: routing(START),
    nodes,
    files: versions,
    users,
    limits: graph.limits,
    checkpoints: graph.checkpoints,
  };
}

interface EdgesByEnds {
  /** Source -> its edges. */
  readonly outgoing: ReadonlyMap<string, readonly EdgeDef[]>;
  /** Target -> the ids of its edges. */
  readonly incoming: ReadonlyMap<string, string[]>;
}

function edgesByEnds(edges: Table<EdgeDef>): EdgesByEnds {
  const outgoing = new Map<string, EdgeDef[]>();
  const incoming = new Map<string, string[]>();
  edges.forEach((edge) => {
    push(outgoing, edge.from, edge);
    push(incoming, edge.to, edge.id);
  });
  return { outgoing, incoming };
}

function push<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
