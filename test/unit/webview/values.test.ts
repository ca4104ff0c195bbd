import { expect, test } from "vitest";
import { nameAt } from "../../../webview/inspector/values.js";

test.each([
  ["", 0, ""],
  ["total", 3, "total"],
  ["a, bc, d", 4, "bc"],
  ["a, bc, d", 1, "a"],
  ["a,  bc ,d", 3, " bc"],
  ["a, ", 3, ""],
  [",a", 0, ""],
  [", a", 3, "a"],
])("of the names %j, the caret at %d stands in %j", (typed, caret, name) => {
  const { from, to } = nameAt(typed, caret);
  expect([typed.slice(from, to), from <= caret && caret <= to]).toEqual([name, true]);
});
