import fc from "fast-check";
import type { ShortGraph } from "../support/graph-text.js";

const names = ["a", "b", "c", "d", "e", "f"] as const;
const node = fc.constantFrom(...names);
const join = fc.constantFrom<unknown[]>("any", "any", "all", "all", "deferred", { count: 1 }, { count: 2 });
const condition = fc.constantFrom("", "", "", " else", " when n < 4", " when run.superstep < 3", " when size(log) > 4");

/** What a node does: writes its name, asks first, or is code that may do anything. */
const body = (name: string) =>
  fc.constantFrom<object[]>(
    { kind: "expression", set: { log: `["${name}"]`, n: "n + 1.0" } },
    { kind: "expression", set: { log: `["${name}"]` } },
    { kind: "expression", set: { log: `["${name} " + string(n)]` } },
    { kind: "barrier", prompt: `${name} {{n}}?`, output: "said" },
    { reads: ["log"], writes: ["log"] },
    {},
  );

const channels = {
  log: { schema: { type: "array" }, reducer: "append" },
  n: { schema: { type: "number" }, reducer: "sum", default: 0 },
  said: {},
};

/** A graph that ends, or reaches its limit. */
export const graphs: fc.Arbitrary<ShortGraph> = fc
  .record({
    bodies: fc.tuple(...names.map(body)),
    joins: fc.tuple(...names.map(() => join)),
    edges: fc.array(fc.tuple(node, fc.oneof({ weight: 6, arbitrary: node }, { weight: 1, arbitrary: fc.constant("@end") }), condition), {
      minLength: 4,
      maxLength: 11,
    }),
  })
  .map(({ bodies, joins, edges }) => ({
    channels,
    nodes: Object.fromEntries(
      names.map((name, index) => [name, { ...bodies[index], ...(joins[index] === undefined ? {} : { join: joins[index] }) }]),
    ),
    edges: {
      s: "@start -> a",
      t: "@start -> b",
      ...Object.fromEntries(edges.map(([from, to, when], index) => [`e${index}`, `${from} -> ${to}${when}`])),
    },
    limits: { supersteps: 8 },
  }));

type Edit = (graph: ShortGraph) => ShortGraph;

const edgeId = fc.nat(11).map((n) => `e${n}`);
const withEdge =
  (id: string, text: string): Edit =>
  (graph) => ({ ...graph, edges: { ...graph.edges, [id]: text } });
const withNode =
  (id: string, fields: object): Edit =>
  (graph) =>
    id in graph.nodes ? { ...graph, nodes: { ...graph.nodes, [id]: { ...graph.nodes[id], ...fields } } } : graph;

const addEdge = fc.tuple(edgeId, node, node, condition).map(([id, from, to, when]) => withEdge(id, `${from} -> ${to}${when}`));
const retarget = fc.tuple(edgeId, node).map(
  ([id, to]): Edit =>
    (graph) =>
      graph.edges[id] === undefined ? graph : withEdge(id, graph.edges[id].replace(/-> \S+/, `-> ${to}`))(graph),
);
const removeEdge = edgeId.map((id): Edit => ({ edges: { [id]: _gone, ...edges }, ...graph }) => ({ ...graph, edges }));
const removeNode = node.map((id): Edit => ({ nodes: { [id]: _gone, ...nodes }, edges, ...graph }) => ({
  ...graph,
  nodes,
  edges: Object.fromEntries(Object.entries(edges).filter(([, text]) => !new RegExp(`^${id} ->|-> ${id}( |$)`).test(text))),
}));
const renameNode = node.map((id): Edit => (graph) => {
  const renamed = (text: string): string => text.replace(new RegExp(`^${id} ->`), "z ->").replace(new RegExp(`-> ${id}( |$)`), "-> z$1");
  const { [id]: moved, ...nodes } = graph.nodes;
  return moved === undefined || "z" in nodes
    ? graph
    : {
        ...graph,
        nodes: { ...nodes, z: moved },
        edges: Object.fromEntries(Object.entries(graph.edges).map(([key, text]) => [key, renamed(text)])),
      };
});
const insertNode = edgeId.map((id): Edit => (graph) => {
  const [, from, to, rest = ""] = /^(\S+) -> (\S+)(.*)$/.exec(graph.edges[id] ?? "") ?? [];
  if (from === undefined || "new" in graph.nodes) return graph;
  const nodes = { ...graph.nodes, new: { kind: "expression", set: { log: '["new"]' } } };
  return { ...graph, nodes, edges: { ...graph.edges, [id]: `${from} -> new${rest}`, onward: `new -> ${to}` } };
});
const rejoin = fc.tuple(node, join).map(([id, policy]) => withNode(id, { join: policy }));
const rebody = node.chain((id) =>
  body(id).map(
    (fields): Edit =>
      (graph) =>
        id in graph.nodes
          ? { ...graph, nodes: { ...graph.nodes, [id]: { join: (graph.nodes[id] as { join?: unknown }).join ?? "any", ...fields } } }
          : graph,
  ),
);
const disable = node.map((id) => withNode(id, { disabled: true }));
const reorder = fc.constant<Edit>((graph) => ({ ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).toReversed()) }));
const shuffleEdges = fc.constant<Edit>((graph) => ({ ...graph, edges: Object.fromEntries(Object.entries(graph.edges).toReversed()) }));
const label = fc.tuple(node, fc.string({ maxLength: 5 })).map(([id, text]) => withNode(id, { label: text }));
const rechannel = fc
  .constantFrom<object[]>(
    { said: { schema: { type: "string" } } },
    { said: { reducer: "append", schema: { type: "array" } } },
    { n: { schema: { type: "number" }, reducer: "last", default: 0 } },
    { n: { schema: { type: "number", maximum: 2 }, reducer: "sum", default: 0 } },
    { log: { schema: { type: "array" }, reducer: "union" } },
    { log: { schema: { type: "array", maxItems: 2 }, reducer: "append" } },
    { more: { schema: { type: "string" } } },
  )
  .map((changed): Edit => (graph) => ({ ...graph, channels: { ...graph.channels, ...changed } }));
const limit = fc.integer({ min: 2, max: 9 }).map((supersteps): Edit => (graph) => ({ ...graph, limits: { supersteps } }));

/** One or two edits at once. */
export const edits: fc.Arbitrary<Edit> = fc
  .array(
    fc.oneof(
      addEdge,
      addEdge,
      retarget,
      retarget,
      removeEdge,
      removeNode,
      renameNode,
      insertNode,
      rejoin,
      rebody,
      disable,
      reorder,
      shuffleEdges,
      label,
      rechannel,
      rechannel,
      limit,
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => (graph) => all.reduce((edited, apply) => apply(edited), graph));
