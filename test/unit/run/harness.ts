import {
  MemoryStore,
  createHttpClient,
  compileGraph,
  inProcessHandlers,
  parseDocument,
  storedPlans,
  RunSession,
  type JsonObject,
  type RunOptions,
  type GraphSource,
  type RunServices,
} from "../../../runtime/index.js";
import { noFiles, type FileVersions } from "../../../runtime/model/file-version.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";

/** Handlers by node id. */
export type Handlers = Parameters<typeof inProcessHandlers>[0];

/** A compiled graph, or an error that names its problems. `files`: the versions of what its nodes run. */
export function compile(graph: ShortGraph, files: FileVersions = noFiles) {
  const document = parseDocument(graphText(graph));
  if (!document.valid) throw new Error(document.problems.map((problem) => `${problem.code} ${problem.message}`).join("\n"));
  return { plan: compileGraph(document.graph, files), document };
}

let lastId = 0;

/** What a test may bring instead of a fresh one. */
export interface Given {
  readonly store?: MemoryStore;
  readonly clock?: ManualClock;
  /** The graphs that subgraphs name, by path: `./inner` and so on. */
  readonly graphs?: Readonly<Record<string, ShortGraph>>;
  /** Reducers by the name of their file, with `#export`. */
  readonly reducers?: Parameters<typeof inProcessHandlers>[1];
  /** What chance brings, in turn; then 0.5 for ever. */
  readonly chances?: readonly number[];
  /** What `{{secret.NAME}}` stands for. */
  readonly secrets?: Readonly<Record<string, string>>;
}

type TestServices = RunServices & { readonly store: MemoryStore; readonly clock: ManualClock };

/** Services in memory. Handlers are looked up by the node's id. */
export function services(
  handlers: Handlers,
  { store = new MemoryStore(), clock = new ManualClock(), chances = [], secrets = {}, graphs = {}, reducers = {} }: Given = {},
): TestServices {
  const left = [...chances];
  return {
    store,
    handlers: inProcessHandlers(handlers, reducers),
    http: createHttpClient({ get: (name) => Promise.resolve(secrets[name]) }, clock),
    clock,
    random: { next: () => left.shift() ?? 0.5 },
    ids: { next: () => `id${String((lastId += 1)).padStart(6, "0")}` },
    resolve: toName,
    graphs: sourceOf(graphs),
    plans: storedPlans(store),
  };
}

const toName = (path: string): string => path.replace(/^\.\/(.*)\.ts$/, "$1");

/** Graphs in short hand as subgraphs find them; one that is replaced in `graphs` is another from then on. */
function sourceOf(graphs: Readonly<Record<string, ShortGraph>>): GraphSource {
  const known = new Map<ShortGraph, Extract<ReturnType<GraphSource["load"]>, { ok: true }>>();
  const source: GraphSource = {
    load(path) {
      const graph = graphs[path];
      if (graph === undefined) return { ok: false, error: { code: "GRAPH_MISSING", message: `There is no graph "${path}".` } };
      const found = known.get(graph) ?? { ok: true, graph: { ...compile(graph), name: path, resolve: toName, graphs: source } };
      known.set(graph, found);
      return found;
    },
  };
  return source;
}

/** A new run of a graph in short hand. */
export function start(graph: ShortGraph, handlers: Handlers, options: Partial<RunOptions> & Given = {}) {
  const { store, clock, chances, secrets, graphs, reducers, ...rest } = options;
  const brought = {
    ...(store === undefined ? {} : { store }),
    ...(clock === undefined ? {} : { clock }),
    ...(chances === undefined ? {} : { chances }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(graphs === undefined ? {} : { graphs }),
    ...(reducers === undefined ? {} : { reducers }),
  };
  const given = services(handlers, brought);
  return { session: RunSession.start(compile(graph), { graph: "test", ...rest }, given), services: given, clock: given.clock };
}

/** `[superstep, due nodes]` for each superstep that began, oldest first. */
export function history(session: RunSession): (readonly [number, readonly string[]])[] {
  return session.trace.flatMap((event) => (event.type === "superstep-started" ? [[event.superstep, event.due] as const] : []));
}

/** A handler that writes its node's name to the append channel `log`. */
export function logs(...nodes: readonly string[]): Handlers {
  return Object.fromEntries(nodes.map((node) => [node, (): JsonObject => ({ log: [node] })]));
}

/** The channel that `logs` writes. */
export const logChannel = { log: { schema: { type: "array" }, reducer: "append" } };

/** The types of a run's trace events about one node, with what tells them apart. */
export function eventsOf(session: RunSession, node: string): string[] {
  return session.trace.flatMap((event) => {
    if (!("node" in event) || event.node !== node || event.type === "write" || event.type === "route-taken") return [];
    return event.type === "task-retried" ? [`${event.type} ${event.attempt} ${event.error.code} ${event.delayMs}`] : [event.type];
  });
}

/** What ran: `[superstep, keys of its tasks]` (node ids, `node#index` of sent tasks), oldest first, in the order they were started. */
export function tasksRun(session: RunSession): (readonly [number, readonly string[]])[] {
  const bySuperstep = new Map<number, string[]>();
  for (const event of session.trace) {
    if (event.type !== "task-started") continue;
    const keys = bySuperstep.get(event.superstep) ?? [];
    bySuperstep.set(event.superstep, keys);
    keys.push(event.task.slice(event.task.indexOf("/") + 1));
  }
  return [...bySuperstep];
}

/** Continues a run, once as it is and once from the store after every superstep, and gives both sessions. */
export async function continueBothWays(graph: ShortGraph, handlers: Handlers, options: Partial<RunOptions> = {}): Promise<RunSession[]> {
  const { session: straight } = start(graph, handlers, options);
  await straight.continue();
  const first = start(graph, handlers, { ...options, run: "restarted" });
  let { session } = first;
  while (session.status === "paused") {
    session = RunSession.resume("restarted", compile(graph), services(handlers, { store: first.services.store }));
    await session.step();
  }
  return [straight, session];
}

/** Offers a session another graph, as after an edit. */
export function offer(session: RunSession, graph: ShortGraph | ReturnType<typeof compile>): void {
  const edited = "plan" in graph ? graph : compile(graph);
  session.offerPlan(edited, { class: "soft", reasons: ["edge"], recomputed: 1, micros: 1, revision: edited.plan.revision });
}
