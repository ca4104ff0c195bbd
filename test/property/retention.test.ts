import fc from "fast-check";
import { expect, test } from "vitest";
import { runsToDelete } from "../../runtime/checkpoint/retention.js";
import type { RunFacts } from "../../runtime/checkpoint/run-facts.js";

const NOW = 1000;
const facts: fc.Arbitrary<readonly RunFacts[]> = fc
  .array(
    fc.record({ bytes: fc.nat(100), at: fc.nat(NOW), ended: fc.boolean(), needs: fc.option(fc.nat(9), { nil: undefined, freq: 3 }) }),
    { maxLength: 10 },
  )
  .map((runs) =>
    runs.map(({ bytes, at, ended }, index) => {
      const neededBy = runs.flatMap(({ needs }, other) => (needs === index && other !== index ? [`r${other}`] : []));
      return { run: `r${index}`, bytes, at, ended, neededBy };
    }),
  );
const policy = fc.record({ age: fc.nat(NOW), bytes: fc.nat(600) }, { requiredKeys: [] });

test("retention lets go of what it may, and of nothing else", () => {
  fc.assert(
    fc.property(facts, policy, (runs, given) => {
      const going = runsToDelete(given, runs, NOW);
      const stays = runs.filter(({ run }) => !going.includes(run));
      const gone = runs.filter(({ run }) => going.includes(run));
      const left = stays.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(new Set(going).size).toBe(going.length);
      expect(gone.filter(({ ended }) => !ended)).toEqual([]);
      // Nothing that stays builds on what goes, and each goes after those that build on it.
      for (const { run, neededBy } of gone) for (const other of neededBy) expect(going.slice(0, going.indexOf(run))).toContain(other);
      // What could have gone and is still there is young enough, and there is room for it.
      const free = stays.filter(({ ended, neededBy }) => ended && neededBy.every((other) => going.includes(other)));
      for (const { at } of free) expect(NOW - at).toBeLessThanOrEqual(given.age ?? Infinity);
      if (free.length > 0) expect(left).toBeLessThanOrEqual(given.bytes ?? Infinity);
      if (given.age === undefined && given.bytes === undefined) expect(going).toEqual([]);
    }),
  );
});

test("for room, the oldest go first, and no more than must", () => {
  fc.assert(
    fc.property(facts, fc.nat(600), (runs, bytes) => {
      const free = runs.map((each) => ({ ...each, neededBy: [] }));
      const going = runsToDelete({ bytes }, free, NOW);
      const ended = free.filter((each) => each.ended).toSorted((a, b) => a.at - b.at);
      expect(going).toEqual(ended.slice(0, going.length).map(({ run }) => run));
      const total = free.reduce((sum, each) => sum + each.bytes, 0);
      const before = ended.slice(0, going.length - 1).reduce((sum, each) => sum + each.bytes, 0);
      if (going.length > 0) expect(total - before).toBeGreaterThan(bytes);
    }),
  );
});
