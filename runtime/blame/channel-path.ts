// A place in the value of a channel, as people type it: `order.items[0].price`, `messages[-1]`, `order["a b"]`, or the channel with
// a JSON Pointer behind it: `order/items/0/price`.
import { PatchbayError } from "../errors.js";
import type { ChannelName } from "../model/ids.js";
import { isObject, type JsonValue } from "../model/json.js";
import { keysOf } from "../model/json-pointer.js";

/** The steps into a value: names of properties, and places in lists. */
export type Path = readonly string[];

/** A channel, and a place in it. */
export interface ChannelPlace {
  readonly channel: ChannelName;
  readonly path: Path;
}

const CHANNEL = /^[A-Za-z_][A-Za-z0-9_]*/;
const PLAIN = /^[^.[\]/"\p{Cc}]+$/u;
/** One step of the dotted form. */
const STEP = /\.([^.[\]/"]+)|\[(-?\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** Reads a place. Throws `USAGE`, with the forms that there are. */
export function readPlace(text: string): ChannelPlace {
  const channel = CHANNEL.exec(text)?.[0];
  if (channel === undefined) throw notAPlace(text);
  return { channel, path: readPath(text.slice(channel.length), text) };
}

/** Reads the part behind the name of a channel. Throws `USAGE`. */
export function readPath(rest: string, text = rest): Path {
  if (rest === "") return [];
  return rest.startsWith("/") ? keysOf(rest) : readSteps(rest, text);
}

/** A place as people read it: the channel with the dotted form of a JSON Pointer behind it. */
export function dottedOf(channel: ChannelName, pointer: string): string {
  const steps = readPath(pointer).map((step) => {
    if (isIndex(step)) return `[${step}]`;
    return PLAIN.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return `${channel}${steps.join("")}`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let at = value;
  for (const step of path) at = partAt(at, step);
  return at;
}

/**
 * The value with another one at a path; undefined where nothing can stand there: a property of what is no object, a place beyond the end of
 * a list. What is not on the way is shared.
 */
export function withValueAt(value: JsonValue | undefined, path: Path, part: JsonValue): JsonValue | undefined {
  const [step, ...deeper] = path;
  if (step === undefined) return part;
  const inside = withValueAt(partAt(value, step), deeper, part);
  if (inside === undefined) return undefined;
  if (isObject(value)) return { ...value, [step]: inside };
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  return isIndex(step) && Number(step) < list.length ? list.with(Number(step), inside) : undefined;
}

/** The path as the value has it: places that are counted from the end of a list are counted from its start. */
export function settled(value: JsonValue | undefined, path: Path): Path {
  let at = value;
  return path.map((step) => {
    const length = Array.isArray(at) ? at.length : 0;
    const settledStep = Array.isArray(at) && /^-[1-9]\d*$/.test(step) ? String(length + Number(step)) : step;
    at = partAt(at, settledStep);
    return settledStep;
  });
}

/** Whether a step is a place in a list. */
export function isIndex(step: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(step);
}

function partAt(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return isIndex(step) ? (value as readonly JsonValue[])[Number(step)] : undefined;
  return Object.hasOwn(value, step) ? (value as Readonly<Record<string, JsonValue>>)[step] : undefined;
}

function readSteps(rest: string, text: string): Path {
  const steps: string[] = [];
  const pattern = new RegExp(STEP);
  while (pattern.lastIndex < rest.length) {
    const found = pattern.exec(rest);
    if (found === null) throw notAPlace(text);
    const [, name, index, quoted] = found;
    steps.push(name ?? index ?? unquoted(quoted ?? "", text));
  }
  return steps;
}

function unquoted(quoted: string, text: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw notAPlace(text);
  }
}

function notAPlace(text: string): PatchbayError {
  return new PatchbayError(
    "USAGE",
    `"${text}" is no place in a channel. Write it as order.items[0].price, messages[-1], order["a b"], or order/items/0/price.`,
  );
}
