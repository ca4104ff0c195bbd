import type { Checkpoint, ReplayTerms } from "../checkpoint/checkpoint.js";
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { systemClock } from "../platform/system-clock.js";
import { ulidIds } from "../platform/ulid-ids.js";
import { restoreStored } from "../run/restore-inside.js";
import { readReplay, replaying } from "./replay-option.js";
import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { counted } from "./lists.js";
import { withStore } from "./store-folder.js";

/** `patchbay restore CHECKPOINT` */
export const restore: Command = {
  name: "restore",
  summary:
    "Take a run back to one of its checkpoints. The graph and later checkpoints stay as they are. One from inside a subgraph takes the run around it back, too.",
  operands: ["CHECKPOINT"],
  options: { store: common.store, ...replaying, json: common.json },
  notes: "The store is .patchbay in the current folder unless --store names another. Go on with `patchbay run GRAPH --run RUN`.",
  run(given, io) {
    const replay = readReplay(given);
    const { run, checkpoint } = withStore(given, io, (store) => moveTo(store, firstOperand(given), replay));
    const { frontier } = checkpoint;
    const status = frontier.status === "running" ? "paused" : frontier.status;
    const due = frontier.due.map((task) => task.node);
    if (given.has("json")) {
      const questions = frontier.questions.map(({ task: _task, ...question }) => question);
      io.out(
        `${JSON.stringify({ run: run.id, checkpoint: checkpoint.id, graph: run.graph, status, supersteps: frontier.superstep, due, questions })}\n`,
      );
    } else {
      const next = due.length === 0 ? "nothing is due" : `due: ${due.join(", ")}`;
      io.out(`${run.graph}: ${status} after ${counted(frontier.superstep, "superstep")}, ${next}\n`);
      io.out(`Go on with: patchbay run ${run.graph} --run ${run.id}\n`);
    }
    return exit.ok;
  },
};

function moveTo(
  store: CheckpointStore,
  id: string,
  replay: ReplayTerms | undefined,
): { readonly run: StoredRun; readonly checkpoint: Checkpoint } {
  const checkpoint = restoreStored(id, { store, clock: systemClock, ids: ulidIds(systemClock) }, replay);
  const run = store.run(checkpoint.run);
  if (run === undefined) throw new PatchbayError("NOT_FOUND", `The store has no run "${checkpoint.run}".`);
  return { run, checkpoint };
}
