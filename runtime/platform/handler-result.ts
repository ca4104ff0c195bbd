import { errorInfo } from "../errors.js";
import type { JsonValue } from "../model/json.js";
import type { HandlerOutcome } from "../ports.js";
import type { HandlerCommand, HandlerUpdate } from "./handler-process/handler-types.js";

/** What `ctx.command` makes; told from a plain update by its class. */
export class Command implements HandlerCommand {
  readonly update: HandlerUpdate;
  readonly action?: string;

  constructor(parts: { readonly update?: HandlerUpdate; readonly action?: string }) {
    const unknown = Object.keys(parts).find((key) => key !== "update" && key !== "action");
    if (unknown !== undefined) throw new TypeError(`ctx.command takes "update" and "action", not "${unknown}".`);
    this.update = parts.update ?? {};
    if (parts.action !== undefined) this.action = parts.action;
  }
}

/** What a handler returned as an outcome: a copy that is JSON through and through and frozen, or `HANDLER_RESULT` with the path. */
export function outcomeOf(returned: unknown): HandlerOutcome {
  if (returned === undefined || returned === null) return { ok: true, result: { update: {} } };
  const { update, action } = returned instanceof Command ? returned : { update: returned, action: undefined };
  try {
    if (action !== undefined && typeof action !== "string") throw new Fault([], `the action is ${describe(action)}, not a string`);
    const writes = updateOf(update);
    const cleared = clearedBy(update);
    return {
      ok: true,
      result: { update: writes, ...(cleared.length === 0 ? {} : { cleared }), ...(action === undefined ? {} : { action }) },
    };
  } catch (thrown) {
    const { path, message } = thrown instanceof Fault ? thrown : { path: [], message: `reading it failed: ${String(thrown)}` };
    const place = path.join("");
    return {
      ok: false,
      error: errorInfo("HANDLER_RESULT", `The handler's result cannot be used: ${place === "" ? "" : `${place}: `}${message}.`, {
        path: place,
      }),
    };
  }
}

class Fault {
  readonly path: string[];
  readonly message: string;

  constructor(path: readonly string[], message: string) {
    this.path = [...path];
    this.message = message;
  }
}

function updateOf(update: unknown): Readonly<Record<string, JsonValue>> {
  if (!isPlainObject(update)) throw new Fault([], `an object of channels is expected, not ${describe(update)}`);
  return copyObject(update, [], []);
}

/** Channels written with `undefined`, which JSON would lose. */
function clearedBy(update: unknown): readonly string[] {
  return isPlainObject(update) ? Object.keys(update).filter((channel) => update[channel] === undefined) : [];
}

/** `path` is where `value` stands, `inside` the objects around it. */
function copy(value: unknown, path: string[], inside: object[]): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value === 0 ? 0 : value; // JSON has no -0
  if (Array.isArray(value)) return copyArray(value, path, inside);
  if (isPlainObject(value)) return copyObject(value, path, inside);
  throw new Fault(path, `${describe(value)} is not JSON`);
}

function copyArray(items: readonly unknown[], path: string[], inside: object[]): readonly JsonValue[] {
  return nested(items, path, inside, () => {
    const result: JsonValue[] = [];
    for (let i = 0; i < items.length; i += 1) result.push(at(`[${i}]`, path, () => copy(items[i], path, inside)));
    return result;
  });
}

/** Members that are undefined are left out, as JSON does. */
function copyObject(source: Readonly<Record<string, unknown>>, path: string[], inside: object[]): Readonly<Record<string, JsonValue>> {
  return nested(source, path, inside, () => {
    const result: Record<string, JsonValue> = {};
    for (const key of Object.keys(source)) {
      const value = source[key];
      if (value !== undefined) result[key] = at(segment(key, path), path, () => copyMember(key, value, path, inside));
    }
    return result;
  });
}

function copyMember(key: string, value: unknown, path: string[], inside: object[]): JsonValue {
  if (key === "__proto__") throw new Fault(path, "this key is not allowed");
  return copy(value, path, inside);
}

function at<Result>(part: string, path: string[], work: () => Result): Result {
  path.push(part);
  const result = work();
  path.pop();
  return result;
}

function nested<Result extends object>(source: object, path: string[], inside: object[], work: () => Result): Result {
  if (inside.includes(source)) throw new Fault(path, "it contains itself");
  inside.push(source);
  const result = work();
  inside.pop();
  return Object.freeze(result);
}

function segment(key: string, path: readonly string[]): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path.length === 0 ? key : `.${key}`;
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
