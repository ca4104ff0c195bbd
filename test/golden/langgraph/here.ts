import {
  compileGraph,
  createHttpClient,
  environmentSecrets,
  inProcessHandlers,
  cloneRun,
  MemoryStore,
  parseDocument,
  RunSession,
  systemClock,
  systemRandom,
  ulidIds,
  type GraphSource,
  type HandlerHost,
  type JsonObject,
  type RunServices,
} from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import {
  inputsOf,
  toldBy,
  type Move,
  type MoveTrace,
  type NextMove,
  type Note,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
} from "./scenario.js";

/** Where the moves are not known, there is no history to compare. */
type PlayedScenario = Omit<Scenario, "moves"> & { readonly moves?: Scenario["moves"] };

const ACTOR = "test";
/** Only to end what does not. */
const MOST_MOVES = 30;

/** Plays a scenario here: the counterpart of `bench/peers/scenarios.mjs`. Before each move the run is taken up from the store anew. */
export async function play(scenario: PlayedScenario, nextMove: NextMove): Promise<MoveTrace[]> {
  const player = new Player(scenario);
  const traces: MoveTrace[] = [];
  for (let move = nextMove(undefined, 0); move !== undefined && traces.length < MOST_MOVES; move = nextMove(traces.at(-1), traces.length)) {
    traces.push(await player.play(move));
  }
  return traces;
}

class Player {
  readonly #scenario: PlayedScenario;
  readonly #services: RunServices & { readonly store: MemoryStore };
  readonly #document: ReturnType<typeof parseDocument>;
  #notes: Note[] = [];
  #run = "";
  #drain: (() => void) | undefined;

