import { errorInfo } from "../errors.js";
import type { JsonValue } from "../model/json.js";
import type { HandlerOutcome, HandlerResult, Send } from "../ports.js";
import type { CommandParts, HandlerCommand, HandlerUpdate } from "./handler-process/handler-types.js";

const parts = ["update", "action", "goto", "send"] as const;

/** What `ctx.command` makes; told from a plain update by its class. */
export class Command implements HandlerCommand {
  readonly update: HandlerUpdate;
  readonly action: CommandParts["action"];
  readonly goto: CommandParts["goto"];
  readonly send: CommandParts["send"];

  constructor(given: CommandParts) {
    const unknown = Object.keys(given).find((key) => !parts.some((part) => part === key));
    if (unknown !== undefined) throw new TypeError(`ctx.command takes "${parts.join('", "')}", not "${unknown}".`);
    this.update = given.update ?? {};
    this.action = given.action;
    this.goto = given.goto;
    this.send = given.send;
  }
}

/**
 * What a handler returned as an outcome: a copy that is JSON through and through and frozen, or `HANDLER_RESULT` with the path.
 * What takes more than `maxBytes` of memory, roughly, is refused before it is copied further.
 */
export function outcomeOf(returned: unknown, maxBytes = Infinity): HandlerOutcome {
  if (returned === undefined || returned === null) return { ok: true, result: { update: {} } };
  const travel = new Travel(maxBytes);
  return copied(() => (returned instanceof Command ? resultOf(returned, travel) : writtenBy(returned, travel)));
}

function copied(work: () => HandlerResult): HandlerOutcome {
  try {
    return { ok: true, result: work() };
  } catch (thrown) {
    const { place, message } = thrown instanceof Fault ? thrown : { place: "", message: `reading it failed: ${String(thrown)}` };
    return {
      ok: false,
      error: errorInfo("HANDLER_RESULT", `The handler's result cannot be used: ${place === "" ? "" : `${place}: `}${message}.`, {
        path: place,
      }),
    };
  }
}

/** What a handler returned as an outcome of one value, `null` for nothing; else as `outcomeOf`. */
export function valueOutcomeOf(returned: unknown, maxBytes = Infinity): HandlerOutcome {
  if (returned === undefined) return { ok: true, result: { update: {}, value: null } };
  return copied(() => {
    if (returned instanceof Command) throw new Fault([], "`ctx.command` has no meaning here: return the result");
    return { update: {}, value: copy(returned, [], new Travel(maxBytes)) };
  });
}

/** Keys and indices that lead to a value. */
type Path = (string | number)[];

/** The most that one emitted value may take, in bytes, roughly: what is large is a result, or a file. */
const MOST_EMITTED = 2 ** 20;

/** What a handler emits: a copy that is JSON through and through and frozen. Throws a `TypeError` at the handler's line. */
export function emittable(value: unknown): JsonValue {
  try {
    return copy(value, [], new Travel(MOST_EMITTED));
  } catch (thrown) {
    const { place, message } = thrown instanceof Fault ? thrown : { place: "", message: `reading it failed: ${String(thrown)}` };
    throw new TypeError(`ctx.emit: ${place === "" ? "" : `${place}: `}${message}.`, { cause: thrown });
  }
}

/** Where a copy is: the objects around it, and what it may still take. */
class Travel {
  readonly inside: object[] = [];
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  spend(bytes: number, path: Readonly<Path>): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) throw new Fault(path.slice(0, 1), tooLarge(this.#maxBytes));
  }
}

function tooLarge(maxBytes: number): string {
  const most = maxBytes >= 2 ** 20 ? `${Math.round(maxBytes / 2 ** 20)} MB` : `${Math.round(maxBytes / 1024)} KB`;
  return `it takes more than ${most}, the most that a handler may return; write it to a file and return the path, or return less`;
}

class Fault {
  readonly place: string;
  readonly message: string;

  constructor(path: Readonly<Path>, message: string) {
    this.place = path.map(segment).join("");
    this.message = message;
  }
}

