import { errorInfo } from "../../errors.js";
import type { HttpNode } from "../../model/graph.js";
import { patternOf } from "../../model/http-status.js";
import type { JsonValue } from "../../model/json.js";
import type { TaskOutcome } from "../../plan/behaviour.js";
import type { HttpAnswer } from "../../ports.js";
import { decodeBody, decodeText } from "./decode.js";

/** How much of a refused answer's body an error tells, in characters. */
const EXCERPT = 500;

/** Statuses with which a server asks to be tried again; other client errors are the request's fault. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** What an answer means for the task: its writes and its action, or why it failed. */
export function outcomeOf(def: HttpNode, answer: HttpAnswer): TaskOutcome {
  const action = patternOf(answer.status, def.expect);
  if (action === undefined) return refused(def, answer);
  if (answer.truncated) return tooLarge(def, answer);
  const decoded = decodeBody(answer, def.as);
  if (!decoded.ok) return unreadable(def, answer, decoded.reason);
  return { type: "done", action, writes: def.output === undefined ? {} : { [def.output]: taken(def, answer, decoded.value) } };
}

function taken(def: HttpNode, answer: HttpAnswer, body: JsonValue): JsonValue {
  if (def.take === "body") return body;
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, answer.redact?.(value) ?? value]);
  return { status: answer.status, url: answer.url, headers: Object.fromEntries(headers), body };
}

function refused(def: HttpNode, answer: HttpAnswer): TaskOutcome {
  const { status, url } = answer;
  const body = excerpt(answer);
  const said = body === "" ? "" : `: ${body.replace(/\s+/g, " ").slice(0, 200)}`;
  const message = `${def.method} ${url} was answered with status ${status}, not ${def.expect.join(" or ")}${said}`;
  const error = errorInfo("HTTP_STATUS", message, { node: def.id, status, url, body });
  const again = status >= 500 || passing.has(status);
  return { type: "failed", error, retryAfterMs: again ? (answer.retryAfterMs ?? 0) : Infinity };
}

/** The beginning of a body, without secrets: they are hidden before it is cut, and nothing is told of one that was cut before. */
function excerpt({ body, headers, redact, truncated }: HttpAnswer): string {
  if (truncated && redact !== undefined) return "";
  const text = decodeText(body, headers["content-type"]);
  const shown = redact?.(text) ?? text;
  return shown.length <= EXCERPT ? shown : `${shown.slice(0, EXCERPT)}…`;
}

function tooLarge(def: HttpNode, { status, url }: HttpAnswer): TaskOutcome {
  const message = `The answer of ${url} is longer than ${def.maxBytes} bytes; it was not read to its end.`;
  return { type: "failed", error: errorInfo("HTTP_TOO_LARGE", message, { node: def.id, status, url, bytes: def.maxBytes }) };
}

function unreadable(def: HttpNode, answer: HttpAnswer, reason: string): TaskOutcome {
  const { status, url } = answer;
  const message = `What ${url} answered ${reason}.`;
  return { type: "failed", error: errorInfo("HTTP_BODY", message, { node: def.id, status, url, body: excerpt(answer) }) };
}