  constructor(scenario: PlayedScenario) {
    this.#scenario = scenario;
    this.#document = parseDocument(documentOf(scenario));
    const wrong = this.#document.problems.filter(({ severity }) => severity === "error");
    if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join("\n"));
    const calls = new Map<string, number>();
    const inner = Object.values(scenario.nodes).flatMap((node) => Object.entries(node.inner?.nodes ?? {}));
    const entries = [...Object.entries(scenario.nodes), ...inner];
    const handlers = entries.map(([id, node]) => [id, handlerOf(id, node, calls, () => this.#drain?.())] as const);
    const store = new MemoryStore();
    const inside = (run: string): string => {
      const parent = store.run(run)?.parent;
      return parent === undefined ? "" : `${parent.task.slice(parent.task.indexOf("/") + 1)}.`;
    };
    this.#services = {
      store,
      handlers: noting(inProcessHandlers(Object.fromEntries(handlers)), inside, (note) => this.#notes.push(note)),
      graphs: graphsOf(scenario),
      http: createHttpClient(environmentSecrets, systemClock),
      clock: systemClock,
      ids: ulidIds(systemClock),
      random: systemRandom,
      resolve: (path) => path,
    };
  }

  async play(move: Move): Promise<MoveTrace> {
    this.#notes = [];
    const run = this.#take(move);
    this.#drain = () => void run.drain();
    const cached: string[] = [];
    run.onTrace((event) => event.type === "task-cached" && cached.push(event.node));
    const streamed = move.do === "start" && move.streamed === true ? await streamOf(run) : undefined;
    if (streamed === undefined) await continueAs(run, move);
    return {
      ...toldBy(this.#notes, this.#scenario),
      status: statusOf(run),
      due: dueOf(run).join(" "),
      log: this.#logOf(run),
      history: this.#scenario.moves === undefined ? "" : this.#history(),
      ...(streamed === undefined ? {} : { streamed }),
      ...(cached.length === 0 ? {} : { cached: cached.join(" ") }),
    };
  }

  /** The run, ready to go on. */
  #take(move: Move): RunSession {
    const graph = { plan: compileGraph(this.#document.graph), document: this.#document };
    if (move.do === "start") {
      const session = RunSession.start(graph, { graph: "scenario", input: { given: move.input } }, this.#services);
      this.#run = session.id;
      return session;
    }
    if (move.do === "clone") this.#run = cloneRun(this.#services.store.run(this.#run)?.head ?? "", this.#services);
    const session = RunSession.resume(this.#run, graph, this.#services);
    if (move.do === "answer") {
      const open = session.frontier.questions.filter(({ key }) => session.frontier.decisions[key] === undefined);
      const answers = open.flatMap(({ key, prompt }) => {
        const value = move.with[prompt];
        return value === undefined ? [] : [[key, { action: "answer", value, actor: ACTOR }] as const];
      });
      session.decideAll(Object.fromEntries(answers));
    }
    if (move.do === "edit") session.editAs(move.as, { writes: { log: [move.write] } }, ACTOR);
    if (move.do === "input") session.input({ given: move.input }, ACTOR);
    if (move.do === "replay") {
      session.restore(this.#checkpointAfter(move.from, move.inside === undefined ? this.#run : this.#runInside(move.inside)), {
        mode: "live",
      });
      if (move.edit !== undefined) session.editAs(move.edit.as, { writes: { log: [move.edit.write] } }, ACTOR);
    }
    return session;
  }

  /** Between two supersteps: a checkpoint of an open one stands within it. */
  #between(run: string): readonly { readonly id: string; readonly superstep: number; readonly due: readonly string[] }[] {
    const { store } = this.#services;
    return store.list(run, { limit: 1000 }).flatMap(({ id }) => {
      const { frontier } = store.load(id);
      return frontier.open || frontier.status === "failed"
        ? []
        : [{ id, superstep: frontier.superstep, due: frontier.due.map((task) => task.node) }];
    });
  }

  #runInside(node: string): string {
    const found = this.#services.store.nested(this.#run).find(({ parent }) => parent?.task.endsWith(`/${node}`));
    if (found === undefined) throw new Error(`Nothing has run inside ${node}.`);
    return found.id;
  }

  #checkpointAfter(superstep: number, run: string): string {
    const found = this.#between(run).find((each) => each.superstep === superstep);
    if (found === undefined) throw new Error(`There is no checkpoint after superstep ${superstep}.`);
    return found.id;
  }

  #history(): string {
    return this.#between(this.#run)
      .map(({ superstep, due }) => `${superstep}: ${due.join(" ")}`.trimEnd())
      .join(", ");
  }

  /** The log, with what finished tasks of an open superstep have written, which is kept but not applied. */
  #logOf({ channels, frontier }: RunSession): string {
    const kept = frontier.open ? frontier.results.flatMap(({ writes }) => (writes["log"] as readonly string[] | undefined) ?? []) : [];
    return [...((channels["log"] as readonly string[] | undefined) ?? []), ...kept].join(" ");
  }
}

async function continueAs(run: RunSession, move: Move): Promise<void> {
  const stops = (): boolean =>
    move.do === "start" &&
    ((move.before !== undefined && dueOf(run).includes(move.before)) ||
      (move.after !== undefined && run.frontier.routed.some((task) => task.node === move.after)));
  if (move.do !== "start" || (move.before ?? move.after) === undefined) {
    if (run.status !== "completed") await run.continue();
    return;
  }
  while (run.status === "paused" && !stops()) await run.step();
}

async function streamOf(run: RunSession): Promise<string> {
  const parts: string[] = [];
  for await (const part of run.stream(["values", "updates"])) {
    if (part.mode === "values") parts.push(`values [${((part.values["log"] as readonly string[] | undefined) ?? []).join(" ")}]`);
    else if (part.mode === "updates") parts.push(`updates ${part.node}`);
  }
  return parts.join(", ");
}

function dueOf({ frontier }: RunSession): string[] {
  const finished = new Set(frontier.results.map((result) => result.task));
  return frontier.due.filter((task) => !finished.has(task.id)).map((task) => task.node);
}

function statusOf({ status, frontier: { questions, decisions, error } }: RunSession): string {
  const open = questions.filter(({ key }) => decisions[key] === undefined);
  if (status === "waiting") return `asks ${open.map(({ prompt }) => prompt).join(" ")}`;
  if (status !== "failed") return status;
  if (error?.code === "SUPERSTEP_LIMIT") return "failed: limit";
  if (error?.code === "TIMED_OUT") return "failed: timed out";
  if (error?.code === "CONCURRENT_WRITE")
    return `failed: concurrent write, naming ${(error.details?.["nodes"] as readonly string[] | undefined)?.join(" ") ?? "nobody"}`;
  return `failed: ${error?.message ?? ""}`;
}

