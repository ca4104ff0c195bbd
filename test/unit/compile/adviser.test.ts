import { describe, expect, test } from "vitest";
import { advise, compileGraph, parseDocument, type Advice, type CompileRecord } from "../../../runtime/index.js";
import { durationText, parseDuration } from "../../../runtime/model/duration.js";
import type { CompileSettings } from "../../../runtime/model/graph.js";
import { compileRecord } from "../../support/compile-record.js";
import { graphText } from "../../support/graph-text.js";

const settings: CompileSettings = { strategy: "auto", sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 };

/** So many records, newest first: the newest was made at 1,000,000 ms, each other `gap` ms before the next. */
function rows(count: number, part: Partial<CompileRecord> = {}, gap = 10_000): readonly CompileRecord[] {
  return Array.from({ length: count }, (_, n) => compileRecord({ at: 1_000_000 - n * gap, ...part }));
}

const hard: Partial<CompileRecord> = { class: "hard", needed: "hard", micros: 25_000, recomputed: 9 };
const patchable: Partial<CompileRecord> = { ...hard, needed: "soft", patchMicros: 20 };
const refused: Partial<CompileRecord> = { ...hard, success: false, error: { code: "HARD_REFUSED", message: "no" } };
const failed: Partial<CompileRecord> = { ...hard, success: false, error: { code: "PLAN_INVALID", message: "broken" } };
const slow: Partial<CompileRecord> = { ...hard, waitedMs: 30_000, edits: 2 };

type Expected = Pick<Advice, "code" | "change"> & { readonly evidence?: object };

const none: readonly [string, readonly CompileRecord[], Partial<CompileSettings>?][] = [
  ["nothing has been compiled", []],
  ["soft recompiles under auto", rows(20)],
  ["too few that a patch would do", rows(2, patchable), { strategy: "hard" }],
  ["strategy hard, and the changes need it", rows(20, hard), { strategy: "hard" }],
  ["patches that would have taken as long", rows(20, { ...patchable, patchMicros: 30_000 }), { strategy: "hard" }],
  ["what a patch would do, after the strategy was changed", rows(20, patchable)],
  ["refusals, after the strategy was changed", rows(20, refused)],
  ["too few refusals", [...rows(2, refused), ...rows(18)], { strategy: "soft" }],
  ["a burst that takes a moment", rows(10, { ...hard, micros: 100 }, 200)],
  ["compiles with pauses between them", rows(10, hard, 5000)],
  ["a burst of compiles that were asked for", rows(10, { ...hard, trigger: "asked" }, 200)],
  ["a burst, after the threshold was raised", rows(10, hard, 200), { sizeThreshold: 10 }],
  ["compiles of several edits each", rows(10, { ...hard, edits: 4 }, 200)],
  ["waits in proportion to what the compile takes", rows(10, { ...slow, micros: 2_000_000 })],
  ["long waits, and the setting is as low as is advised", rows(10, slow), { staleAfterMs: 1000 }],
  ["failures that have been mended", [compileRecord(), ...rows(5, failed)]],
  ["refusals are no failures", rows(5, refused)],
];

const given: readonly [string, readonly CompileRecord[], Partial<CompileSettings>, Expected][] = [
  [
    "a strategy that does too much",
    [...rows(18, patchable), ...rows(10, hard)],
    { strategy: "hard" },
    {
      code: "soft-would-do",
      evidence: { recompiles: 20, soft: 18, tookMicros: 450_000, patchMicros: 360, savedMicros: 449_640 },
      change: { setting: "strategy", from: "hard", to: "auto" },
    },
  ],
  [
    "a strategy that refuses again and again",
    [...rows(4, refused), ...rows(3)],
    { strategy: "soft" },
    {
      code: "hard-is-refused",
      evidence: { recompiles: 7, refused: 4 },
      change: { setting: "strategy", from: "soft", to: "auto" },
    },
  ],
  [
    "edits that are compiled one by one",
    [...rows(1, hard, 0), ...rows(8, { ...hard, at: 900_000 }, 200)].map((record, n) => ({ ...record, at: 900_000 - n * 200 })),
    {},
    {
      code: "one-by-one",
      evidence: { compiles: 9, tookMicros: 225_000, onceMicros: 25_000 },
      change: { setting: "sizeThreshold", from: 1, to: 9 },
    },
  ],
  [
    "a graph that is stale for long, by the age of its edits",
    rows(10, slow),
    { sizeThreshold: 9, staleAfterMs: 30_000 },
    {
      code: "stale-for-long",
      evidence: { compiles: 10, waitedMs: 30_000, micros: 25_000 },
      change: { setting: "staleAfter", from: "30s", to: "1s" },
    },
  ],
  [
    "a graph that is stale for long, until there are enough edits",
    rows(10, slow),
    { sizeThreshold: 9, staleMinEdits: 5 },
    { code: "stale-for-long", change: { setting: "staleMinEdits", from: 5, to: 1 } },
  ],
  ["compiles that fail in a row", [...rows(3, failed), ...rows(9)], {}, { code: "failing", evidence: { failures: 3 } }],
];

describe("there is no advice about", () => {
  test.each(none)("%s", (_name, history, more = {}) => expect(advise(history, { ...settings, ...more })).toEqual([]));
});

describe("there is advice about", () => {
  test.each(given)("%s", (_name, history, more, expected) => {
    const advice = advise(history, { ...settings, ...more });
    expect(advice).toMatchObject([expected]);
    expect("change" in (advice[0] ?? {})).toBe(expected.change !== undefined);
  });

  test.each(given)("%s: taken, it is not given again", (_name, history, more, { change }) => {
    if (change === undefined) return;
    const document = { strategy: "auto", sizeThreshold: 1, staleAfter: "2s", staleMinEdits: 1, [change.setting]: change.to };
    const parsed = parseDocument(graphText({ nodes: { a: {} }, edges: { e: "@start -> a" }, compile: document }));
    expect([parsed.problems, compileGraph(parsed.graph).nodes.size]).toEqual([[], 1]);
    const after = advise(history, { ...settings, ...more, ...(parsed.graph.compile as Partial<CompileSettings>) });
    expect(after.filter((advice) => advice.change?.setting === change.setting)).toEqual([]);
  });

  test("what it says has its numbers", () => {
    const [advice] = advise(rows(18, patchable), { ...settings, strategy: "hard" });
    expect(advice?.text).toBe(
      "18 of the last 18 recompiles were of soft changes. Patched they would have taken 20 µs instead of 25 ms each: strategy auto would have saved 450 ms.",
    );
  });
});

test("durations are written as the document reads them", () => {
  for (const ms of [0, 1, 250, 1000, 1500, 60_000, 90_000, 3_600_000, 86_400_000]) expect(parseDuration(durationText(ms))).toBe(ms);
  expect([1500, 60_000, 90_000].map(durationText)).toEqual(["1500ms", "1m", "90s"]);
});
