import { describe, expect, test } from "vitest";
import { compileStatistics, savedMicros, type CompileRecord, type CompileStatistics } from "../../../runtime/index.js";
import { compileRecord } from "../../support/compile-record.js";

const hard = { class: "hard", needed: "hard" } as const;
const unmeasured = (): CompileRecord => {
  const { fullMicros: _none, ...record } = compileRecord();
  return record;
};
const refused = compileRecord({ ...hard, success: false, error: { code: "HARD_REFUSED", message: "no" } });
const failed = compileRecord({ ...hard, success: false, error: { code: "PLAN_INVALID", message: "no" } });

describe("what a recompile saved", () => {
  const check = (record: CompileRecord, saved: number | undefined): void => expect(savedMicros(record)).toBe(saved);

  test("is measured against the last full compile, and told where it is less than nothing", () => {
    check(compileRecord(), 960);
    check(compileRecord({ micros: 2000 }), -1000);
  });

  test("is told of soft recompiles alone, and where a full one was measured", () => {
    check(compileRecord(hard), undefined);
    check(refused, undefined);
    check(unmeasured(), undefined);
  });
});

describe("statistics", () => {
  const check = (records: readonly CompileRecord[], expected: CompileStatistics): void =>
    expect(compileStatistics(records)).toEqual(expected);

  test("of nothing", () => check([], { compiles: 0, refused: 0, failed: 0, notMeasured: 0 }));

  test("durations by class: the newest record comes first", () => {
    const soft = [30, 10, 20].map((micros) => compileRecord({ micros }));
    check([...soft, compileRecord({ ...hard, micros: 1000, trigger: "opened" })], {
      compiles: 4,
      soft: { count: 3, last: 30, mean: 20, p50: 20, p95: 30 },
      hard: { count: 1, last: 1000, mean: 1000, p50: 1000, p95: 1000 },
      refused: 0,
      failed: 0,
      hitRate: 1,
      savedMicros: 2940,
      notMeasured: 0,
    });
  });

  test("percentiles are values that were measured", () => {
    const many = Array.from({ length: 100 }, (_, n) => compileRecord({ micros: n + 1 }));
    expect(compileStatistics(many).soft).toMatchObject({ p50: 50, p95: 95 });
  });

  test("the rate is of what edits set off: opening and asking are no misses, nor is what was refused or failed", () => {
    const records = [
      compileRecord(),
      compileRecord(hard),
      compileRecord({ ...hard, trigger: "opened" }),
      compileRecord({ ...hard, trigger: "asked" }),
      refused,
      failed,
    ];
    expect(compileStatistics(records)).toMatchObject({ hitRate: 0.5, refused: 1, failed: 1 });
    expect(compileStatistics([refused])).not.toHaveProperty("hitRate");
  });

  test("what was not measured is not counted as saved", () => {
    expect(compileStatistics([compileRecord(), unmeasured()])).toMatchObject({ savedMicros: 960, notMeasured: 1 });
    expect(compileStatistics([unmeasured()])).not.toHaveProperty("savedMicros");
  });
});
