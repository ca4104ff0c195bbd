import { describe, expect, it } from "vitest";
import { lookAgain, remaining } from "../../../webview/canvas/deadline.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("what is left of a wait", () => {
  it.each([
    [-1, "time is up"],
    [0, "time is up"],
    [999, "0 s"],
    [40_500, "40 s"],
    [2 * MINUTE - 1, "119 s"],
    [2 * MINUTE, "2 min"],
    [2 * HOUR - 1, "119 min"],
    [2 * HOUR, "2 h"],
    [23 * HOUR + 59 * MINUTE, "23 h"],
    [48 * HOUR - 1, "47 h"],
    [49 * HOUR, "2 days"],
  ])("of %d ms is said as %s", (ms, words) => expect(remaining(ms).words).toBe(words));

  it.each([500, 40_500, 119_999, 2 * MINUTE, 5 * MINUTE + 1, 2 * HOUR, 3 * HOUR + 7, 50 * HOUR])(
    "of %d ms is said anew as soon as the words change, and not before",
    (ms) => {
      const { words, changesIn = 0 } = remaining(ms);
      expect(remaining(ms - changesIn + 1).words).toBe(words);
      expect(remaining(ms - changesIn).words).not.toBe(words);
    },
  );

  it("is looked at once a minute at least while it lasts, and then no more", () => {
    expect([50 * HOUR, 500, 0].map((ms) => lookAgain(remaining(ms)))).toEqual([MINUTE, 500, undefined]);
  });
});
