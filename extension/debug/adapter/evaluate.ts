import { ExpressionError } from "../../../runtime/expression/cel.js";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";
import { lastWrites } from "./last-writes.js";

/** What an expression comes to in a frame, or why it comes to nothing. */
export type Evaluated = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

/** Evaluates CEL over the channels of a frame's run, `input` (what its task was given), `output` (what was written last) and `run`. */
export function evaluateIn({ run, task }: Level, expression: string): Evaluated {
  const { moment } = run;
  const compiled = moment.plan.scope.compile(expression);
  if (!compiled.ok) return { ok: false, message: compiled.problem.message };
  const writes: JsonObject = Object.assign({}, ...lastWrites(moment).map((each) => each.writes));
  try {
    return { ok: true, value: compiled.program(moment.variables({ ...task, writes })) };
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return { ok: false, message: thrown.message };
    throw thrown;
  }
}