/** Our document of a scenario. */
function documentOf({ nodes, edges, limit }: PlayedScenario): string {
  return JSON.stringify({
    patchbay: 1,
    channels: { given: { schema: { type: "number" } }, only: {}, log: { schema: { type: "array" }, reducer: "append" } },
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, nodeOf(id, node)])),
    edges: Object.fromEntries(edges.map((edge, index) => [`e${index}`, { from: edge.from, to: edge.to, ...condition(edge) }])),
    limits: { supersteps: limit },
  });
}

/** The graphs inside nodes, found by the node's name. */
function graphsOf({ nodes, limit }: PlayedScenario): GraphSource {
  const source: GraphSource = {
    load(path) {
      const inner = nodes[path]?.inner;
      if (inner === undefined) return { ok: false, error: { code: "GRAPH_MISSING", message: `There is no graph "${path}".` } };
      const document = parseDocument(documentOf({ ...inner, limit }));
      const graph = { plan: compileGraph(document.graph), document, name: path, resolve: (name: string) => name, graphs: source };
      return { ok: true, graph };
    },
  };
  return source;
}

function nodeOf(id: string, { join, attempts, cached, hangs, inner }: ScenarioNode): object {
  if (inner !== undefined) return { kind: "subgraph", graph: id, ...(join === undefined ? {} : { join }) };
  return {
    kind: "code",
    handler: id,
    ...(join === undefined ? {} : { join }),
    ...(attempts === undefined ? {} : { retry: { attempts, delay: "0ms" } }),
    ...(cached === undefined ? {} : { cache: { key: `'${id}'` } }),
    ...(hangs === undefined ? {} : { timeout: "run" in hangs ? { run: `${hangs.run}ms` } : { idle: `${hangs.idle}ms` } }),
  };
}

function condition({ above, otherwise, error }: ScenarioEdge): object {
  if (error === true) return { on: "@error" };
  if (otherwise === true) return { else: true };
  return above === undefined ? {} : { when: `given > ${above}` };
}

function handlerOf(id: string, node: ScenarioNode, calls: Map<string, number>, drain: () => void) {
  return async (_state: JsonObject, ctx: HandlerContext) => {
    const input = (ctx.input as { readonly sent?: string } | undefined)?.sent;
    const task = input === undefined ? id : `${id}:${input}`;
    const nth = (calls.get(ctx.idempotencyKey) ?? 0) + 1;
    calls.set(ctx.idempotencyKey, nth);
    for (let turns = node.turns ?? 0; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    if (nth <= (node.fails ?? 0)) throw new Error(`${task} is broken`);
    if (node.hangs !== undefined) await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve, { once: true }));
    let label = task;
    for (const key of node.asks ?? [])
      label += `=${JSON.stringify((await ctx.ask(key, { prompt: `${task}/${key}` })).value)}`.replaceAll('"', "");
    if (node.drains === true) drain();
    const update = { log: [label], ...(node.only === true ? { only: id } : {}) };
    const send = inputsOf(id, node, input).map(({ to, sent }) => ({ to, input: { sent } }));
    return ctx.command({ update, send, ...(node.goto === undefined ? {} : { goto: node.goto }) });
  };
}

/** Notes what tasks do. */
function noting(host: HandlerHost, inside: (run: string) => string, note: (note: Note) => void): HandlerHost {
  return {
    async call(call, events, signal) {
      const superstep = `${inside(call.run)}${call.taskId.split("/", 1)[0] ?? ""}`;
      const input = (call.input as { readonly sent?: string } | undefined)?.sent;
      const outcome = await host.call(call, events, signal);
      const mark = !outcome.ok ? "!" : outcome.result.asks === undefined ? "-" : "?";
      note({ superstep, task: input === undefined ? call.node : `${call.node}:${input}`, mark });
      return outcome;
    },
    dispose: () => host.dispose(),
  };
}
