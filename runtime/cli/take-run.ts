import { basename, resolve } from "node:path";
import type { Overrides } from "../checkpoint/checkpoint.js";
import { thinOutEnded } from "../checkpoint/retention.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError, toErrorInfo } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import type { NodeId } from "../model/ids.js";
import { createHandlerHost } from "../platform/handler-host.js";
import { openSqliteStore } from "../platform/sqlite-store.js";
import { defaultDurability, durabilities } from "../run/durability.js";
import type { RunServices } from "../run/run-services.js";
import { RunSession } from "../run/session.js";
import type { Arguments } from "./arguments.js";
import { collectorOf } from "./collector-options.js";
import { ACTOR, drive, type Course } from "./drive.js";
import { goOnFrom, runToGoOnWith } from "./go-on-from.js";
import { exit } from "./exit.js";
import { compiled, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";
import { readReplay } from "./replay-option.js";
import { runJson, runStatus, runSummary } from "./run-report.js";
import { runServices } from "./run-services.js";
import { sendSpans } from "./send-spans.js";
import { openTraceFile, type TraceFile } from "./trace-file.js";

/** What one invocation works with. */
export interface Invocation {
  readonly graph: GraphFile;
  /** Where the store is. Absolute. */
  readonly folder: string;
  readonly given: Arguments;
  /** The run to go on with, or the id of a new one. */
  readonly run: string | undefined;
  /** The node to go on from. */
  readonly from: NodeId | undefined;
  readonly course: Omit<Course, "isNew">;
  readonly overrides: Overrides;
  readonly input: JsonObject | undefined;
  readonly io: CliIo;
}

/** Starts or resumes a run, takes it as far as it goes, and says how it stands; gives the exit status. */
export async function takeRun(invocation: Invocation): Promise<number> {
  const { graph, folder, given, course, io } = invocation;
  const collector = collectorOf(given);
  const durability = given.choice("durability", durabilities) ?? defaultDurability;
  const trace = openTrace(given, io);
  try {
    const store = openSqliteStore(folder);
    const handlers = createHandlerHost({ entry: io.handlerEntry, workspace: graph.workspace });
    try {
      const { session, isNew } = openSession(invocation, { ...runServices(graph, store, handlers), durability });
      trace?.follow(session, store);
      const spans = collector === undefined ? undefined : sendSpans(session, basename(graph.path), store, collector, io);
      try {
        await drive(session, { ...course, isNew }, io);
        io.out(given.has("json") ? `${JSON.stringify(runJson(session))}\n` : runSummary(session, graph, folder, given.value("store"), io));
      } finally {
        await spans?.end();
      }
      thinOut(store, session.id, graph, io);
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

interface OpenedRun {
  readonly session: RunSession;
  readonly isNew: boolean;
}

function openSession(invocation: Invocation, services: RunServices): OpenedRun {
  const { graph, overrides, input, given } = invocation;
  const plan = compiled(graph);
  const name = basename(graph.path);
  const id = invocation.from === undefined ? invocation.run : runToGoOnWith(invocation, services.store);
  const stored = id === undefined ? undefined : services.store.run(id);
  if (stored === undefined) {
    const options = { graph: name, overrides, ...(input === undefined ? {} : { input }), ...(id === undefined ? {} : { run: id }) };
    return { session: RunSession.start(plan, options, services), isNew: true };
  }
  if (stored.graph !== name)
    throw new PatchbayError("USAGE", `Run ${stored.id} is a run of ${stored.graph}, not of ${name}. Give that graph, or another --run ID.`);
  if (input !== undefined)
    throw new PatchbayError("USAGE", `Run ${stored.id} has begun: its input is given. Leave --input out to go on, or give a new --run ID.`);
  const mode = given.choice("graph-mode", ["strict", "certified", "force"]) ?? "certified";
  const session = RunSession.resume(stored.id, plan, services, { mode, actor: ACTOR });
  for (const [node, targets] of Object.entries(overrides)) session.override(node, targets, ACTOR);
  const replay = readReplay(given, graph.document.graph);
  if (invocation.from !== undefined) goOnFrom(session, invocation.from, invocation, services.store);
  else if (replay !== undefined) session.replayBy(replay);
  return { session, isNew: false };
}

/** A run that has ended keeps no more than its graph says. */
function thinOut(store: CheckpointStore, run: string, { document }: GraphFile, io: CliIo): void {
  const { keep } = document.graph;
  if (keep === undefined) return;
  let checkpoints = 0;
  try {
    checkpoints = thinOutEnded(store, run, keep);
  } catch (thrown) {
    const { code, message } = toErrorInfo(thrown, "STORE"); // the run is what it is
    io.err(`Old checkpoints of this run could not be deleted: ${code} ${message}\n`);
  }
  if (checkpoints > 0)
    io.err(`Deleted ${counted(checkpoints, "checkpoint")} of this run: the graph keeps the newest ${keep} and what they need.\n`);
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
