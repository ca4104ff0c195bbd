import fc from "fast-check";
import { expect, test } from "vitest";
import { Cells } from "../../runtime/document/cells.js";
import type { Cell, PlacedCell } from "../../runtime/document/chunk.js";

let made = 0;
const cellOf = (key: string): Cell => ({ key, keyLength: key.length + 2, value: undefined, valueAt: 0, commaAt: undefined, sound: true });

/** Cells with keys of their own, with so much space between them, from an offset on. */
function placed(gaps: readonly number[], from: number): PlacedCell[] {
  let at = from;
  return gaps.map((gap) => ({ cell: cellOf(`k${(made += 1)}`), at: (at += gap) }));
}

const gap = fc.integer({ min: 1, max: 9 });
const step = fc.record({
  from: fc.nat(),
  count: fc.oneof(fc.nat(3), fc.nat(200)),
  gaps: fc.oneof(fc.array(gap, { maxLength: 3 }), fc.array(gap, { maxLength: 300 })),
});

/** What a list must show: the cells with their places. */
function check(cells: Cells, model: readonly PlacedCell[]): void {
  const visited: PlacedCell[] = [];
  cells.forEach((cell, at, index) => {
    expect(index).toBe(visited.length);
    visited.push({ cell, at });
  });
  expect(visited).toEqual(model);
  expect(cells.length).toBe(model.length);
  expect(cells.get(model.length)).toBeUndefined();
  for (const [index, one] of model.entries()) {
    expect(cells.get(index)).toEqual(one);
    if (index % 7 === 0) expect(cells.find(one.cell.key)).toEqual({ ...one, index });
    expect([cells.indexFrom(one.at), cells.indexFrom(one.at + 1)]).toEqual([index, index + 1]);
  }
  expect([cells.indexFrom(-1), cells.find("none")]).toEqual([0, undefined]);
}

test("a list of cells is a list, whatever parts of it are replaced, and earlier ones stay", () => {
  fc.assert(
    fc.property(fc.array(gap, { maxLength: 400 }), fc.array(step, { maxLength: 8 }), (first, steps) => {
      let model: readonly PlacedCell[] = placed(first, 0);
      let cells = Cells.from(model);
      check(cells, model);
      for (const { from: any, count, gaps } of steps) {
        const from = any % (model.length + 1);
        const to = Math.min(model.length, from + count);
        const added = placed(gaps, model[from - 1]?.at ?? 0);
        // What follows moves so that it stays behind.
        const by = (added.at(-1)?.at ?? model[from - 1]?.at ?? 0) + 1 - (model[to]?.at ?? 0);
        const tail = model.slice(to).map(({ cell, at }) => ({ cell, at: at + by }));
        const [before, old] = [model, cells];
        model = [...model.slice(0, from), ...added, ...tail];
        cells = cells.splice(from, to, added, by);
        check(cells, model);
        check(old, before);
        const keys = (list: readonly PlacedCell[], start: number, end: number) => list.slice(start, end).map(({ cell }) => cell);
        const change = old.changeTo(cells);
        const rest = before.length - change.from - change.removed.length;
        expect(change.removed).toEqual(keys(before, change.from, before.length - rest));
        expect(change.added).toEqual(keys(model, change.from, model.length - rest));
        expect(change.removed.length).toBeLessThanOrEqual(to - from);
        expect(change.added.length).toBeLessThanOrEqual(added.length);
      }
    }),
    { numRuns: 60 },
  );
});

test("a replaced cell leaves the others where they are kept", () => {
  const cells = Cells.from(
    placed(
      Array.from({ length: 10_000 }, () => 5),
      0,
    ),
  );
  const next = cells.splice(5_000, 5_001, placed([3], 25_000), 1);
  expect(cells.changeTo(next)).toMatchObject({ from: 5_000, removed: [{}], added: [{}] });
});
