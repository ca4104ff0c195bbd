/**
 * LangGraph.js, doing what the benchmarks have Patchbay do. Loaded from the folder it is installed in, never bundled; the
 * contract is `Peer` in ../peer.ts.
 */
import { Annotation, DeltaChannel, END, MemorySaver, Send, START, StateGraph } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";

/** @typedef {import("../peer.js").Peer} Peer */

const concat = (/** @type {unknown[]} */ log, /** @type {unknown[]} */ more) => log.concat(more);
const log = () => Annotation({ reducer: concat, default: () => [] });
/** The peer's incremental channel, which it calls beta: stores what was written instead of the whole value. */
const deltaLog = () => new DeltaChannel((held, writes) => held.concat(...writes));

const layeredState = Annotation.Root({ count: Annotation() });

/** @type {Peer["compile"]} */
export function compile({ nodes, edges }) {
  const graph = new StateGraph(layeredState);
  for (const id of nodes) graph.addNode(id, (state) => state);
  for (const { from, to, threshold } of edges) {
    const source = from === "@start" ? START : from;
    const target = to === "@end" ? END : to;
    if (threshold === undefined) graph.addEdge(source, target);
    else graph.addConditionalEdges(source, (state) => (state.count > threshold ? [target] : []), [target]);
  }
  return graph.compile({ checkpointer: new MemorySaver() });
}

/** @type {Peer["memory"]} */
export const memory = () => ({ saver: new MemorySaver(), close: () => undefined });

/** @type {Peer["sqlite"]} */
export function sqlite(file) {
  const saver = SqliteSaver.fromConnString(file);
  saver.setup();
  return { saver, close: () => saver.db.close() };
}

/** @type {Peer["loop"]} */
export function loop(supersteps, { saver }) {
  const graph = new StateGraph(Annotation.Root({ count: Annotation() }))
    .addNode("tick", (state) => ({ count: state.count + 1 }))
    .addEdge(START, "tick")
    .addConditionalEdges("tick", (state) => (state.count < supersteps ? "tick" : END), ["tick", END])
    .compile({ checkpointer: saver });
  return async () => (await graph.invoke({ count: 0 }, options(supersteps))).count;
}

/** @type {Peer["chain"]} */
export function chain(supersteps, { saver }) {
  const graph = new StateGraph(Annotation.Root({ count: Annotation() }));
  const nodes = Array.from({ length: supersteps }, (_, index) => `n${index}`);
  for (const [index, id] of nodes.entries()) {
    graph.addNode(id, (state) => ({ count: state.count + 1 }));
    graph.addEdge(nodes[index - 1] ?? START, id);
  }
  const compiled = graph.addEdge(nodes.at(-1), END).compile({ checkpointer: saver });
  let runs = 0; // each on a thread of its own: a second one on the same would go on from the first
  return async () => {
    const own = { ...options(supersteps), configurable: { thread_id: `bench ${(runs += 1)}` } };
    return (await compiled.invoke({ count: 0 }, own)).count;
  };
}

/** @type {Peer["fan"]} */
export function fan(width, { saver }) {
  const workers = Array.from({ length: width }, (_, index) => `work${index}`);
  const graph = new StateGraph(Annotation.Root({ log: log() }));
  graph.addNode("split", () => ({})).addEdge(START, "split");
  for (const id of workers) graph.addNode(id, () => ({ log: [id] })).addEdge("split", id);
  graph
    .addNode("gather", () => ({}))
    .addEdge(workers, "gather")
    .addEdge("gather", END);
  const compiled = graph.compile({ checkpointer: saver });
  return async () => (await compiled.invoke({}, options(10))).log.length;
}

/** @type {Peer["map"]} */
export function map(count, { saver }) {
  const graph = new StateGraph(Annotation.Root({ items: Annotation(), results: log() }))
    .addNode("split", () => ({ items: Array.from({ length: count }, (_, index) => index) }))
    .addNode("each", async ({ item }) => ({ results: [item * 2] }))
    .addEdge(START, "split")
    .addConditionalEdges("split", ({ items }) => items.map((item) => new Send("each", { item })), ["each"])
    .addEdge("each", END)
    .compile({ checkpointer: saver });
  return async () => (await graph.invoke({}, options(10))).results.length;
}

/** @type {Peer["appendLog"]} */
export function appendLog(shape, store) {
  const graph = logGraph(shape, store);
  return async () => (await graph.invoke({ count: 0, ballast: shape.ballast }, options(shape.supersteps))).log.length;
}

function logGraph({ supersteps, entry, incremental }, { saver }) {
  const state = Annotation.Root({ count: Annotation(), ballast: Annotation(), log: incremental ? deltaLog : log() });
  return new StateGraph(state)
    .addNode("note", ({ count }) => ({ count: count + 1, log: [entry(count)] }))
    .addEdge(START, "note")
    .addConditionalEdges("note", ({ count }) => (count < supersteps ? "note" : END), ["note", END])
    .compile({ checkpointer: saver });
}

/** @type {Peer["readBack"]} */
export async function readBack(shape, store) {
  let entries = 0;
  const history = logGraph(shape, store).getStateHistory({ configurable: options(0).configurable });
  for await (const { values } of history) entries += values.log?.length ?? 0;
  return entries;
}

/** @type {Peer["marked"]} */
export function marked({ supersteps, marks }, { saver }) {
  const graph = markedGraph(supersteps, marks, saver);
  return async () => (await graph.invoke({ count: 0 }, options(supersteps))).count;
}

/** @type {Peer["lastChange"]} */
export async function lastChange({ supersteps, marks }, { saver }, look) {
  const history = markedGraph(supersteps, marks, saver).getStateHistory({ configurable: options(0).configurable });
  let last;
  for await (const { values, metadata } of history) {
    const seen = JSON.stringify(look(values));
    if (last !== undefined && seen !== last.seen) return last.step;
    last = { seen, step: metadata.step };
  }
  return last.step;
}

function markedGraph(supersteps, marks, saver) {
  const state = Annotation.Root({ count: Annotation(), early: Annotation(), middle: Annotation(), config: Annotation() });
  return new StateGraph(state)
    .addNode("tick", ({ count }) => ({ count: count + 1, ...marks[count + 1] }))
    .addEdge(START, "tick")
    .addConditionalEdges("tick", ({ count }) => (count < supersteps ? "tick" : END), ["tick", END])
    .compile({ checkpointer: saver });
}

/** @type {Peer["checkpoints"]} */
export async function checkpoints(supersteps, store) {
  const { saver } = store;
  await loop(supersteps, store)();
  const rows = saver.db.prepare("SELECT checkpoint_id AS id FROM checkpoints ORDER BY checkpoint_id").all();
  const config = (/** @type {string} */ id) => ({ configurable: { thread_id: "bench", checkpoint_ns: "", checkpoint_id: id } });
  const count = async (/** @type {string} */ id) => (await saver.getTuple(config(id))).checkpoint.channel_values.count ?? 0;
  return { ids: rows.map((row) => row.id), count };
}

const options = (/** @type {number} */ supersteps) => ({ configurable: { thread_id: "bench" }, recursionLimit: supersteps + 5 });
