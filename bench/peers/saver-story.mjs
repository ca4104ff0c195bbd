/** What LangGraph.js makes of a saver: one story of a graph, told by the history that it reads back. Loaded from the folder it is installed in. */
import { Annotation, Command, DeltaChannel, END, interrupt, Send, START, StateGraph } from "@langchain/langgraph";

/** @typedef {import("../../test/peers/saver-story.js").SaverStory} SaverStory */

const concat = (/** @type {unknown[]} */ held, /** @type {unknown[]} */ more) => held.concat(more);
const list = () => Annotation({ reducer: concat, default: () => [] });

/** Asks inside: the subgraph has checkpoints of its own, in a namespace of its own. */
const inner = () =>
  new StateGraph(Annotation.Root({ log: list(), answer: Annotation() }))
    .addNode("look", () => ({ log: ["look"] }))
    .addNode("ask", () => ({ answer: interrupt("sure?"), log: ["asked"] }))
    .addEdge(START, "look")
    .addEdge("look", "ask")
    .addEdge("ask", END)
    .compile();

/** @param {import("@langchain/langgraph").BaseCheckpointSaver} checkpointer @param {{ failing: boolean }} world */
const graphOn = (checkpointer, world) =>
  new StateGraph(
    Annotation.Root({
      log: list(),
      answer: Annotation(),
      bytes: Annotation(),
      when: Annotation(),
      words: new DeltaChannel((held, writes) => held.concat(...writes)),
    }),
  )
    .addNode("split", () => ({
      log: ["split"],
      bytes: [new Uint8Array([1, 2, 255])],
      when: new Map([["a", new Set([1])]]),
      words: ["one"],
    }))
    .addNode("each", async (/** @type {{ item: number }} */ { item }) => ({ log: [`each ${item}`] }))
    .addNode("fragile", async () => {
      await siblingsEnd();
      if (world.failing) throw new Error("not now");
      return { log: ["fragile"] };
    })
    .addNode("inside", inner())
    .addNode("last", ({ answer }) => ({ log: ["last", answer], words: ["end"] }))
    .addEdge(START, "split")
    .addConditionalEdges("split", () => [new Send("each", { item: 1 }), new Send("each", { item: 2 }), "fragile"], ["each", "fragile"])
    .addEdge("fragile", "inside")
    .addEdge("inside", "last")
    .addEdge("last", END)
    .compile({ checkpointer });

/** Long enough for what is done at once beside it: what that wrote is kept when this fails. */
const siblingsEnd = () => new Promise((resolve) => setTimeout(resolve, 50));

/** @type {SaverStory} */
export async function tell(saverOf) {
  const world = { failing: true };
  const thread = { configurable: { thread_id: "story" } };
  const graph = () => graphOn(saverOf(), world);
  const durable = { ...thread, durability: "sync" };
  /** @type {unknown[]} */
  const told = [];
  const move = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ make) => {
    told.push({ move: name, outcome: await outcomeOf(make), history: await historyOf(graph(), thread) });
  };
  await move("fails beside siblings", () => graph().invoke({ log: ["given"] }, durable));
  world.failing = false;
  await move("goes on, and asks inside", () => graph().invoke(null, thread));
  await move("is answered", () => graph().invoke(new Command({ resume: "yes" }), durable));
  const [, before] = await statesOf(graph(), thread);
  await move("is edited in the past", () => graph().updateState(before.config, { log: ["edited"], answer: "no" }, "inside"));
  await move("goes on from there", () => graph().invoke(null, durable));
  await move("is given more", () => graph().invoke({ log: ["more"] }, { ...thread, durability: "exit" }));
  await saverOf().deleteThread("story");
  await move("is deleted", async () => (await graph().getState(thread)).values);
  return told;
}

async function outcomeOf(/** @type {() => Promise<unknown>} */ make) {
  try {
    const made = /** @type {any} */ (await make());
    if (made?.configurable !== undefined) return "done";
    const { __interrupt__: asked = [], ...values } = made;
    return { ...values, asked: asked.map((/** @type {any} */ { value }) => value) };
  } catch (error) {
    return messageOf(error);
  }
}

/** Of an error, or of what is stored of one. */
const messageOf = (/** @type {any} */ error) => error?.message;

async function statesOf(/** @type {ReturnType<typeof graphOn>} */ graph, /** @type {object} */ thread) {
  const states = [];
  for await (const state of graph.getStateHistory(thread)) states.push(state);
  return states;
}

/** With numbers in place of ids and without times, which are others each time. */
async function historyOf(/** @type {ReturnType<typeof graphOn>} */ graph, /** @type {object} */ thread) {
  const states = await statesOf(graph, thread);
  const ids = states.map(({ config }) => config.configurable.checkpoint_id);
  return states.map(({ values, next, metadata, tasks, parentConfig }) => ({
    values,
    next,
    step: metadata.step,
    source: metadata.source,
    parent: ids.indexOf(parentConfig?.configurable?.checkpoint_id),
    tasks: tasks.map(({ name, error, interrupts, result }) => ({
      name,
      error: messageOf(error),
      asked: interrupts.map(({ value }) => value),
      result,
    })),
  }));
}
