/** What becomes of a paused run of LangGraph.js when its graph is edited. Loaded from the folder it is installed in. */
import { Annotation, Command, END, interrupt, MemorySaver, START, StateGraph } from "@langchain/langgraph";

/** @typedef {import("../../test/certify/twelve/paused-edit.js").PausedEdit} PausedEdit */
/** @typedef {import("../../test/certify/twelve/paused-edit.js").Sketch} Sketch */
/** @typedef {import("../../test/certify/twelve/paused-edit.js").SketchNode} SketchNode */
/** @typedef {import("../../test/certify/twelve/paused-edit.js").SketchEdge} SketchEdge */
/** @typedef {import("../../test/certify/twelve/paused-edit.js").Continued} Continued */
/** @typedef {Pick<typeof import("../../test/certify/twelve/paused-edit.js"), "edgesOf" | "answerTo">} Common */
/** @typedef {(superstep: number, node: string) => void} NoteTaker */

/** Questions that are answered one after the other before it is given up: none of the graphs asks as many. */
const MOST_ANSWERS = 10;
const thread = { configurable: { thread_id: "edited" } };

/** Runs a graph to where it is paused, edits it and goes on. @param {PausedEdit} edit @param {Common} common @returns {Promise<Continued>} */
export async function playEdit(edit, common) {
  /** @type {string[][]} */
  let ran = [];
  const note = (/** @type {number} */ superstep, /** @type {string} */ node) => (ran[superstep] ??= []).push(node);
  const checkpointer = new MemorySaver();
  const { pausedAt, answered = [] } = edit;
  const asks = edit.before.nodes[pausedAt].asks !== undefined;
  const before = build(edit.before, common, note).compile({ checkpointer, ...(asks ? {} : { interruptBefore: [pausedAt] }) });
  await before.invoke({ given: edit.input ?? 0 }, thread);
  for (const question of answered) await before.invoke(await answerOf(before, question, common), thread);
  ran = [];
  /** @type {string | undefined} */
  let failure;
  let after = before;
  try {
    after = build(edit.after, common, note).compile({ checkpointer });
    await goOn(after, common);
  } catch (error) {
    failure = `${error.name}: ${error.message.split("\n")[0]}`;
  }
  const { next, values } = await after.getState(thread).catch(() => unreadable);
  const told = ran.flatMap((nodes, superstep) => [`${superstep} ${nodes.join(" ")}`]).join(" | ");
  return { ran: told, status: statusOf(failure, told, next), log: values.log.join(" ") };
}

/** @param {Common} common */
async function goOn(graph, common) {
  let open = await openIn(graph);
  if (open.length === 0) return graph.invoke(null, thread);
  for (let answers = 0; answers < MOST_ANSWERS && open.length > 0; answers += 1) {
    await graph.invoke(await answerOf(graph, open[0].value, common), thread);
    open = await openIn(graph);
  }
}

/** Where the channels of now cannot hold what is stored, the state cannot be read any more either. */
const unreadable = { next: [], values: { log: ["unreadable"] } };

function statusOf(failure, ran, next) {
  if (failure !== undefined) return `${ran === "" ? "refused" : "failed"}: ${failure}`;
  return next.length === 0 ? "completed" : `due: ${next.join(" ")}`;
}

async function openIn(graph) {
  const { tasks } = await graph.getState(thread);
  return tasks.flatMap(({ interrupts }) => interrupts);
}

/** @param {Common} common */
async function answerOf(graph, question, { answerTo }) {
  const open = (await openIn(graph)).find(({ value }) => value === question);
  if (open === undefined) throw new Error(`"${question}" is not asked.`);
  return new Command({ resume: { [open.id]: answerTo(question) } });
}

/** @param {Sketch} sketch @param {Common} common @param {NoteTaker} note */
function build(sketch, { edgesOf }, note) {
  const { channels = {}, nodes } = sketch;
  const graph = new StateGraph(
    Annotation.Root({
      given: Annotation(),
      log: folds.append(),
      ...Object.fromEntries(Object.entries(channels).map(([name, fold]) => [name, folds[fold]()])),
    }),
  );
  for (const [id, node] of Object.entries(nodes)) graph.addNode(id, action(id, node, note));
  const edges = edgesOf(sketch);
  const joins = Object.keys(nodes).filter((id) => nodes[id].join === "all");
  for (const id of joins)
    graph.addEdge(
      edges.filter(({ to }) => to === id).map(({ from }) => from),
      id,
    );
  for (const from of ["@start", ...Object.keys(nodes)]) {
    const leaving = edges.filter((edge) => edge.from === from && !joins.includes(edge.to));
    const plain = leaving.filter((edge) => edge.above === undefined && edge.otherwise === undefined);
    const chosen = leaving.filter((edge) => !plain.includes(edge));
    const source = from === "@start" ? START : from;
    for (const { to } of plain) graph.addEdge(source, to);
    if (chosen.length > 0) graph.addConditionalEdges(source, route(chosen), [...chosen.map(({ to }) => to), END]);
  }
  return graph;
}

/** As users of the library write them. */
const folds = {
  last: () => Annotation(),
  sum: () => Annotation({ reducer: (sum, more) => sum + more, default: () => 0 }),
  append: () => Annotation({ reducer: (list, more) => list.concat(more), default: () => [] }),
};

/** @param {string} id @param {SketchNode} node @param {NoteTaker} note */
function action(id, { says = id, reads, writes = {}, asks = [] }, note) {
  return (state, config) => {
    let label = says;
    if (reads !== undefined) label += `:${state[reads]}`;
    for (const question of asks) label += `=${interrupt(question)}`;
    note(config.metadata.langgraph_step, id);
    return { ...writes, log: [label] };
  };
}

/** @param {readonly SketchEdge[]} chosen */
function route(chosen) {
  return ({ given }) => {
    const fired = chosen.filter(({ above }) => above !== undefined && given > above);
    const taken = fired.length > 0 ? fired : chosen.filter(({ otherwise }) => otherwise === true);
    return taken.length > 0 ? taken.map(({ to }) => to) : [END];
  };
}
