// `patchbay run GRAPH --node NODE`: one node alone. No run moves by it, and nothing is written to a store.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Decision } from "../checkpoint/checkpoint.js";
import { MemoryStore } from "../checkpoint/memory-store.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import { createHandlerHost } from "../platform/handler-host.js";
import { openSqliteStore } from "../platform/sqlite-store.js";
import { systemClock } from "../platform/system-clock.js";
import { givenAt, lastGiven, type TrialInput } from "../run/trial/given.js";
import { tryNode } from "../run/trial/try-node.js";
import type { TrialOutcome } from "../run/trial/trial-outcome.js";
import type { Arguments } from "./arguments.js";
import { ACTOR } from "./drive.js";
import type { Decisions } from "./decisions.js";
import { exit } from "./exit.js";
import { compiled, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { showProgress, type Progress } from "./progress/progress.js";
import { runServices } from "./run-services.js";
import { DATABASE, openStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";
import { trialText } from "./trial-report.js";

/** Options of `run` that say nothing about a node alone. */
const beside = ["from", "override", "until", "checkpoint-every", "graph-mode", "durability", "replay", "live", "trace", "otlp"] as const;

/** What one node is run with. */
export interface NodeInvocation {
  readonly graph: GraphFile;
  readonly node: string;
  /** Where the store is. Absolute. */
  readonly folder: string;
  readonly given: Arguments;
  readonly decisions: Decisions;
  readonly input: JsonObject | undefined;
  readonly io: CliIo;
}

/** Runs one node alone and says what it came to; gives the exit status. Throws `USAGE`. */
export async function runNode(invocation: NodeInvocation): Promise<number> {
  const { graph, given, io } = invocation;
  const unused = beside.find((name) => given.has(name));
  if (unused !== undefined) throw new PatchbayError("USAGE", `--${unused} is of no use with --node: nothing goes on from there.`);
  const plan = compiled(graph);
  const input = inputOf(invocation, plan.plan);
  const handlers = createHandlerHost({ entry: io.handlerEntry, workspace: graph.workspace });
  const stop = new AbortController();
  const release = io.onInterrupt(() => (stop.signal.aborted ? io.kill(exit.cancelled) : stop.abort()));
  try {
    let progress: Progress | undefined;
    const outcome = await tryNode(plan, input, runServices(graph, new MemoryStore(), handlers), {
      signal: stop.signal,
      begun: (session) => (progress = showProgress(session, io)),
    }).finally(() => progress?.end());
    io.out(given.has("json") ? `${JSON.stringify(outcome)}\n` : trialText(outcome, graph));
    return exitOf(outcome);
  } finally {
    release();
    await handlers.dispose();
  }
}

/** What the node is to work on: of a checkpoint, of a run, of the newest run; `--input` on top of it. */
function inputOf(invocation: NodeInvocation, plan: Plan): TrialInput {
  const { node, decisions, input } = invocation;
  const found = storedInput(invocation, plan) ?? { node, values: {} };
  const at = systemClock.now();
  const made = Object.fromEntries([...decisions].map(([key, each]): [string, Decision] => [key, { ...each, actor: ACTOR, at }]));
  return { ...found, values: { ...found.values, ...input }, ...(decisions.size === 0 ? {} : { decisions: made }) };
}

function storedInput({ graph, node, folder, given, input, io }: NodeInvocation, plan: Plan): TrialInput | undefined {
  const checkpoint = given.value("checkpoint");
  const run = given.value("run");
  if (checkpoint !== undefined && run !== undefined) throw new PatchbayError("USAGE", "Give --checkpoint or --run, not both.");
  if (checkpoint !== undefined) return inStore(openStore(folder, io), (store) => givenAt(store, checkpoint, node));
  if (run !== undefined) return inStore(openStore(folder, io), (store) => ofRun(store, plan, storedRun(store, run).id, node));
  if (input !== undefined || !existsSync(join(folder, DATABASE))) return undefined;
  return inStore(openSqliteStore(folder), (store) => {
    const [newest] = store.runs(basename(graph.path), { limit: 1 });
    return newest?.head == null ? undefined : lastGiven(store, plan, newest.head, node);
  });
}

function ofRun(store: CheckpointStore, plan: Plan, run: string, node: string): TrialInput {
  const head = store.run(run)?.head;
  const found = head == null ? undefined : lastGiven(store, plan, head, node);
  if (found !== undefined) return found;
  throw new PatchbayError("NOT_FOUND", `Node "${node}" was never due in run ${run}: give its input with --checkpoint or --input.`);
}

function inStore<Result>(store: CheckpointStore, read: (store: CheckpointStore) => Result): Result {
  try {
    return read(store);
  } finally {
    store.close();
  }
}

function exitOf({ status }: TrialOutcome): number {
  switch (status) {
    case "done":
      return exit.ok;
    case "asked":
      return exit.paused;
    case "failed":
      return exit.failed;
    case "cancelled":
      return exit.cancelled;
  }
}
