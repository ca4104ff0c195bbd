// What a handler process sends, read: user code runs there, and may send anything.
//
// 1. What is read is what its type says; values in it are JSON. Reading never throws.
import { nextSteps } from "../../errors.js";
import { absentOr, allOf, anyOf, number, oneOf, shaped, text, type Check } from "../../model/shape.js";
import type { HandlerOutcome } from "../../ports.js";
import type { FromProcess } from "../handler-process/messages.js";

/** An inspector that the process has opened: nothing else is connected to. */
const LOOPBACK = /^ws:\/\/127\.0\.0\.1:\d+\/[\w-]+$/;

/** A message; undefined for what is none. */
export function readMessage(sent: unknown): FromProcess | undefined {
  const type = isPlain(sent) ? sent["type"] : undefined;
  if (typeof type !== "string" || !Object.hasOwn(messages, type)) return undefined;
  return messages[type as FromProcess["type"]](sent) ? (sent as FromProcess) : undefined;
}

/** Whether a large outcome that was put together is one. */
export function isOutcome(value: unknown): value is HandlerOutcome {
  return assembledOutcome(value);
}

const json: Check = (value) => isJson(value);
const plain: Check = (value) => isPlain(value) && isJson(value);

const texts = allOf(text);
const error = shaped({
  code: (code) => typeof code === "string" && Object.hasOwn(nextSteps, code),
  message: text,
  details: absentOr(plain),
  stack: absentOr(text),
});
const place = { line: number, column: number };
const outcomeOf = (value: Check, values: Check): Check => {
  const result = shaped({
    update: values,
    cleared: absentOr(texts),
    action: absentOr(text),
    goto: absentOr(texts),
    send: absentOr(allOf(shaped({ to: text, input: absentOr(value) }))),
    value: absentOr(value),
    asks: absentOr(allOf(shaped({ key: text, prompt: text, actions: texts, schema: absentOr(values) }))),
  });
  return anyOf(shaped({ ok: oneOf(true), result }), shaped({ ok: oneOf(false), error }));
};
const outcome = outcomeOf(json, plain);
/** Of what was put together: its slices have been looked through already. */
const assembledOutcome = outcomeOf(() => true, isPlain);
const slice = allOf(
  anyOf(
    shaped({ open: oneOf("array", "object", "text") }),
    shaped({ close: oneOf(true) }),
    shaped({ items: allOf(json) }),
    shaped({ members: allOf((member) => Array.isArray(member) && member.length === 2 && text(member[0]) && isJson(member[1])) }),
    shaped({ key: text }),
    shaped({ text }),
  ),
);

const messages: Readonly<Record<FromProcess["type"], Check>> = {
  ready: shaped({}),
  pong: shaped({}),
  leaving: shaped({}),
  missing: shaped({ id: number, channels: texts }),
  log: shaped({ id: number, level: oneOf("debug", "info", "warn", "error"), message: text }),
  progress: shaped({ id: number, fraction: number, message: absentOr(text) }),
  emit: shaped({ id: number, value: json }),
  done: shaped({ id: number, outcome }),
  inspectable: shaped({ id: number, address: (value) => typeof value === "string" && LOOPBACK.test(value) }),
  slice: shaped({ id: number, slice }),
  assembled: shaped({ id: number }),
  begun: shaped({ ids: allOf(number) }),
  checked: shaped({
    id: number,
    found: allOf(
      shaped({ url: text, fault: absentOr(shaped({ message: text, ...place })), imports: allOf(shaped({ path: text, ...place })) }),
    ),
  }),
  worn: shaped({ reason: text }),
  fatal: shaped({ error, id: absentOr(number) }),
};

/** What holds itself, or is too deep to be walked through, is no JSON either. */
function isJson(value: unknown): boolean {
  try {
    return isJsonValue(value);
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

function isJsonValue(value: unknown): boolean {
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean" || number(value);
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (!isJsonValue(item)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const name in value) if (!isJsonValue(value[name])) return false;
  return true;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
