/** What LangGraph.js does with the scenarios of the conformance test. Loaded from the folder it is installed in. */
import { Annotation, Command, END, interrupt, MemorySaver, RunControl, Send, START, StateGraph } from "@langchain/langgraph";
import { InMemoryCache } from "@langchain/langgraph-checkpoint";

/** @typedef {import("../../test/golden/langgraph/scenario.js").Scenario} Scenario */
/** @typedef {import("../../test/golden/langgraph/scenario.js").ScenarioNode} ScenarioNode */
/** @typedef {import("../../test/golden/langgraph/scenario.js").ScenarioEdge} ScenarioEdge */
/** @typedef {import("../../test/golden/langgraph/scenario.js").Move} Move */
/** @typedef {import("../../test/golden/langgraph/scenario.js").MoveTrace} MoveTrace */
/** @typedef {import("../../test/golden/langgraph/scenario.js").Note} Note */
/** @typedef {(note: Note) => void} NoteTaker */

const State = Annotation.Root({
  given: Annotation(),
  only: Annotation(),
  log: Annotation({ reducer: (log, more) => log.concat(more), default: () => [] }),
});

/** @typedef {Pick<typeof import("../../test/golden/langgraph/scenario.js"), "toldBy" | "inputsOf">} Common */
/** @typedef {import("../../test/golden/langgraph/scenario.js").NextMove} NextMove */

/** Plays a scenario. @param {Omit<Scenario, "moves">} scenario @param {NextMove} nextMove @param {Common} common @returns {Promise<MoveTrace[]>} */
export async function play(scenario, nextMove, common) {
  /** @type {Note[]} */
  let notes = [];
  const player = new Player(scenario, common, (note) => notes.push(note));
  /** @type {MoveTrace[]} */
  const traces = [];
  for (let move = nextMove(undefined, 0); move !== undefined && traces.length < 30; move = nextMove(traces.at(-1), traces.length)) {
    notes = [];
    const { cached, ...outcome } = await player.play(move);
    traces.push({ ...common.toldBy(notes, scenario), ...outcome, ...(cached.length === 0 ? {} : { cached: cached.join(" ") }) });
  }
  return traces;
}

/** Where the peer says of an update that it is an earlier result. */
const METADATA = "__metadata__";

class Player {
  /** @param {Omit<Scenario, "moves">} scenario @param {Common} common @param {NoteTaker} note */
  constructor(scenario, common, note) {
    this.scenario = scenario;
    /** Questions that were answered: a task goes on listing them until its superstep is over. */
    this.answered = new Set();
    this.control = new RunControl();
    this.thread = { thread_id: "scenario" };
    this.graph = build(scenario, common, note, () => this.control.requestDrain()).compile({
      checkpointer: new MemorySaver(),
      cache: new InMemoryCache(),
    });
  }

  /** @param {Move} move */
  async play(move) {
    switch (move.do) {
      case "start": {
        const pause = {
          ...(move.before === undefined ? {} : { interruptBefore: [move.before] }),
          ...(move.after === undefined ? {} : { interruptAfter: [move.after] }),
        };
        return this.invoke({ given: move.input }, pause, move.streamed);
      }
      case "go":
        return this.invoke(null);
      case "answer":
        return this.invoke(new Command({ resume: await this.answers(move.with) }));
      case "edit":
        await this.graph.updateState({ configurable: this.thread }, { log: [move.write] }, move.as);
        return this.invoke(null);
      case "input":
        return this.invoke({ given: move.input });
      case "replay": {
        let { config } = await this.snapshot(move.from, move.inside);
        if (move.edit !== undefined) config = await this.graph.updateState(config, { log: [move.edit.write] }, move.edit.as);
        return this.invoke(null, config);
      }
      case "clone":
        return { status: "cannot be done", due: "", log: "", history: "", cached: [] };
    }
  }

