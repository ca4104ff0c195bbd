import { compileSchema } from "../channels/channel-program.js";
import type { StoredQuestion } from "../checkpoint/checkpoint.js";
import { PatchbayError } from "../errors.js";
import type { JsonValue } from "../model/json.js";

/** A person's answer to a question. */
export interface Answer {
  readonly action: string;
  readonly value?: JsonValue;
  /** Who decided; free text. */
  readonly actor: string;
}

/** Throws `DECISION_INVALID` when the question does not offer the action, or the value does not fit its schema. */
export function checkAnswer(question: StoredQuestion, answer: Answer): void {
  const { key, actions, schema } = question;
  if (!actions.includes(answer.action)) {
    const message = `"${answer.action}" is no answer to "${key}"; the answers are ${actions.join(", ")}.`;
    throw new PatchbayError("DECISION_INVALID", message, { key, action: answer.action });
  }
  if (schema === undefined || answer.value === undefined) return;
  const validate = compileSchema(schema);
  if (validate(answer.value)) return;
  const [first] = validate.errors ?? [];
  const place = first?.instancePath ? ` at ${first.instancePath}` : "";
  throw new PatchbayError("DECISION_INVALID", `The value for "${key}" does not fit${place}: ${first?.message ?? "see its schema"}.`, {
    key,
  });
}
