import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reducers } from "../../runtime/channels/reducers.js";
import type { ReducerName } from "../../runtime/model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import { anyWrite, defaultOf, reducerNames } from "../support/writes.js";

/** A value as the bytes that are stored. */
const text = (value: JsonValue | undefined): string => JSON.stringify(value) ?? "undefined";

/** One write that says what these say, where the reducer has such a form. */
const together: Partial<Record<ReducerName, (writes: readonly JsonValue[]) => JsonValue>> = {
  append: listed,
  union: listed,
  messages: listed,
  merge: (writes) => Object.assign({}, ...(writes as readonly JsonObject[])) as JsonObject,
  sum: (writes) => (writes as readonly number[]).reduce((a, b) => a + b, 0),
  min: (writes) => Math.min(...(writes as readonly number[])),
  max: (writes) => Math.max(...(writes as readonly number[])),
};

function listed(writes: readonly JsonValue[]): JsonValue {
  return writes.flatMap((write) => (Array.isArray(write) ? (write as readonly JsonValue[]) : [write]));
}

/** What each reducer means, said as plainly as can be. */
const meaning: Readonly<Record<ReducerName, (value: JsonValue | undefined, write: JsonValue) => JsonValue | undefined>> = {
  last: (_value, write) => write,
  latest: (_value, write) => write,
  ephemeral: (_value, write) => write,
  handler: (value) => value,
  append: (value = [], write) => [...(value as JsonValue[]), ...(listed([write]) as JsonValue[])],
  union: (value = [], write) => (listed([write]) as JsonValue[]).reduce(added, value as JsonValue[]),
  merge: (value = {}, write) => mergedInto(value as JsonObject, write as JsonObject),
  messages: (value = [], write) => (listed([write]) as JsonValue[]).reduce(said, value as JsonValue[]),
  sum: (value = 0, write) => (value as number) + (write as number),
  min: (value = Infinity, write) => Math.min(value as number, write as number),
  max: (value = -Infinity, write) => Math.max(value as number, write as number),
};

function added(set: readonly JsonValue[], item: JsonValue): JsonValue[] {
  const same = (other: JsonValue): boolean =>
    isObject(item) && isObject(other) && item["id"] !== undefined ? item["id"] === other["id"] : sorted(other) === sorted(item);
  return set.some(same) ? [...set] : [...set, item];
}

function sorted(value: JsonValue): string {
  return JSON.stringify(value, (_key, inner: JsonValue) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function mergedInto(value: JsonObject, write: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...value, ...write }).filter(([, item]) => item !== null));
}

function said(messages: readonly JsonValue[], item: JsonValue): JsonValue[] {
  const { id, remove } = item as JsonObject;
  if (remove === true) return [];
  const idAt = (message: JsonValue) => (message as JsonObject)["id"];
  if (remove !== undefined) return messages.filter((message) => idAt(message) !== remove);
  const at = id === undefined ? -1 : messages.findIndex((message) => idAt(message) === id);
  return at === -1 ? [...messages, item] : messages.with(at, item);
}

interface Kept {
  readonly held: unknown;
  /** What was seen of it when it was new. */
  readonly shown: JsonValue | undefined;
  readonly all: readonly JsonValue[];
}

describe.each(reducerNames)("%s", (name) => {
  const reducer = reducers[name];
  const writes = fc.array(anyWrite(name), { minLength: 1, maxLength: 60 });
  const foldAll = (held: unknown, all: readonly JsonValue[]): unknown => all.reduce((value, write) => reducer.fold(value, write), held);

  test("means what it says, and `view` goes through JSON", () => {
    fc.assert(
      fc.property(defaultOf(name), writes, (initial, all) => {
        let held = reducer.start(initial);
        let expected = reducer.view(held);
        for (const write of all) {
          held = reducer.fold(held, write);
          expected = meaning[name](expected, write);
          expect(reducer.view(held)).toEqual(expected);
          expect(JSON.parse(JSON.stringify(reducer.view(held)))).toEqual(reducer.view(held));
        }
      }),
    );
  });

  test("one write and several behave alike, in any grouping", () => {
    const join = together[name];
    if (join === undefined) return;
    const whole = fc.array(anyWrite(name, { whole: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(defaultOf(name, { whole: true }), whole, fc.array(fc.nat(5), { maxLength: 40 }), (initial, all, sizes) => {
        const groups = grouped(all, sizes);
        const once = foldAll(reducer.start(initial), all);
        const inGroups = foldAll(reducer.start(initial), groups.map(join));
        expect(reducer.view(inGroups)).toEqual(reducer.view(once));
      }),
    );
  });

  test("a restored value is the same, to the byte, also in what is folded into it", () => {
    fc.assert(
      fc.property(defaultOf(name), writes, writes, (initial, before, after) => {
        const held = foldAll(reducer.start(initial), before);
        const view = reducer.view(held);
        const again = reducer.restore(view === undefined ? undefined : (JSON.parse(text(view)) as JsonValue));
        expect(text(reducer.view(again))).toBe(text(view));
        expect(text(reducer.view(foldAll(again, after)))).toBe(text(reducer.view(foldAll(held, after))));
      }),
    );
  });

  test("what was held or shown never changes, whichever branches grow from it", () => {
    fc.assert(
      fc.property(defaultOf(name), fc.array(fc.tuple(anyWrite(name), fc.nat(), fc.boolean()), { maxLength: 60 }), (initial, steps) => {
        // What each should be is folded apart: looking at a value must not be what protects it.
        const apart = (all: readonly JsonValue[]): string => text(reducer.view(foldAll(reducer.start(initial), all)));
        const kept: Kept[] = [{ held: reducer.start(initial), shown: undefined, all: [] }];
        for (const [write, parent, look] of steps) {
          const { held: from, all: before } = kept[parent % kept.length] as Kept;
          const held = reducer.fold(from, write);
          kept.push({ held, shown: look ? reducer.view(held) : undefined, all: [...before, write] });
        }
        for (const { held, shown, all } of kept) {
          if (shown !== undefined) expect(text(shown)).toBe(apart(all));
          expect(text(reducer.view(held))).toBe(apart(all));
        }
      }),
    );
  });
});

function grouped(all: readonly JsonValue[], sizes: readonly number[]): JsonValue[][] {
  const groups: JsonValue[][] = [];
  let at = 0;
  for (const size of sizes) {
    if (size > 0 && at < all.length) groups.push(all.slice(at, at + size));
    at += size;
  }
  if (at < all.length) groups.push(all.slice(at));
  return groups;
}
