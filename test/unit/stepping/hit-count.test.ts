import { expect, test } from "vitest";
import { parseHits } from "../../../runtime/stepping/hit-count.js";

const first = [1, 2, 3, 4, 5, 6];

test.each([
  ["3", [3]],
  ["= 3", [3]],
  ["== 3", [3]],
  [">3", [4, 5, 6]],
  [">= 3", [3, 4, 5, 6]],
  ["< 3", [1, 2]],
  ["<=3", [1, 2, 3]],
  ["% 2", [2, 4, 6]],
  ["% 0", []],
  [" 5 ", [5]],
])("%s stops at %j of the first six", (text, stops) => {
  const stopsAt = parseHits(text);
  expect(first.filter((count) => stopsAt?.(count))).toEqual(stops);
});

test.each(["", "often", "3 times", "=> 3", "-1", "1.5", "> x"])("%j is no hit count", (text) => {
  expect(parseHits(text)).toBeUndefined();
});
