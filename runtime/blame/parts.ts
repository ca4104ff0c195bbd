// The value of a channel in parts, each with an identity over time: an item of a list that is appended to, a message by its id, a
// property. So what a change did is found by what it touched, whatever else the value holds.
//
// 1. What a part is after a change equals what the channel's reducer makes of it.
import { keyOfId, idOf } from "../channels/item-id.js";
import { removedBy } from "../channels/messages.js";
import type { Reducer } from "../channels/reducer.js";
import { reducers } from "../channels/reducers.js";
import { itemsOf } from "../channels/schema-parts.js";
import { keyOf } from "../channels/union.js";
import type { ReducerName } from "../model/graph.js";
import { isObject, type JsonValue } from "../model/json.js";
import type { Change, KnownValue } from "./change.js";
import { isIndex, type Path } from "./channel-path.js";

/** A part, and the way on inside it. */
export interface PartPlace {
  readonly part: string;
  readonly rest: Path;
}

/** The parts of one channel's value, from one moment on. */
export interface Parts {
  /** Where a path leads by the value as it is; undefined: nowhere. */
  locate(path: Path): PartPlace | undefined;
  at(part: string): JsonValue | undefined;
  /** All of it. */
  value(): JsonValue | undefined;
  /** Takes a change; names the parts that may be others after it, undefined: all may. */
  take(change: Change): Iterable<string> | undefined;
}

/** Channels of one family have the same parts. */
export type Family = "list" | "union" | "messages" | "merge" | "whole";

/** The family of a reducer. */
export function familyOf(reducer: ReducerName | undefined): Family {
  if (reducer === "append") return "list";
  return reducer === "union" || reducer === "messages" || reducer === "merge" ? reducer : "whole";
}

/** The parts of a value. */
export function partsOf(family: Family, known: KnownValue): Parts {
  if (family === "whole") return new WholeValue(known);
  return family === "list" ? new ListParts(known.value) : new KeyedParts(keyings[family], known.value);
}

/** One part: all of it, named "". */
class WholeValue implements Parts {
  #reducer: Reducer | undefined;
  #held: unknown;

  constructor(known: KnownValue) {
    this.#set(known);
  }

  locate(path: Path): PartPlace {
    return { part: "", rest: path };
  }

  at(): JsonValue | undefined {
    return this.value();
  }

  value(): JsonValue | undefined {
    return this.#reducer?.view(this.#held);
  }

  take(change: Change): undefined {
    if (change.kind === "write") this.#held = this.#reducer?.fold(this.#held, change.write);
    else if (change.kind === "clear") this.#held = this.#reducer?.restore(undefined);
    else this.#set(change.known);
  }

  #set({ reducer, value }: KnownValue): void {
    if (reducer !== undefined) this.#reducer = reducers[reducer];
    this.#held = this.#reducer?.restore(value);
  }
}

/** A list that is only added to: its items, by their places. */
class ListParts implements Parts {
  #items: JsonValue[];

  constructor(value: JsonValue | undefined) {
    this.#items = listOf(value);
  }

  locate([step, ...rest]: Path): PartPlace | undefined {
    return step !== undefined && isIndex(step) ? { part: step, rest } : undefined;
  }

  at(part: string): JsonValue | undefined {
    return this.#items[Number(part)];
  }

  value(): JsonValue {
    return [...this.#items];
  }

  take(change: Change): readonly string[] | undefined {
    if (change.kind !== "write") {
      this.#items = listOf(change.kind === "set" ? change.known.value : undefined);
      return undefined;
    }
    const added = [...itemsOf(change.write)].map(([, item]) => String(this.#items.push(item) - 1));
    return added;
  }
}

/** What a write does to one part: without a value the part goes. */
interface PartWrite {
  readonly key: string;
  readonly value?: JsonValue;
}

/** How writes of one kind of channel name parts. `clear`: all go before what follows. */
interface Keying {
  writes(write: JsonValue, keyless: () => string): Iterable<PartWrite | "clear">;
  /** What is there stays as it is. */
  readonly firstCounts?: true;
  /** Steps into the value are the keys, not places. */
  readonly byName?: true;
}

const keyings: Readonly<Record<"union" | "messages" | "merge", Keying>> = {
  union: {
    firstCounts: true,
    writes: (write) => [...itemsOf(write)].map(([, value]) => ({ key: keyOf(value), value })),
  },
  merge: {
    byName: true,
    writes: (write) => Object.entries(isObject(write) ? write : {}).map(([key, value]) => (value === null ? { key } : { key, value })),
  },
  messages: {
    *writes(write, keyless) {
      for (const [, item] of itemsOf(write)) {
        const removed = isObject(item) ? removedBy(item) : undefined;
        const id = idOf(item);
        if (removed === true) yield "clear";
        else if (removed !== undefined) yield { key: keyOfId(removed) };
        else yield { key: id === undefined ? keyless() : keyOfId(id), value: item };
      }
    },
  },
};

/** Values by key, in the order in which their keys appeared first. */
class KeyedParts implements Parts {
  readonly #keying: Keying;
  readonly #values = new Map<string, JsonValue>();
  /** Values without a key of their own, since all were removed last. */
  #keyless = 0;
  /** The keys by place, once somebody has asked. */
  #order: readonly string[] | undefined;

  constructor(keying: Keying, value: JsonValue | undefined) {
    this.#keying = keying;
    this.#set(value);
  }

  locate([step, ...rest]: Path): PartPlace | undefined {
    if (step === undefined) return undefined;
    if (this.#keying.byName === true) return { part: step, rest };
    this.#order ??= [...this.#values.keys()];
    const part = isIndex(step) ? this.#order[Number(step)] : undefined;
    return part === undefined ? undefined : { part, rest };
  }

  at(part: string): JsonValue | undefined {
    return this.#values.get(part);
  }

  value(): JsonValue {
    return this.#keying.byName === true ? Object.fromEntries(this.#values) : [...this.#values.values()];
  }

  take(change: Change): readonly string[] | undefined {
    this.#order = undefined;
    if (change.kind === "write") return this.#write(change.write);
    this.#set(change.kind === "set" ? change.known.value : undefined);
    return undefined;
  }

  #write(write: JsonValue): readonly string[] | undefined {
    const touched: string[] = [];
    let cleared = false;
    for (const each of this.#keying.writes(write, () => `no ${String((this.#keyless += 1))}`)) {
      if (each === "clear") {
        this.#clear();
        cleared = true;
        continue;
      }
      const { key, value } = each;
      if (this.#keying.firstCounts === true && this.#values.has(key)) continue;
      if (value === undefined) this.#values.delete(key);
      else this.#values.set(key, value);
      touched.push(key);
    }
    return cleared ? undefined : touched;
  }

  #set(value: JsonValue | undefined): void {
    this.#clear();
    if (value !== undefined) this.#write(value);
  }

  #clear(): void {
    this.#values.clear();
    this.#keyless = 0;
  }
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? [...(value as readonly JsonValue[])] : [];
}
