import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { Plan } from "../../runtime/plan/plan.js";
import type { GraphSession } from "./graph-session.js";

/** A checkpoint whose state is to be edited. */
export interface StatePlace {
  readonly run: string;
  readonly checkpoint: string;
  /** Of the checkpoint. */
  readonly superstep: number;
  /** The revision that it was made under. */
  readonly revision: string;
  /** It is of a run inside a task, whose graph is another document. */
  readonly inside: boolean;
}

/** The values at a checkpoint, and the plan that says what they may become. */
export interface EditableState {
  /** Of the channels that the plan has. */
  readonly values: JsonObject;
  readonly plan: Plan;
}

/** What can be edited at a checkpoint. Throws `PLAN_INVALID`, `NOT_FOUND`, `CORRUPTED`. */
export function editableState(session: GraphSession, { checkpoint, revision, inside }: StatePlace): EditableState {
  const plan = inside ? session.archive.planOf(revision) : session.compiler.current?.plan;
  if (plan === undefined) throw new PatchbayError("PLAN_INVALID", "The graph that says what the channels hold cannot be compiled.");
  const all = session.archive.valuesAt(checkpoint);
  const names = [...plan.channels.keys()];
  return { plan, values: Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]))) };
}
