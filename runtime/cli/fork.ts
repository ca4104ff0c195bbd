import { basename } from "node:path";
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { createHandlerHost } from "../platform/handler-host.js";
import { systemClock } from "../platform/system-clock.js";
import { ulidIds } from "../platform/ulid-ids.js";
import { cloneRun } from "../run/clone.js";
import type { StateEdit } from "../run/edit-state.js";
import { forkState, outermostRun } from "../run/fork-state.js";
import { RunSession } from "../run/session.js";
import { firstOperand, type Arguments } from "./arguments.js";
import { readChannelValues } from "./channel-values.js";
import { common, type Command } from "./command.js";
import { ACTOR } from "./drive.js";
import { exit } from "./exit.js";
import { compiled, printProblems, readGraph, type GraphFile } from "./graph-file.js";
import { graphOfRun } from "./graph-of-run.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";
import { readReplay, replaying } from "./replay-option.js";
import { runJson, runStatus } from "./run-report.js";
import { runServices } from "./run-services.js";
import { shellLine } from "./shell.js";
import { storedRun } from "./stored-run.js";
import { openStore, storeFolder } from "./store-folder.js";

/** `patchbay fork CHECKPOINT` */
export const fork: Command = {
  name: "fork",
  summary: "Branch off from a checkpoint: with other values in its channels (--set), or as a run of its own (--as). What there is stays.",
  operands: ["CHECKPOINT"],
  options: {
    set: {
      value: "CHANNEL=JSON|@FILE",
      multiple: true,
      help: "The value that the channel has from there on: it is not folded, but takes the place of the other.",
    },
    unset: { value: "CHANNEL", multiple: true, help: "The channel goes back to its default; without one it has no value." },
    as: { value: "ID", help: "Leave the run where it stands, and make another run of this id with the same history up to there." },
    graph: { value: "GRAPH", help: "The run's graph. Default: the one of its name beside the store, or in the current folder." },
    store: common.store,
    ...replaying,
    json: common.json,
  },
  notes: [
    "Without --as the run stands on the new branch then; the branch that it stood on is kept, and `patchbay restore` goes back to it.",
    "An edit is in the run's trace. Routes that were taken by what was set are taken anew, unless a superstep is open there.",
    "A checkpoint from inside a subgraph takes the run around it back, too; with --as it becomes a run of the inner graph.",
    "The store is .patchbay in the current folder unless --store names another.",
  ].join("\n"),
  async run(given, io) {
    const edit = readChannelValues(given.values("set"), given.values("unset"), io);
    const folder = storeFolder(given, io.cwd, io);
    const store = openStore(folder, io);
    try {
      const { run } = store.load(firstOperand(given));
      const origin = given.value("as") === undefined ? outermostRun(store, run) : storedRun(store, run);
      const graph = readGraph(given.value("graph") ?? graphOfRun(origin.id, origin.graph, folder, io), io);
      printProblems(graph, io);
      if (!graph.valid) return exit.usage;
      checkName(graph, origin);
      await branchOff({ store, graph, origin, edit, given, io });
      return exit.ok;
    } finally {
      store.close();
    }
  },
};

interface Branching {
  readonly store: CheckpointStore;
  readonly graph: GraphFile;
  readonly origin: StoredRun;
  readonly edit: StateEdit;
  readonly given: Arguments;
  readonly io: CliIo;
}

async function branchOff({ store, graph, origin, edit, given, io }: Branching): Promise<void> {
  const handlers = createHandlerHost({ entry: io.handlerEntry, workspace: graph.workspace });
  try {
    const plan = compiled(graph);
    const replay = readReplay(given, graph.document.graph);
    const [run, checkpoint] = placeOf(store, origin.id, given);
    const session = RunSession.resume(run, plan, runServices(graph, store, handlers));
    if (Object.keys(edit.values).length + (edit.cleared?.length ?? 0) === 0) session.restore(checkpoint, replay);
    else forkState(session, store, { checkpoint, edit, actor: ACTOR, ...(replay === undefined ? {} : { replay }) });
    io.out(given.has("json") ? `${JSON.stringify({ ...runJson(session), checkpoint: session.head })}\n` : summary(session, graph, given));
  } finally {
    await handlers.dispose();
  }
}

/** The run to branch, and its checkpoint: those of a copy, if one is asked for. Throws `USAGE`. */
function placeOf(store: CheckpointStore, run: string, given: Arguments): readonly [run: string, checkpoint: string] {
  const checkpoint = firstOperand(given);
  const copy = given.value("as");
  if (copy === undefined) return [run, checkpoint];
  if (store.run(copy) !== undefined) throw new PatchbayError("USAGE", `The store has a run "${copy}" already. Give --as another id.`);
  cloneRun(checkpoint, { store, clock: systemClock, ids: ulidIds(systemClock) }, copy);
  return [copy, storedRun(store, copy).head ?? ""];
}

function checkName(graph: GraphFile, { id, graph: name }: StoredRun): void {
  const given = basename(graph.path);
  if (given !== name) throw new PatchbayError("USAGE", `Run ${id} is a run of ${name}, not of ${given}. Give that graph.`);
}

function summary(session: RunSession, graph: GraphFile, given: Arguments): string {
  const { frontier } = session;
  const due = frontier.due.map(({ node }) => node).join(", ");
  const store = given.value("store");
  const goOn = ["patchbay", "run", graph.given, "--run", session.id, ...(store === undefined ? [] : ["--store", store])];
  return [
    `${graph.document.graph.title || graph.given}: ${runStatus(session)} after ${counted(frontier.superstep, "superstep")}, ${due === "" ? "nothing is due" : `due: ${due}`}`,
    `Stands at checkpoint ${session.head} of run ${session.id}.`,
    ...(session.status === "completed" || session.status === "cancelled" ? [] : [`Go on with: ${shellLine(goOn)}`]),
    "",
  ].join("\n");
}
