import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyedList } from "../../runtime/channels/keyed-list.js";
import { Vector } from "../../runtime/model/vector.js";

function listed<V>(list: { forEach(visit: (value: V) => void): void }): V[] {
  const values: V[] = [];
  list.forEach((value) => values.push(value));
  return values;
}

/** Lengths around which a tree of 32 branches grows a level. */
const length = fc.oneof(fc.nat(70), fc.constantFrom(31, 32, 33, 1023, 1024, 1025, 1056, 1057, 2000));

describe("a vector", () => {
  test("is a list, and earlier versions stay", () => {
    fc.assert(
      fc.property(length, fc.array(fc.nat(3000), { maxLength: 40 }), (size, places) => {
        const array = Array.from({ length: size }, (_, n) => n);
        const pushed = array.reduce((vector, value) => vector.push(value), Vector.empty<number>());
        for (const first of [Vector.from(array), pushed]) {
          const model = [...array];
          let vector = first;
          for (const [n, any] of places.entries()) {
            const place = any % (vector.length + 1);
            vector = vector.set(place, -n);
            model[place] = -n;
            expect([vector.length, vector.get(place), vector.get(vector.length), vector.get(-1)]).toEqual([
              model.length,
              -n,
              undefined,
              undefined,
            ]);
          }
          expect(listed(vector)).toEqual(model);
          expect(listed(first)).toEqual(array);
        }
      }),
    );
  });

  test("refuses a place that it does not have", () => {
    expect(() => Vector.from([1]).set(2, 0)).toThrow(RangeError);
    expect(() => Vector.empty<number>().set(-1, 0)).toThrow(RangeError);
  });
});

const key = fc.nat(80).map(String);
const step = fc.oneof(
  { weight: 5, arbitrary: key.map((k) => ({ type: "set" as const, key: k })) },
  { weight: 1, arbitrary: fc.constant({ type: "set" as const, key: undefined }) },
  { weight: 4, arbitrary: key.map((k) => ({ type: "delete" as const, key: k })) },
);

describe("a list by key", () => {
  test("keeps the order of first appearance over replacements, removals and closed gaps", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: "max" }), (steps) => {
        const versions: (readonly [KeyedList<number>, readonly number[]])[] = [];
        let list = KeyedList.empty<number>();
        let model: (readonly [string | undefined, number])[] = [];
        for (const [n, each] of steps.entries()) {
          const at = each.key === undefined ? -1 : model.findIndex(([k]) => k === each.key);
          if (each.type === "delete") {
            list = list.delete(each.key);
            model = model.filter((_, index) => index !== at);
          } else {
            list = list.set(each.key, n);
            model = at === -1 ? [...model, [each.key, n]] : model.with(at, [each.key, n]);
          }
          expect(each.key === undefined || list.has(each.key) === (each.type === "set")).toBe(true);
          expect(list.size).toBe(model.length);
          if (n % 50 === 0) versions.push([list, model.map(([, value]) => value)]);
        }
        versions.push([list, model.map(([, value]) => value)]);
        for (const [version, values] of versions) expect(listed(version)).toEqual(values);
      }),
    );
  });

  test("does not grow with what was removed", () => {
    let list = KeyedList.empty<number>();
    for (let n = 0; n < 10_000; n += 1) list = list.set(String(n), n).delete(String(n - 3));
    expect(listed(list)).toEqual([9997, 9998, 9999]);
    expect(list.places).toBeLessThan(100);
  });
});
