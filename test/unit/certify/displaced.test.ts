import fc from "fast-check";
import { expect, test } from "vitest";
import { displaced } from "../../../runtime/certify/displaced.js";

/** Which letters of the second word were moved, of those that both have. */
function check(before: string, after: string, expected: string): void {
  const pairs = before
    .split("")
    .filter((letter) => after.includes(letter))
    .map((letter) => [before.indexOf(letter), after.indexOf(letter), letter] as const);
  expect([...displaced(pairs)].toSorted().join("")).toBe(expected);
}

test("what was put elsewhere is displaced, what it pushed along is not", () => {
  check("abcde", "abcde", "");
  check("abcde", "xabcde", "");
  check("abcde", "acde", "");
  check("abcde", "eabcd", "e");
  check("abcde", "bcdea", "a");
  check("abcde", "bacde", "a");
  check("abcde", "edcba", "abcd");
});

test("those that are not displaced stand in their order, and no more could", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }), (places) => {
      const moved = displaced(places.map((after, before) => [before, after, before]));
      const kept = places.filter((_after, before) => !moved.has(before));
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      expect(kept.length).toBe(longestByTrying(places));
    }),
  );
});

/** Every subset, tried. */
function longestByTrying(places: readonly number[]): number {
  let longest = 0;
  for (let subset = 0; subset < 1 << places.length; subset += 1) {
    const chosen = places.filter((_place, index) => (subset & (1 << index)) !== 0);
    if (chosen.every((place, index) => index === 0 || (chosen[index - 1] ?? 0) < place)) longest = Math.max(longest, chosen.length);
  }
  return longest;
}
