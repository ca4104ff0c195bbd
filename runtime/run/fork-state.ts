import type { ReplayTerms } from "../checkpoint/checkpoint.js";
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { checkEdit, type StateEdit } from "./edit-state.js";
import type { RunSession } from "./session.js";

type Runs = Pick<CheckpointStore, "load" | "run">;

/** What is to be other from a checkpoint on, and who says so. */
export interface StateFork {
  /** Of the run, or of one inside its tasks. */
  readonly checkpoint: string;
  readonly edit: StateEdit;
  readonly actor: string;
  /** Which recorded results count from there on. */
  readonly replay?: ReplayTerms;
}

/**
 * Branches off from a checkpoint with other values in its channels: those of the run inside a task where the checkpoint is of one. The
 * branch that the run stood on stays in the store; where the edit is refused, the run stands there again. Throws what `restore` and
 * `edit` of a session throw.
 */
export function forkState(session: RunSession, store: Runs, { checkpoint, edit, actor, replay }: StateFork): void {
  const inside = wayInside(store, session.id, store.load(checkpoint).run);
  if (inside.length === 0) checkEdit(session.plan, edit);
  const before = session.head;
  session.restore(checkpoint, replay);
  try {
    innermost(session, inside).edit(edit, actor);
  } catch (thrown) {
    session.restore(before);
    throw thrown;
  }
}

/** The run that a run is inside of, however deep; itself where it is inside of none. Throws `NOT_FOUND`. */
export function outermostRun(store: Pick<CheckpointStore, "run">, id: string): StoredRun {
  const run = store.run(id);
  if (run === undefined) throw new PatchbayError("NOT_FOUND", `There is no run ${id} in this store.`, { run: id });
  return run.parent === undefined ? run : outermostRun(store, run.parent.run);
}

type Step = Pick<NonNullable<StoredRun["parent"]>, "task" | "slot">;

/** The tasks that lead from a run to one inside it, outermost first. */
function wayInside(store: Runs, outer: string, inner: string): readonly Step[] {
  if (inner === outer) return [];
  const parent = store.run(inner)?.parent;
  return parent === undefined ? [] : [...wayInside(store, outer, parent.run), parent];
}

function innermost(session: RunSession, way: readonly Step[]): RunSession {
  const [step, ...deeper] = way;
  if (step === undefined) return session;
  const inner = session.nested(step.task, step.slot);
  if (inner === undefined)
    throw new PatchbayError("GRAPH_MISSING", `The graph that task ${step.task} runs cannot be had.`, { task: step.task });
  return innermost(inner, deeper);
}