  async invoke(input, more = {}, streaming = false) {
    this.control = new RunControl();
    const cached = [];
    const streamed = [];
    const options = {
      configurable: this.thread,
      recursionLimit: this.scenario.limit,
      control: this.control,
      streamMode: streaming ? ["values", "updates"] : ["updates"],
      ...more,
    };
    let failure;
    try {
      for await (const [mode, chunk] of await this.graph.stream(input, options)) {
        streamed.push(mode === "values" ? `values [${chunk.log.join(" ")}]` : `updates ${Object.keys(chunk).join(" ")}`);
        if (chunk[METADATA]?.cached) cached.push(...Object.keys(chunk).filter((key) => this.scenario.nodes[key]?.cached === true));
      }
    } catch (error) {
      failure = error;
    }
    // Where two tasks have written one value, the state cannot be read any more either.
    const unreadable = { next: ["unreadable"], values: { log: ["unreadable"] }, tasks: [] };
    const state = await this.graph.getState({ configurable: this.thread }).catch(() => unreadable);
    return {
      status: statusOf(failure, state, this.open(state), Object.keys(this.scenario.nodes)),
      due: state.next.join(" "),
      log: (state.values.log ?? []).join(" "),
      history: await this.history().catch(() => "unreadable"),
      cached,
      ...(streaming ? { streamed: streamed.join(", ") } : {}),
    };
  }

  /** @param {Readonly<Record<string, string>>} named */
  async answers(named) {
    const state = await this.graph.getState({ configurable: this.thread });
    const open = this.open(state).filter(({ value }) => value in named);
    for (const { id, value } of open) this.answered.add(`${id} ${value}`);
    return Object.fromEntries(open.map(({ id, value }) => [id, named[value]]));
  }

  open(state) {
    return state.tasks.flatMap((task) => task.interrupts).filter(({ id, value }) => !this.answered.has(`${id} ${value}`));
  }

  /** @param {number} superstep @param {string | undefined} inside */
  async snapshot(superstep, inside) {
    let config = { configurable: this.thread };
    if (inside !== undefined) {
      const { tasks } = await this.graph.getState(config);
      config = tasks.find(({ name }) => name === inside).state;
    }
    for await (const snapshot of this.graph.getStateHistory(config)) {
      if (snapshot.metadata.step === superstep) return snapshot;
    }
    throw new Error(`There is no checkpoint after superstep ${superstep}.`);
  }

  async history() {
    const supersteps = [];
    for await (const { metadata, next } of this.graph.getStateHistory({ configurable: this.thread })) {
      supersteps.push(`${metadata.step}: ${next.join(" ").replace("__start__", "@start")}`.trimEnd());
    }
    return supersteps.join(", ");
  }
}

function statusOf(failure, state, open, nodes) {
  if (failure === undefined) {
    if (open.length > 0) return `asks ${open.map(({ value }) => value).join(" ")}`;
    return state.next.length === 0 ? "completed" : "paused";
  }
  if (failure.name === "GraphDrained") return "paused";
  if (failure.name === "NodeTimeoutError") return "failed: timed out";
  if (failure.lc_error_code === "GRAPH_RECURSION_LIMIT") return "failed: limit";
  if (failure.lc_error_code === "INVALID_CONCURRENT_GRAPH_UPDATE")
    return `failed: concurrent write, naming ${nodes.filter((node) => failure.message.includes(`"${node}"`)).join(" ") || "nobody"}`;
  return `failed: ${failure.message}`;
}

