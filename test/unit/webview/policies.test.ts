import { describe, expect, it } from "vitest";
import type { Typed } from "../../../webview/inspector/values.js";
import {
  hasPolicies,
  limitIn,
  readDuration,
  readFallback,
  readNumber,
  showPart,
  withLimit,
  withPart,
} from "../../../webview/inspector/policies.js";
import { isAt } from "../../../webview/inspector/problem-place.js";

const wrong = "wrong";
const valueOf = (typed: Typed): unknown => (typed.ok ? typed.value : wrong);

describe("a part of a policy", () => {
  it.each([
    [undefined, "attempts", 3, { attempts: 3 }],
    [{ delay: "1s", attempts: 3 }, "delay", "2s", { delay: "2s", attempts: 3 }],
    [{ delay: "1s", attempts: 3 }, "delay", null, { attempts: 3 }],
    [{ delay: "1s" }, "delay", null, null],
    ["broken", "attempts", 2, { attempts: 2 }],
  ] as const)("of %j: %s becomes %j", (current, part, value, expected) => expect(withPart(current, part, value)).toEqual(expected));

  it("is shown as it is typed", () => {
    expect([showPart({ delay: "1s", attempts: 3 }, "delay"), showPart({ attempts: 3 }, "attempts"), showPart(undefined, "x")]).toEqual([
      "1s",
      "3",
      "",
    ]);
  });
});

describe("a time-out", () => {
  it.each([
    [undefined, "run", "5s", "5s"],
    ["5s", "run", "6s", "6s"],
    ["5s", "run", null, null],
    ["5s", "idle", "1s", { run: "5s", idle: "1s" }],
    [{ run: "5s", idle: "1s" }, "idle", null, "5s"],
    [{ run: "5s", idle: "1s" }, "run", null, { idle: "1s" }],
  ] as const)("of %j: %s becomes %j", (current, limit, value, expected) => {
    const next = withLimit(current, limit, value);
    expect(next).toEqual(expected);
    expect(limitIn(next, limit)).toBe(value ?? "");
  });
});

describe("what is typed", () => {
  const count = readNumber(1, Infinity, true);
  const share = readNumber(0, 1, false);
  it.each([
    [readDuration, "", null],
    [readDuration, " 250ms ", "250ms"],
    [readDuration, "5", wrong],
    [count, "", null],
    [count, "3", 3],
    [count, "0", wrong],
    [count, "1.5", wrong],
    [count, "Infinity", wrong],
    [count, "many", wrong],
    [share, "0.5", 0.5],
    [share, "0", 0],
    [share, "1.1", wrong],
    [readFallback, " ", null],
    [readFallback, "./a.ts#b", "./a.ts#b"],
    [readFallback, '{ "n": 1 }', { n: 1 }],
    [readFallback, "{ n", wrong],
  ] as const)("%o: %j", (read, typed, expected) => expect(valueOf(read(typed))).toEqual(expected));
});

it("whether a node says anything of how it is run", () => {
  expect([{}, { kind: "code", join: "all" }, { cache: {} }, { disabled: true }].map(hasPolicies)).toEqual([false, false, true, true]);
});

describe("a problem is shown", () => {
  it.each([
    ["retry.attempts", "retry.attempts", true],
    ["retry", "retry.attempts", false],
    ["retry", "retry.often", true],
    ["retry", "retry", true],
    ["timeout", "retry.timeout", false],
    ["body", "body.items", true],
    ["body", "bodyguard", false],
    ["set.n", "set.n", true],
  ])("at the field %s, if it is at %s: %j", (name, field, expected) => expect(isAt(name, field)).toBe(expected));
});
