import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Table } from "../../../runtime/model/table.js";

const command = fc.record({
  key: fc.integer({ min: 0, max: 400 }).map((n) => `k${n}`),
  value: fc.option(fc.integer(), { nil: undefined }),
});

/** Applies commands (a value sets, none deletes) to a table and to a plain map. */
function both(
  commands: readonly { key: string; value: number | undefined }[],
  table = Table.empty<number>(),
  map = new Map<string, number>(),
) {
  for (const { key, value } of commands) {
    table = value === undefined ? table.delete(key) : table.set(key, value);
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  return { table, map };
}

const sorted = (entries: Iterable<readonly [string, number]>) => [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

describe("Table", () => {
  test("is a map", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 600 }), (commands) => {
        const { table, map } = both(commands);
        expect(sorted(table)).toEqual(sorted(map));
        expect(table.size).toBe(map.size);
        for (const { key } of commands) expect(table.get(key)).toBe(map.get(key));
      }),
    );
  });

  test("made of entries at once is what setting them one by one makes", () => {
    const [a, b] = collidingKeys();
    const entry = fc.tuple(
      fc.oneof(
        fc.nat(60).map((n) => `k${n}`),
        fc.constantFrom(a, b),
      ),
      fc.integer(),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
        const table = Table.from(entries);
        const one = entries.reduce((made, [key, value]) => made.set(key, value), Table.empty<number>());
        expect([...table]).toEqual([...one]);
        expect(table.size).toBe(one.size);
        expect(table.diff(one)).toEqual([]);
      }),
    );
  });

  test("keeps the place of a key that is set again among those of the same hash", () => {
    const [a, b] = collidingKeys();
    const entries = [
      [a, 1],
      [b, 2],
      [a, 1],
      [a, 3],
    ] as const;
    const expected = [
      [a, 3],
      [b, 2],
    ];
    expect([...Table.from(entries)]).toEqual(expected);
    expect([...entries.reduce((made, [key, value]) => made.set(key, value), Table.empty<number>())]).toEqual(expected);
  });

  test("mapped has the same keys in the same places", () => {
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const { table } = both(commands);
        const mapped = table.map((value, key) => `${key} ${value}`);
        expect([...mapped]).toEqual([...table].map(([key, value]) => [key, `${key} ${value}`]));
        const visited: (readonly [string, number])[] = [];
        table.forEach((value, key) => visited.push([key, value]));
        expect(visited).toEqual([...table]);
        for (const [key] of table) expect(mapped.delete(key).size).toBe(table.size - 1);
      }),
    );
  });

  test("never changes what was handed out", () => {
    fc.assert(
      fc.property(fc.array(command), fc.array(command), (first, then) => {
        const { table, map } = both(first);
        both(then, table, new Map(map));
        expect(sorted(table)).toEqual(sorted(map));
      }),
    );
  });

  test("differences are those of the maps", () => {
    fc.assert(
      fc.property(fc.array(command), fc.array(command), (first, then) => {
        const before = both(first);
        const after = both(then, before.table, new Map(before.map));
        const expected = [...new Set([...before.map.keys(), ...after.map.keys()])].filter(
          (key) => before.map.get(key) !== after.map.get(key),
        );
        const changes = before.table.diff(after.table);
        expect(changes.map((change) => change.key).toSorted()).toEqual(expected.toSorted());
        for (const change of changes) {
          expect(change.before).toBe(before.map.get(change.key));
          expect(change.after).toBe(after.map.get(change.key));
        }
      }),
    );
  });

  test("keys with one hash are kept apart", () => {
    // Found by search: both have the same 32-bit hash, as do any two strings that share them as a prefix position by position.
    const [a, b] = collidingKeys();
    const table = Table.empty<number>().set(a, 1).set(b, 2);
    expect([table.get(a), table.get(b), table.size]).toEqual([1, 2, 2]);
    expect([table.delete(a).get(b), table.delete(a).size]).toEqual([2, 1]);
    expect(table.diff(table.delete(b))).toEqual([{ key: b, before: 2 }]);
  });

  test("setting what is there gives the same table", () => {
    const table = Table.from([["a", 1]] as const);
    expect(table.set("a", 1)).toBe(table);
    expect(table.delete("b")).toBe(table);
  });
});

/** Two keys that collide in FNV-1a before mixing, and so after it: by birthday search over short keys. */
function collidingKeys(): [string, string] {
  const seen = new Map<number, string>();
  for (let n = 0; ; n += 1) {
    const key = n.toString(36);
    let hash = 0x811c9dc5;
    for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    const other = seen.get(hash);
    if (other !== undefined) return [other, key];
    seen.set(hash, key);
  }
}
