import { ExpressionError } from "../../../runtime/expression/cel.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { Level } from "./branches.js";

/** What an expression comes to in a frame, or why it comes to nothing. */
export type Evaluated = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

/** Evaluates CEL over the channels of a frame's run, `input` (what its task was given) and `run`. */
export function evaluateIn({ run, task }: Level, expression: string): Evaluated {
  const { moment } = run;
  const compiled = moment.plan.scope.compile(expression);
  if (!compiled.ok) return { ok: false, message: compiled.problem.message };
  try {
    return { ok: true, value: compiled.program(moment.variables(task)) };
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return { ok: false, message: thrown.message };
    throw thrown;
  }
}
