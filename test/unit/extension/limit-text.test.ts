import { expect, test } from "vitest";
import { parseLimit } from "../../../extension/commands/limit-text.js";

test.each([
  ["100", { keep: 100 }],
  ["30d", { age: 30 * 86_400_000 }],
  ["12h", { age: 12 * 3_600_000 }],
  ["500MB", { bytes: 500 * 2 ** 20 }],
  ["0", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["", undefined],
])("%j as a limit", (text, policy) => {
  expect(parseLimit(text)).toEqual(policy);
});
