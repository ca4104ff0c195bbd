// Large values of channels, stored apart from what holds them: once, by their content, however many checkpoints hold them.
//
// 1. What is stored keeps `null` in the place of each value that stands apart, and beside the object that held it, under its name
//    and `@`, the hashes by key. What comes back has the same keys in the same order.
// 2. Only objects of channel values are looked into: `writes`, `folded` and `values`.
// 3. What a base has of a channel that grows with each write is another value in each base: it stands apart only where it is very large,
//    and else beside the writes that it is made of, which it shares its text with when they are compressed together.
import { reducers } from "../channels/reducers.js";
import type { ReducerName } from "../model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { TraceEvent } from "../trace/event.js";

/** The fields that hold values of channels by name. */
const holders = ["writes", "folded", "values"] as const;
const MARK = "@";

type Holding<Event> = Event extends TraceEvent ? (keyof Event & (typeof holders)[number] extends never ? never : Event["type"]) : never;
/** The types of trace events that hold values of channels. */
const holdingTypes: Readonly<Record<Holding<TraceEvent>, true>> = { "run-started": true, write: true, edited: true, "state-edited": true };
const holding: ReadonlySet<string> = new Set(Object.keys(holdingTypes));

/** Makes the hash of a value and keeps its text; undefined for a value that is not large. `grows`: a later one will be another. */
export type Keep = (value: JsonValue, grows: boolean) => string | undefined;

/** The value that a hash stands for. */
export type Recall = (hash: string) => JsonValue;

/** A copy of something stored in which large values stand apart; itself where it holds none. Costs the values, once for each. */
export function spill<Stored extends object>(stored: Stored, keep: Keep): Stored {
  return mapped(stored, (holder) => apart(holder, keep)) as Stored;
}

/** What `spill` gives for a trace event; there are many, and few hold anything. */
export function spillEvent(event: TraceEvent, keep: Keep): TraceEvent {
  return holding.has(event.type) ? spill(event, keep) : event;
}

/** What `spill` was given; with `only`, all but the values of that channel stay apart. */
export function unspill<Stored extends object>(stored: Stored, recall: Recall, only?: string): Stored {
  return mapped(stored, (holder) => together(holder, recall, only)) as Stored;
}

/** What `spillEvent` was given. */
export function unspillEvent(event: TraceEvent, recall: Recall): TraceEvent {
  return holding.has(event.type) ? unspill(event, recall) : event;
}

type Holder = Readonly<Record<string, unknown>>;

/** Applies to each object in a stored thing that can hold values: a checkpoint's channels and results, a result, a trace event. */
function mapped(stored: object, change: (holder: Holder) => Holder): object {
  const whole = change(stored as Holder);
  const channels = inside(whole["channels"], (each) => {
    const base = inside(each["base"], change);
    const delta = listed(each["delta"], change);
    const earlier = listed(each["earlier"], (one) => withDelta(one, change));
    if (base === each["base"] && delta === each["delta"] && earlier === each["earlier"]) return each;
    return { ...each, delta, ...(earlier === undefined ? {} : { earlier }), ...(base === undefined ? {} : { base }) };
  });
  const frontier = inside(whole["frontier"], (each) => {
    const results = listed(each["results"], change);
    return results === each["results"] ? each : { ...each, results };
  });
  if (channels === whole["channels"] && frontier === whole["frontier"]) return whole;
  return { ...whole, channels, frontier };
}

function withDelta(holder: Holder, change: (holder: Holder) => Holder): Holder {
  const delta = listed(holder["delta"], change);
  return delta === holder["delta"] ? holder : { ...holder, delta };
}

function inside(value: unknown, change: (holder: Holder) => Holder): unknown {
  return typeof value === "object" && value !== null ? change(value as Holder) : value;
}

function listed(value: unknown, change: (holder: Holder) => Holder): unknown {
  if (!Array.isArray(value)) return value;
  let changed: unknown[] | undefined;
  for (const [index, each] of value.entries()) {
    const now = inside(each, change);
    if (now !== each) (changed ??= value.slice())[index] = now;
  }
  return changed ?? value;
}

function apart(holder: Holder, keep: Keep): Holder {
  let changed = holder;
  for (const field of holders) {
    const values = holder[field];
    if (!isObject(values)) continue;
    const hashes = hashesOf(values, holder["reducers"], keep);
    if (hashes === undefined) continue;
    const left = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Object.hasOwn(hashes, name) ? null : value]));
    changed = { ...changed, [field]: left, [`${field}${MARK}`]: hashes };
  }
  return changed;
}

function hashesOf(values: JsonObject, names: unknown, keep: Keep): Readonly<Record<string, string>> | undefined {
  let hashes: Record<string, string> | undefined;
  for (const name of Object.keys(values)) {
    const value = values[name];
    const hash = value === undefined ? undefined : keep(value, isObject(names) && grows(names[name])); // invariant 3
    if (hash !== undefined) (hashes ??= {})[name] = hash;
  }
  return hashes;
}

function grows(reducer: JsonValue | undefined): boolean {
  return typeof reducer === "string" && Object.hasOwn(reducers, reducer) && reducers[reducer as ReducerName].accumulates === true;
}

function together(holder: Holder, recall: Recall, only: string | undefined): Holder {
  let changed = holder;
  for (const field of holders) {
    const hashes = holder[`${field}${MARK}`];
    const values = holder[field];
    if (!isObject(hashes) || !isObject(values)) continue;
    const whole: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(values)) {
      const hash = Object.hasOwn(hashes, name) ? hashes[name] : undefined;
      whole[name] = typeof hash === "string" && (only ?? name) === name ? recall(hash) : value;
    }
    const { [`${field}${MARK}`]: _hashes, ...rest } = changed;
    changed = { ...rest, [field]: whole };
  }
  return changed;
}
