import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../runtime/model/json.js";
import { Assembler } from "../../../runtime/platform/transfer/assembler.js";
import { Outbox } from "../../../runtime/platform/transfer/outbox.js";
import { SLICE, slicesOf } from "../../../runtime/platform/transfer/slices.js";
import { estimate, weigh } from "../../../runtime/model/weigh.js";

const copy = (value: JsonValue) => {
  const assembler = new Assembler();
  const slices = [...slicesOf(value)];
  for (const slice of slices) assembler.take(slice);
  return { slices, value: assembler.value };
};

/** Values that are large in every way: long texts, long lists, many members, and such within such. */
const large = fc.letrec<{ value: JsonValue; small: JsonValue }>((tie) => ({
  small: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.dictionary(fc.string(), fc.integer())),
  value: fc.oneof(
    { depthSize: "small" },
    fc
      .tuple(fc.string({ minLength: 1 }), fc.integer({ min: 50_000, max: 300_000 }))
      .map(([text, length]) => text.repeat(Math.ceil(length / text.length))),
    fc.tuple(tie("small"), fc.integer({ min: 0, max: 20_000 })).map(([item, length]) => Array.from({ length }, () => item)),
    fc
      .tuple(tie("small"), fc.integer({ min: 0, max: 5_000 }))
      .map(([item, length]) => Object.fromEntries(Array.from({ length }, (_, i) => [`key ${i}`, item]))),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe("a value in slices", () => {
  it("comes together again, whatever its shape, in slices of bounded weight", () => {
    fc.assert(
      fc.property(large, (value) => {
        fc.pre(typeof value === "object" || typeof value === "string");
        const { slices, value: whole } = copy(value);
        expect(whole).toEqual(value);
        for (const slice of slices) expect(weigh(slice as unknown as JsonValue, Infinity)).toBeLessThan(4 * SLICE);
      }),
      { numRuns: 60 },
    );
  });

  it.each<readonly [string, JsonValue]>([
    ["an empty text", ""],
    ["an empty list", []],
    ["an empty object", {}],
    ["a text that is cut within a character", `${"x".repeat(SLICE / 2 - 1)}\u{1f600}`],
    ["half a character", "\ud800".repeat(SLICE)],
    ["a key like any other", JSON.parse(`{ "__proto__": ${JSON.stringify("x".repeat(SLICE))}, "constructor": [1] }`) as JsonValue],
  ])("may be %s", (_name, value) => {
    const { value: whole } = copy(value);
    expect(whole).toEqual(value);
    expect(JSON.stringify(whole)).toBe(JSON.stringify(value));
  });

  it("of a list that goes on growing ends where the list did", () => {
    const list: JsonValue[] = Array.from({ length: 50_000 }, (_, i) => i);
    const assembler = new Assembler();
    for (const slice of slicesOf(list)) {
      assembler.take(slice);
      list.push("later");
    }
    expect(assembler.value).toEqual(list.slice(0, 50_000));
  });
});

describe("the weight of a value", () => {
  it.each<readonly [JsonValue | undefined, number]>([
    [undefined, 8],
    [1, 8],
    ["abc", 22],
    [[1, 2], 32],
    [{ ab: null }, 16 + 16 + 4 + 8],
  ])("%j is %i, exactly, where it is small", (value, bytes) => {
    expect([weigh(value, Infinity), estimate(value)]).toEqual([bytes, bytes]);
  });

  it("is estimated well where a list is long", () => {
    const value = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `record ${id}` }));
    const exact = weigh(value, Infinity);
    expect(estimate(value) / exact).toBeCloseTo(1, 1);
  });

  it("is not counted beyond the limit", () => {
    let looks = 0;
    const items = Array.from({ length: 1000 }, () => ({
      get text() {
        looks += 1;
        return "x".repeat(100);
      },
    }));
    expect(weigh(items, 1000)).toBeGreaterThanOrEqual(1000);
    expect(looks).toBeLessThan(10);
  });
});

describe("an outbox", () => {
  it("puts what comes in one turn together, and keeps the order when it is heavy", async () => {
    const batches: (readonly number[])[] = [];
    const outbox = new Outbox<number>((batch, written) => {
      batches.push(batch);
      written();
    });
    for (const message of [1, 2, 3]) outbox.push(message);
    await outbox.drained();
    expect(batches).toEqual([[1, 2, 3]]);
    for (const message of [4, 5, 6, 7]) outbox.push(message, 300 * 1024);
    await outbox.drained();
    expect(batches.slice(1)).toEqual([
      [4, 5],
      [6, 7],
    ]);
    outbox.push(8);
    outbox.flush();
    expect(batches.at(-1)).toEqual([8]);
    await outbox.drained(); // nothing is left to write
    expect(outbox.isEmpty).toBe(true);
  });
});
