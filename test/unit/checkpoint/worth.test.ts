import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TOKEN_MS, worthOfSaving, type MeasuredWrites, type Unsaved } from "../../../runtime/checkpoint/worth.js";

const nothing: Unsaved = { elapsedMs: 0, workMs: 0, tokens: 0, bytes: 0 };
const fast: MeasuredWrites = { count: 4, ms: 0.4, bytes: 4000 };
const slow: MeasuredWrites = { count: 4, ms: 400, bytes: 4000 };

describe("what is worth a checkpoint", () => {
  test.each<readonly [string, Partial<Unsaved>, MeasuredWrites, boolean, string]>([
    ["nothing was done", {}, fast, false, "to redo it costs 0.0 ms, to write it 0.10 ms"],
    ["a little", { elapsedMs: 100, workMs: 100 }, fast, false, "to redo it costs 0.0014 ms, to write it 0.10 ms"],
    ["a second", { elapsedMs: 1000, workMs: 1000 }, fast, true, "to redo it costs 0.14 ms, to write it 0.10 ms"],
    [
      "a second, where writing takes long",
      { elapsedMs: 1000, workMs: 1000 },
      slow,
      false,
      "to redo it costs 0.14 ms, to write it 1.0e+2 ms",
    ],
    [
      "a minute, where writing takes long",
      { elapsedMs: 60_000, workMs: 60_000 },
      slow,
      true,
      "to redo it costs 5.0e+2 ms, to write it 1.0e+2 ms",
    ],
    ["work side by side", { elapsedMs: 300, workMs: 1200 }, fast, true, "to redo it costs 0.20 ms, to write it 0.10 ms"],
    [
      "a second, a hundred times as large as usual",
      { elapsedMs: 1000, workMs: 1000, bytes: 100_000 },
      fast,
      false,
      "to redo it costs 0.14 ms, to write it 10 ms",
    ],
    ["tokens", { tokens: 50 }, fast, true, "to redo it costs 0.14 ms, to write it 0.10 ms"],
    ["an effect", { effect: "pay" }, slow, true, 'a task of "pay" may have had an effect outside'],
    [
      "work, where nothing was written yet",
      { workMs: 1 },
      { count: 0, ms: 0, bytes: 0 },
      true,
      "to redo it costs 1.4e-7 ms, to write it 0.0 ms",
    ],
  ])("%s", (_name, unsaved, writes, save, reason) => {
    expect(worthOfSaving({ ...nothing, ...unsaved }, writes)).toEqual({ save, reason });
  });

  test("more to lose never makes it worth less, a dearer write never more", () => {
    const figure = fc.double({ min: 0, max: 1e9, noNaN: true });
    const unsaved = fc.record({ elapsedMs: figure, workMs: figure, tokens: fc.nat(1e6), bytes: figure });
    const writes = fc.record({ count: fc.integer({ min: 1, max: 8 }), ms: figure, bytes: figure });
    fc.assert(
      fc.property(unsaved, writes, figure, fc.constantFrom("elapsedMs", "workMs", "tokens"), (before, measured, more, name) => {
        const { save } = worthOfSaving(before, measured);
        if (save) expect(worthOfSaving({ ...before, [name]: before[name] + more }, measured).save).toBe(true);
        else expect(worthOfSaving(before, { ...measured, ms: measured.ms + more }).save).toBe(false);
        if (!save) expect(worthOfSaving({ ...before, bytes: before.bytes + more }, measured).save).toBe(false);
        expect(worthOfSaving({ ...before, effect: "a" }, measured).save).toBe(true);
        expect(worthOfSaving({ ...before, tokens: 0, workMs: before.tokens * TOKEN_MS }, measured)).toEqual(
          worthOfSaving({ ...before, workMs: 0 }, measured),
        );
      }),
    );
  });
});
