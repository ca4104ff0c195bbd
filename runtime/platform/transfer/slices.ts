// A large value, taken apart so that neither end is busy with it for long, and put together again.
//
// 1. No slice weighs more than about `SLICE`, whatever the shape of the value; so does the work for it, on both ends.
// 2. Assembling the slices in order gives an equal value.
import { isObject, type JsonValue } from "../../model/json.js";
import { weigh } from "../../model/weigh.js";

/** What one slice weighs at most, roughly, in bytes: less than a millisecond of work. */
export const SLICE = 128 * 1024;

/** One step of putting a value together. Items, members and text go into what was opened last. */
export type SliceStep =
  | { readonly open: "array" | "object" | "text" }
  | { readonly items: readonly JsonValue[] }
  | { readonly members: readonly (readonly [string, JsonValue])[] }
  | { readonly text: string }
  /** What is opened next is this member of the open object. */
  | { readonly key: string }
  | { readonly close: true };

/** Steps that go together in one message. */
export type Slice = readonly SliceStep[];

/** Takes a value apart, bit by bit as it is asked for. What an array is given later is left out. */
export function* slicesOf(value: JsonValue): Generator<Slice> {
  let slice: SliceStep[] = [];
  let weight = 0;
  for (const [step, bytes] of stepsOf(value)) {
    slice.push(step);
    weight += bytes;
    if (weight < SLICE) continue;
    yield slice;
    slice = [];
    weight = 0;
  }
  if (slice.length > 0) yield slice;
}

type Weighed = readonly [step: SliceStep, bytes: number];

/** Numbers, truth values and null are never large: they come in groups. */
function* stepsOf(value: JsonValue): Generator<Weighed> {
  if (typeof value === "string") yield* textSteps(value);
  else if (Array.isArray(value)) yield* arraySteps(value as readonly JsonValue[]);
  else if (isObject(value)) yield* objectSteps(value);
}

function* textSteps(value: string): Generator<Weighed> {
  const characters = SLICE / 2;
  yield [{ open: "text" }, 16];
  for (let at = 0; at < value.length; at += characters) yield [{ text: value.slice(at, at + characters) }, SLICE];
  yield [{ close: true }, 16];
}

function* arraySteps(items: readonly JsonValue[]): Generator<Weighed> {
  const { length } = items;
  let group: JsonValue[] = [];
  let weight = 0;
  yield [{ open: "array" }, 16];
  for (let i = 0; i < length; i += 1) {
    const item = items[i] as JsonValue;
    const bytes = weigh(item, SLICE);
    if (weight > 0 && weight + bytes > SLICE) {
      yield [{ items: group }, weight];
      group = [];
      weight = 0;
    }
    if (bytes >= SLICE) yield* stepsOf(item);
    else {
      group.push(item);
      weight += bytes;
    }
  }
  if (group.length > 0) yield [{ items: group }, weight];
  yield [{ close: true }, 16];
}

function* objectSteps(value: { readonly [key: string]: JsonValue }): Generator<Weighed> {
  let group: [string, JsonValue][] = [];
  let weight = 0;
  yield [{ open: "object" }, 16];
  for (const key of Object.keys(value)) {
    const member = value[key] as JsonValue;
    const bytes = weigh(member, SLICE);
    if (weight > 0 && weight + bytes > SLICE) {
      yield [{ members: group }, weight];
      group = [];
      weight = 0;
    }
    if (bytes >= SLICE) {
      yield [{ key }, 16 + 2 * key.length];
      yield* stepsOf(member);
    } else {
      group.push([key, member]);
      weight += bytes + 16 + 2 * key.length;
    }
  }
  if (group.length > 0) yield [{ members: group }, weight];
  yield [{ close: true }, 16];
}