/** @param {Omit<Scenario, "moves">} scenario @param {Common} common @param {NoteTaker} note @param {() => void} drain */
function build({ nodes, edges }, common, note, drain) {
  const graph = new StateGraph(State);
  const names = Object.keys(nodes);
  const calls = new Map();
  for (const [id, node] of Object.entries(nodes)) {
    const failing = edges.filter(({ from, error }) => from === id && error === true).map(({ to }) => to);
    const inner = node.inner === undefined ? undefined : build(node.inner, common, note, drain).compile();
    graph.addNode(id, inner ?? action(id, node, calls, common, note, drain), {
      ends: [...names, END],
      ...(node.join === "deferred" ? { defer: true } : {}),
      ...(node.attempts === undefined
        ? {}
        : { retryPolicy: { maxAttempts: node.attempts, initialInterval: 1, jitter: false, logWarning: false, retryOn: () => true } }),
      ...(node.cached === true ? { cachePolicy: { keyFunc: () => id } } : {}),
      ...(node.hangs === undefined
        ? {}
        : { timeout: "run" in node.hangs ? { runTimeout: node.hangs.run } : { idleTimeout: node.hangs.idle } }),
      ...(failing.length === 0 ? {} : { errorHandler: () => new Command({ goto: failing }) }),
    });
  }
  const joins = names.filter((id) => nodes[id].join === "all");
  for (const id of joins)
    graph.addEdge(
      edges.filter(({ to }) => to === id).map(({ from }) => from),
      id,
    );
  for (const from of ["@start", ...names]) {
    const leaving = edges.filter((edge) => edge.from === from && !joins.includes(edge.to) && edge.error !== true);
    const plain = leaving.filter((edge) => edge.above === undefined && edge.otherwise === undefined);
    const chosen = leaving.filter((edge) => !plain.includes(edge));
    const source = from === "@start" ? START : from;
    for (const to of new Set(plain.map((edge) => edge.to))) graph.addEdge(source, to);
    if (chosen.length > 0) graph.addConditionalEdges(source, route(chosen), [...new Set(chosen.map(({ to }) => to)), END]);
  }
  return graph;
}

/** @param {string} id @param {ScenarioNode} node @param {Map<string, number>} calls @param {Common} common @param {NoteTaker} note @param {() => void} drain */
function action(id, node, calls, { inputsOf }, note, drain) {
  return async (state, config) => {
    const inside = config.metadata.langgraph_checkpoint_ns.split("|").slice(0, -1);
    const superstep = [...inside.map((part) => part.split(":")[0]), config.metadata.langgraph_step].join(".");
    const input = state.sent;
    const task = input === undefined ? id : `${id}:${input}`;
    const tell = (mark) => note({ superstep, task, mark });
    const nth = (calls.get(`${superstep} ${task}`) ?? 0) + 1;
    calls.set(`${superstep} ${task}`, nth);
    for (let turns = node.turns ?? 0; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    if (nth <= (node.fails ?? 0)) {
      tell("!");
      throw new Error(`${task} is broken`);
    }
    if (node.hangs !== undefined) await aborted(config.signal, () => tell("!"));
    let label = task;
    for (const key of node.asks ?? []) label += `=${asked(`${task}/${key}`, () => tell("?"))}`;
    if (node.drains === true) drain();
    if (node.hangs === undefined) tell("-");
    const update = { log: [label], ...(node.only === true ? { only: id } : {}) };
    const send = inputsOf(id, node, input).map(({ to, sent }) => new Send(to, { sent }));
    const goto = (node.goto ?? []).map((to) => (to === "@end" ? END : to));
    return goto.length + send.length === 0 ? update : new Command({ update, goto: [...goto, ...send] });
  };
}

function asked(question, onAsking) {
  try {
    return interrupt(question);
  } catch (thrown) {
    onAsking();
    throw thrown;
  }
}

/** @param {AbortSignal} signal @param {() => void} then */
function aborted(signal, then) {
  return new Promise((resolve) => signal.addEventListener("abort", () => (then(), resolve(undefined)), { once: true }));
}

/** @param {readonly ScenarioEdge[]} chosen */
function route(chosen) {
  return ({ given }) => {
    const fired = chosen.filter(({ above }) => above !== undefined && given > above);
    const taken = fired.length > 0 ? fired : chosen.filter(({ otherwise }) => otherwise === true);
    return taken.length > 0 ? taken.map(({ to }) => to) : [END];
  };
}
