import { describe, expect, it } from "vitest";
import { CompileMemory } from "../../../extension/run/compile-memory.js";
import type { Memory } from "../../../extension/run/memory.js";
import { DismissedAdvice } from "../../../extension/views/dismissed-advice.js";
import { compileTriggers } from "../../../runtime/compile/compile-record.js";
import type { Advice } from "../../../runtime/index.js";
import { compileRecord } from "../../support/compile-record.js";
import { ManualClock } from "../../support/manual-clock.js";

/** What VS Code keeps for a workspace: JSON, from one window to the next. */
class FakeMemory implements Memory {
  #text = "{}";
  writes = 0;

  get(key: string): unknown {
    return (JSON.parse(this.#text) as Record<string, unknown>)[key];
  }

  async update(key: string, value: unknown): Promise<void> {
    this.writes += 1;
    this.#text = JSON.stringify({ ...(JSON.parse(this.#text) as object), [key]: value });
  }

  get bytes(): number {
    return this.#text.length;
  }
}

describe("the compile history", () => {
  const refused = compileRecord({ success: false, error: { code: "HARD_REFUSED", message: "no", details: { large: "x" } } });

  it("is there again in the next window", async () => {
    const memory = new FakeMemory();
    const before = new CompileMemory(memory, new ManualClock());
    before.remember(
      "g",
      compileTriggers.map((trigger) => compileRecord({ trigger })),
    );
    before.remember("p", [compileRecord({ micros: 2, patchMicros: 1 }), refused]);
    before.remember("h", [compileRecord()]);
    await before.flush();
    const after = new CompileMemory(memory, new ManualClock());
    const shown = { ...refused, error: { code: "HARD_REFUSED", message: "no" } };
    expect(after.recall("g").map(({ trigger }) => trigger)).toEqual(compileTriggers);
    expect(after.recall("p")).toEqual([compileRecord({ micros: 2, patchMicros: 1 }), shown]);
    expect(after.recall("h")).toEqual([compileRecord()]);
    expect(after.recall("other")).toEqual([]);
  });

  it("is written now and then, not at each compile, and not where nothing was compiled", async () => {
    const memory = new FakeMemory();
    const clock = new ManualClock();
    const kept = new CompileMemory(memory, clock);
    for (let n = 0; n < 50; n += 1) kept.remember("g", [compileRecord({ micros: n })]);
    clock.advance(60_000);
    expect(memory.writes).toBe(2);
    const records = [compileRecord()];
    kept.remember("g", records);
    clock.advance(60_000);
    kept.remember("g", records);
    clock.advance(60_000);
    expect(memory.writes).toBe(3);
    kept.dispose();
    kept.remember("g", [compileRecord()]);
    expect([memory.writes, clock.waiting]).toEqual([3, 0]);
  });

  it("stays small, however many graphs there are and whatever is compiled", async () => {
    const memory = new FakeMemory();
    const kept = new CompileMemory(memory, new ManualClock());
    const reasons = Array.from({ length: 1000 }, (_, n) => `node number_${n} added`);
    const many = Array.from({ length: 100 }, (_, micros) => compileRecord({ micros, reasons }));
    for (let n = 0; n < 50; n += 1) kept.remember(`g${n}`, [...many]);
    await kept.flush();
    expect(memory.bytes).toBeLessThan(500_000);
    const after = new CompileMemory(memory, new ManualClock());
    expect([after.recall("g0").length, after.recall("g49").length]).toEqual([0, 40]);
    expect(after.recall("g49")[0]?.reasons.at(-1)).toBe("and 996 more");
  });

  it.each([["nothing"], [7], [[{ graph: "g" }]], [[{ graph: "g", records: [{ at: "today" }] }]]])(
    "forgets what is damaged: %j",
    (stored) => {
      const memory: Memory = { get: () => stored, update: () => Promise.resolve() };
      expect(new CompileMemory(memory, new ManualClock()).recall("g")).toEqual([]);
    },
  );
});

describe("advice that was dismissed", () => {
  const auto: Advice = {
    code: "soft-would-do",
    text: "a",
    evidence: { soft: 3 },
    change: { setting: "strategy", from: "hard", to: "auto" },
  };
  const failing: Advice = { code: "failing", text: "b", evidence: { failures: 3 } };

  it("is not given again while it applies, in the next window either, and whatever its numbers", () => {
    const memory = new FakeMemory();
    const dismissed = new DismissedAdvice(memory);
    let changes = 0;
    dismissed.onDidChange(() => (changes += 1));
    dismissed.dismiss("g", auto);
    expect(changes).toBe(1);
    expect(dismissed.remaining("g", [auto, failing])).toEqual([failing]);
    expect(dismissed.remaining("other", [auto])).toEqual([auto]);
    const later = new DismissedAdvice(memory);
    expect(later.remaining("g", [{ ...auto, evidence: { soft: 9 } }])).toEqual([]);
  });

  it("is given again when it applies anew, or advises something else", () => {
    const dismissed = new DismissedAdvice(new FakeMemory());
    dismissed.dismiss("g", auto);
    const other: Advice = { ...auto, change: { setting: "strategy", from: "hard", to: "soft" } };
    expect(dismissed.remaining("g", [other])).toEqual([other]);
    expect(dismissed.remaining("g", [auto])).toEqual([auto]); // it did not apply in between
  });
});
