import {
  MemoryStore,
  compileGraph,
  inProcessHandlers,
  parseDocument,
  RunSession,
  type JsonObject,
  type RunOptions,
  type RunServices,
} from "../../../runtime/index.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";

/** Handlers by node id. */
export type Handlers = Parameters<typeof inProcessHandlers>[0];

/** A compiled graph, or an error that names its problems. */
export function compile(graph: ShortGraph) {
  const document = parseDocument(graphText(graph));
  if (!document.valid) throw new Error(document.problems.map((problem) => `${problem.code} ${problem.message}`).join("\n"));
  return { plan: compileGraph(document.graph), document };
}

let lastId = 0;

/** Services in memory. Handlers are looked up by the node's id. */
export function services(handlers: Handlers, store = new MemoryStore()): RunServices & { readonly store: MemoryStore } {
  return {
    store,
    handlers: inProcessHandlers(handlers),
    clock: new ManualClock(),
    ids: { next: () => `id${String((lastId += 1)).padStart(6, "0")}` },
    resolve: (path) => path.replace(/^\.\/(.*)\.ts$/, "$1"),
  };
}

/** A new run of a graph in short hand. */
export function start(graph: ShortGraph, handlers: Handlers, options: Partial<RunOptions> & { readonly store?: MemoryStore } = {}) {
  const { store, ...rest } = options;
  const given = services(handlers, store);
  return { session: RunSession.start(compile(graph), { graph: "test", ...rest }, given), services: given };
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
    session = RunSession.resume("restarted", compile(graph), services(handlers, first.services.store));
    await session.step();
  }
  return [straight, session];
}

/** Offers a session another graph, as after an edit. */
export function offer(session: RunSession, graph: ShortGraph): void {
  const edited = compile(graph);
  session.offerPlan(edited, { class: "soft", reasons: ["edge"], recomputed: 1, micros: 1, revision: edited.plan.revision });
}
