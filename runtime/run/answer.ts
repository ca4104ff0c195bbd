import { compileSchema } from "../channels/schema-check.js";
import type { StoredQuestion } from "../checkpoint/checkpoint.js";
import { PatchbayError } from "../errors.js";
import { MODIFY, REROUTE } from "../model/graph.js";
import type { NodeId } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";

/** A person's answer to a question. */
export interface Answer {
  readonly action: string;
  readonly value?: JsonValue;
  /** The node where the run goes on, of a `reroute`. */
  readonly target?: NodeId;
  /** Who decided; free text. */
  readonly actor: string;
}

/** Throws `DECISION_INVALID` when the question does not offer the action, or what comes with it is missing or does not fit. */
export function checkAnswer(question: StoredQuestion, answer: Omit<Answer, "actor">): void {
  const fault = faultOf(question, answer);
  if (fault !== undefined) throw new PatchbayError("DECISION_INVALID", fault, { key: question.key, action: answer.action });
}

/** Why an answer is none to this question, if so. */
export function faultOf({ key, actions, schema }: StoredQuestion, { action, value, target }: Omit<Answer, "actor">): string | undefined {
  if (!actions.includes(action)) return `"${action}" is no answer to "${key}"; the answers are ${actions.join(", ")}.`;
  if (action === MODIFY && value === undefined) return `"${action}" needs a value.`;
  if (action === REROUTE && target === undefined) return `"${action}" needs the node to go on with.`;
  if (action !== REROUTE && target !== undefined)
    return `Only "${REROUTE}" names the node to go on with; "${action}" takes the barrier's edges.`;
  return schema === undefined || value === undefined ? undefined : misfit(key, schema, value);
}

function misfit(key: string, schema: JsonObject, value: JsonValue): string | undefined {
  const validate = compileSchema(schema);
  if (validate(value)) return undefined;
  const [first] = validate.errors ?? [];
  const place = first?.instancePath ? ` at ${first.instancePath}` : "";
  return `The value for "${key}" does not fit${place}: ${first?.message ?? "see its schema"}.`;
}
