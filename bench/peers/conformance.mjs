/** What LangGraph.js does with the small graphs of the conformance test. Loaded from the folder it is installed in. */
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";

/** @typedef {import("../../test/golden/langgraph/random-graph.js").SmallGraph} SmallGraph */

const State = Annotation.Root({
  input: Annotation(),
  log: Annotation({ reducer: (log, more) => log.concat(more), default: () => [] }),
});

/**
 * The trace of a run: nodes of a superstep separated by spaces, supersteps by `|`, `!` at the end of one that was not at its end
 * when the limit was reached.
 *
 * @param {SmallGraph} graph @param {number} limit @returns {Promise<string>}
 */
export async function traceOf(graph, limit) {
  /** @type {string[][]} */
  const supersteps = [];
  // Noted by the nodes themselves: what is streamed is lost in part when the limit ends the run.
  const note = (/** @type {string} */ id, /** @type {number} */ superstep) => (supersteps[superstep - 1] ??= []).push(id);
  const compiled = build(graph, note).compile();
  try {
    const { log } = await compiled.invoke({ input: graph.input }, { recursionLimit: limit });
    if (log.join() !== supersteps.flat().join()) throw new Error(`The log ${log.join()} is not what ran: ${supersteps.flat().join()}`);
    return text(supersteps);
  } catch (error) {
    if (/** @type {{ lc_error_code?: string }} */ (error).lc_error_code !== "GRAPH_RECURSION_LIMIT") throw error;
    return `${text(supersteps)}!`;
  }
}

const text = (/** @type {string[][]} */ supersteps) => supersteps.map((names) => names.join(" ")).join("|");

/** @param {SmallGraph} graph @param {(id: string, superstep: number) => void} note */
function build({ nodes, joins, edges }, note) {
  const graph = new StateGraph(State);
  for (const id of nodes) {
    graph.addNode(id, (_state, config) => {
      note(id, config.metadata.langgraph_step);
      return { log: [id] };
    });
  }
  for (const id of joins)
    graph.addEdge(
      edges.filter(({ to }) => to === id).map(({ from }) => from),
      id,
    );
  for (const from of ["@start", ...nodes]) {
    const leaving = edges.filter((edge) => edge.from === from && !joins.includes(edge.to));
    const plain = leaving.filter((edge) => edge.above === undefined && edge.otherwise === undefined);
    const chosen = leaving.filter((edge) => !plain.includes(edge));
    const source = from === "@start" ? START : from;
    for (const { to } of new Map(plain.map((edge) => [edge.to, edge])).values()) graph.addEdge(source, to);
    if (chosen.length > 0) graph.addConditionalEdges(source, route(chosen), [...new Set(chosen.map(({ to }) => to)), END]);
  }
  return graph;
}

/** @param {SmallGraph["edges"]} chosen @returns {(state: { input: number }) => string[]} */
function route(chosen) {
  return ({ input }) => {
    const fired = chosen.filter(({ above }) => above !== undefined && input > above);
    const taken = fired.length > 0 ? fired : chosen.filter(({ otherwise }) => otherwise === true);
    return taken.length > 0 ? taken.map(({ to }) => to) : [END];
  };
}
