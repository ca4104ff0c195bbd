import { basename, resolve } from "node:path";
import type { Overrides } from "../checkpoint/checkpoint.js";
import { compileGraph } from "../compile/full.js";
import { PatchbayError } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import { FileGraphs } from "../platform/file-graphs.js";
import { createHandlerHost } from "../platform/handler-host.js";
import { createHttpClient } from "../platform/http/client.js";
import { environmentSecrets } from "../platform/http/environment-secrets.js";
import { openSqliteStore } from "../platform/sqlite-store.js";
import { systemClock } from "../platform/system-clock.js";
import { systemRandom } from "../platform/system-random.js";
import { ulidIds } from "../platform/ulid-ids.js";
import { RunSession, type RunServices } from "../run/session.js";
import type { RunGraph } from "../run/standing.js";
import { firstOperand, type Arguments } from "./arguments.js";
import { common, type Command } from "./command.js";
import { readDecisions, type Decisions } from "./decisions.js";
import { ACTOR, drive } from "./drive.js";
import { exit } from "./exit.js";
import { printProblems, readGraph, workspaceOf, type GraphFile } from "./graph-file.js";
import { readInput } from "./input.js";
import type { CliIo } from "./io.js";
import { readOverrides } from "./overrides.js";
import { runJson, runStatus, runSummary } from "./run-report.js";
import { storeFolder } from "./store-folder.js";
import { openTraceFile, type TraceFile } from "./trace-file.js";

/** `patchbay run GRAPH` */
export const run: Command = {
  name: "run",
  summary: "Run a graph until it is completed, fails, or waits for a decision; or go on with a stored run.",
  operands: ["GRAPH"],
  options: {
    input: { value: "JSON|@FILE|-", help: "Channel -> first value, as JSON, from a file, or from stdin." },
    store: { value: "DIR", help: "The folder that holds patchbay.db. Default: .patchbay beside the graph." },
    run: { value: "ID", help: "Go on with this run; a new run gets this id." },
    decide: {
      value: "KEY=JSON",
      multiple: true,
      help: 'Answer a question (KEY: the barrier, or NODE/KEY of a handler or inside a subgraph): "approve" or {"action":"approve","value":…}.',
    },
    override: {
      value: "NODE=TARGET",
      multiple: true,
      help: "From NODE go to TARGET, whatever its edges say; several for several targets.",
    },
    json: common.json,
    trace: { value: "FILE", help: "Write the run's trace, one event a line." },
  },
  notes: [
    "A decision is kept until its question is asked, and answers it each time it is asked in this invocation.",
    "It may be the bare action too: --decide review=approve.",
    "An override is kept with the run. NODE may be @start, TARGET @end. A node's own goto and its failures go before.",
    "Ctrl+C cancels the run and keeps its checkpoints; pressed again, it ends the process at once.",
  ].join("\n"),
  async run(given, io) {
    const graph = readGraph(firstOperand(given), io);
    printProblems(graph, io);
    if (!graph.valid) return exit.usage;
    const decisions = readDecisions(given.values("decide"), graph.document.graph);
    const overrides = readOverrides(given.values("override"), graph.document.graph);
    const input = await readInput(given.value("input"), io);
    return runGraph({ graph, given, decisions, overrides, input, io });
  },
};

/** What one invocation works with. */
interface Invocation {
  readonly graph: GraphFile;
  readonly given: Arguments;
  readonly decisions: Decisions;
  readonly overrides: Overrides;
  readonly input: JsonObject | undefined;
  readonly io: CliIo;
}

async function runGraph(invocation: Invocation): Promise<number> {
  const { graph, given, io } = invocation;
  const trace = openTrace(given, io);
  const folder = storeFolder(given, graph.folder, io);
  try {
    const store = openSqliteStore(folder);
    const handlers = createHandlerHost({ entry: io.handlerEntry, workspace: workspaceOf(graph.folder) });
    try {
      const services = {
        store,
        handlers,
        http: createHttpClient(environmentSecrets, systemClock),
        clock: systemClock,
        random: systemRandom,
        ids: ulidIds(systemClock),
        resolve: (path: string) => resolve(graph.folder, path),
        graphs: new FileGraphs({ workspace: workspaceOf(graph.folder) }).of(graph.folder),
      };
      const session = openSession(invocation, services);
      trace?.follow(session, store);
      await drive(session, invocation.decisions, io);
      io.out(given.has("json") ? `${JSON.stringify(runJson(session))}\n` : runSummary(session, graph, folder, given.value("store"), io));
      return exitOf(session);
    } finally {
      await handlers.dispose();
      store.close();
    }
  } finally {
    trace?.close();
  }
}

function openTrace(given: Arguments, io: CliIo): TraceFile | undefined {
  const file = given.value("trace");
  return file === undefined ? undefined : openTraceFile(resolve(io.cwd, file), file);
}

function openSession({ graph, given, overrides, input }: Invocation, services: RunServices): RunSession {
  const id = given.value("run");
  const compiled: RunGraph = { plan: compileGraph(graph.document.graph), document: graph.document };
  const name = basename(graph.path);
  const stored = id === undefined ? undefined : services.store.run(id);
  if (stored === undefined) {
    return RunSession.start(
      compiled,
      { graph: name, overrides, ...(input === undefined ? {} : { input }), ...(id === undefined ? {} : { run: id }) },
      services,
    );
  }
  if (stored.graph !== name)
    throw new PatchbayError("USAGE", `Run ${stored.id} is a run of ${stored.graph}, not of ${name}. Give that graph, or another --run ID.`);
  if (input !== undefined)
    throw new PatchbayError("USAGE", `Run ${stored.id} has begun: its input is given. Leave --input out to go on, or give a new --run ID.`);
  const session = RunSession.resume(stored.id, compiled, services);
  for (const [node, targets] of Object.entries(overrides)) session.override(node, targets, ACTOR);
  return session;
}

function exitOf(session: RunSession): number {
  switch (runStatus(session)) {
    case "completed":
      return exit.ok;
    case "failed":
      return exit.failed;
    case "cancelled":
      return exit.cancelled;
    case "paused":
      return exit.paused;
  }
}
