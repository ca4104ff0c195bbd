import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { thinOutEnded } from "../checkpoint/retention.js";
import { compileGraph } from "../compile/full.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { MemoryStore } from "../checkpoint/memory-store.js";
import { storedPlans } from "../compile/stored-plans.js";
import { PatchbayError } from "../errors.js";
import type { Secrets } from "../ports.js";
import { RunSession, type ResumeTerms } from "../run/session.js";
import { graphName } from "../types/types-path.js";
import { defaultDurability, type Durability } from "../run/durability.js";
import type { RunOptions } from "../run/run-options.js";
import type { RunServices } from "../run/run-services.js";
import type { RunGraph } from "../run/position.js";
import { fileMigrations, migrationsFolder } from "./file-migrations.js";
import { FileGraphs } from "./file-graphs.js";
import { createHandlerHost } from "./handler-host.js";
import type { PoolLimits } from "./handler-pool/limits.js";
import { createHttpClient } from "./http/client.js";
import { environmentSecrets } from "./http/environment-secrets.js";
import { inProcessHandlers, type InProcessHandler, type InProcessReducer } from "./in-process-handlers.js";
import type { OpenedGraph } from "./open-graph.js";
import { ScratchFile } from "./scratch-file.js";
import { openSqliteStore } from "./sqlite-store.js";
import { systemClock } from "./system-clock.js";
import { systemRandom } from "./system-random.js";
import { ulidIds } from "./ulid-ids.js";

/** How a runtime is made. */
export interface RuntimeOptions {
  /** Folder of the store, or a store. Absent: in memory. */
  readonly store?: string | CheckpointStore;
  /**
   * Handlers as functions, run in this process, by what the document's `handler` says (`./nodes/a.ts`, `./nodes/a.ts#name`).
   * Absent, as are `reducers`: modules are run in handler processes.
   */
  readonly handlers?: Readonly<Record<string, InProcessHandler>>;
  /** Reducers as functions, in the same way, by what the `reducer` of a channel names. */
  readonly reducers?: Readonly<Record<string, InProcessReducer>>;
  /** Folder that handler modules and the graphs of subgraphs stay in. Default: the current folder. */
  readonly workspace?: string;
  /** Path of the bundled handler process. Default: `handler-process.mjs` beside this module. */
  readonly handlerProcess?: string;
  /** What `{{secret.NAME}}` stands for. Default: the variables of the environment. */
  readonly secrets?: Secrets;
  /** When what runs have done is safe from a killed process. Default: `async`. */
  readonly durability?: Durability;
  /** Bounds on the handler processes. */
  readonly limits?: Partial<PoolLimits>;
}

/** Runs graphs from a program. */
export interface Runtime {
  readonly store: CheckpointStore;
  /** A new run, paused before its first superstep. Throws `PLAN_INVALID`, `INPUT_INVALID`. */
  start(graph: OpenedGraph, options?: Omit<RunOptions, "graph">): RunSession;
  /** A stored run, where it stands. Throws `PLAN_INVALID`, `NOT_FOUND`, and `NOT_RESUMABLE` where the terms are strict. */
  resume(graph: OpenedGraph, run: string, terms?: ResumeTerms): RunSession;
  /** Stops the handler processes and closes a store that this runtime opened. */
  close(): Promise<void>;
}

/** Makes a runtime. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const store = typeof options.store === "string" ? openSqliteStore(options.store) : (options.store ?? new MemoryStore());
  const inProcess = options.handlers !== undefined || options.reducers !== undefined;
  const entry = options.handlerProcess ?? fileURLToPath(new URL("./handler-process.mjs", import.meta.url));
  const workspace = options.workspace ?? process.cwd();
  const handlers = inProcess
    ? inProcessHandlers(options.handlers ?? {}, options.reducers)
    : createHandlerHost({ ...options.limits, entry, workspace });
  const http = createHttpClient(options.secrets ?? environmentSecrets, systemClock);
  const graphs = new FileGraphs({ workspace, ...(inProcess ? { resolve: (_folder: string, path: string) => path } : {}) });
  const services = (graph: OpenedGraph) => ({
    store,
    handlers,
    http,
    clock: systemClock,
    random: systemRandom,
    ids: ulidIds(systemClock),
    scratch: () => new ScratchFile(),
    durability: options.durability ?? defaultDurability,
    resolve: inProcess ? (path: string) => path : (path: string) => resolve(graph.folder, path),
    plans: storedPlans(store),
    migrations: fileMigrations(migrationsFolder(graph.folder, graphName(graph.name))),
    graphs: graphs.of(graph.folder),
    ...whenEnded(store, graph),
  });
  return {
    store,
    start: (graph, given = {}) => RunSession.start(runnable(graph, inProcess), { graph: graph.name, ...given }, services(graph)),
    resume: (graph, run, terms) => RunSession.resume(run, runnable(graph, inProcess), services(graph), terms),
    async close() {
      await handlers.dispose();
      if (typeof options.store === "string") store.close();
    },
  };
}

/** A run that has ended keeps no more than its graph says. */
function whenEnded(store: CheckpointStore, { document: { graph } }: OpenedGraph): Pick<RunServices, "ended"> {
  const { keep } = graph;
  if (keep === undefined) return {};
  return {
    ended: (run) => {
      try {
        thinOutEnded(store, run, keep);
      } catch (thrown) {
        if (!(thrown instanceof PatchbayError)) throw thrown; // a run has not failed where only room could not be made
      }
    },
  };
}

/** Where handlers are functions in process, what files say is not what runs. */
function runnable(graph: OpenedGraph, inProcess: boolean): RunGraph {
  const { plan, document } = graph;
  if (plan !== undefined) return { plan: inProcess && plan.files.size > 0 ? compileGraph(document.graph) : plan, document };
  const errors = graph.problems.filter((problem) => problem.severity === "error");
  throw new PatchbayError(
    "PLAN_INVALID",
    `${graph.name} has ${errors.length} error(s): ${errors.map((problem) => problem.message).join(" ")}`,
  );
}