function resultOf({ update, action, goto, send }: Command, travel: Travel): HandlerResult {
  if (action !== undefined && typeof action !== "string") throw new Fault([], `the action is ${describe(action)}, not a string`);
  return {
    ...writtenBy(update, travel),
    ...(action === undefined ? {} : { action }),
    ...(goto === undefined ? {} : { goto: targetsOf(goto) }),
    ...(send === undefined ? {} : { send: listOf(send).map((each, index) => sendOf(each, ["send", index], travel)) }),
  };
}

function targetsOf(goto: unknown): readonly string[] {
  const targets = listOf(goto).map((target) => targetOf(target, ["goto"]));
  // An empty list would end the branch without a word.
  if (targets.length === 0) throw new Fault(["goto"], 'it names no node; "@end" ends the branch');
  return [...new Set(targets)];
}

function sendOf(given: unknown, path: Readonly<Path>, travel: Travel): Send {
  if (!isPlainObject(given)) throw new Fault(path, `{ to, input } is expected, not ${describe(given)}`);
  const unknown = Object.keys(given).find((key) => key !== "to" && key !== "input");
  if (unknown !== undefined) throw new Fault(path, `it takes "to" and "input", not "${unknown}"`);
  const to = targetOf(given["to"], [...path, "to"]);
  const input = given["input"];
  return input === undefined ? { to } : { to, input: copy(input, [...path, "input"], travel) };
}

function targetOf(target: unknown, path: Readonly<Path>): string {
  if (typeof target === "string") return target;
  throw new Fault(path, `the id of a node is expected, not ${describe(target)}`);
}

function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [given];
}

function writtenBy(update: unknown, travel: Travel): Pick<HandlerResult, "update" | "cleared"> {
  const writes = updateOf(update, travel);
  const cleared = clearedBy(update);
  return { update: writes, ...(cleared.length === 0 ? {} : { cleared }) };
}

function updateOf(update: unknown, travel: Travel): Readonly<Record<string, JsonValue>> {
  if (!isPlainObject(update)) throw new Fault([], `an object of channels is expected, not ${describe(update)}`);
  return copyObject(update, [], travel);
}

/** Channels written with `undefined`, which JSON would lose. */
function clearedBy(update: unknown): readonly string[] {
  return isPlainObject(update) ? Object.keys(update).filter((channel) => update[channel] === undefined) : [];
}

/** `path` is where `value` stands. */
function copy(value: unknown, path: Path, travel: Travel): JsonValue {
  travel.spend(typeof value === "string" ? 16 + 2 * value.length : 16, path);
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value === 0 ? 0 : value; // JSON has no -0
  if (Array.isArray(value)) return copyArray(value, path, travel);
  if (isPlainObject(value)) return copyObject(value, path, travel);
  throw new Fault(path, `${describe(value)} is not JSON`);
}

function copyArray(items: readonly unknown[], path: Path, travel: Travel): readonly JsonValue[] {
  enter(items, path, travel);
  const result: JsonValue[] = [];
  for (let i = 0; i < items.length; i += 1) {
    path.push(i);
    result.push(copy(items[i], path, travel));
    path.pop();
  }
  travel.inside.pop();
  return Object.freeze(result);
}

/** Members that are undefined are left out, as JSON does. */
function copyObject(source: Readonly<Record<string, unknown>>, path: Path, travel: Travel): Readonly<Record<string, JsonValue>> {
  enter(source, path, travel);
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    path.push(key);
    travel.spend(2 * key.length, path);
    if (key === "__proto__") throw new Fault(path, "this key is not allowed");
    result[key] = copy(value, path, travel);
    path.pop();
  }
  travel.inside.pop();
  return Object.freeze(result);
}

function enter(source: object, path: Readonly<Path>, travel: Travel): void {
  if (travel.inside.includes(source)) throw new Fault(path, "it contains itself");
  travel.inside.push(source);
}

function segment(key: string | number, index: number): string {
  if (typeof key === "number") return `[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return index === 0 ? key : `.${key}`;
}

/** Objects of a class would come back as something else; only literals (and objects without a prototype) are JSON. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return `an instance of ${nameOf(value)}`;
  if (typeof value === "number") return String(value);
  return `a ${typeof value}`;
}

function nameOf(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "a class";
}
