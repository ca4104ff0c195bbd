import { expect, test } from "vitest";
import { CompileHistory, HISTORY_LIMIT } from "../../../runtime/compile/history.js";
import { compileRecord } from "../../support/compile-record.js";

const reasons = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `reason ${n}`);

test("the newest come first, and no more than the limit are kept", () => {
  const history = new CompileHistory();
  for (let micros = 0; micros < HISTORY_LIMIT + 5; micros += 1) history.add(compileRecord({ micros }));
  expect(history.records.length).toBe(HISTORY_LIMIT);
  expect([history.records[0]?.micros, history.records.at(-1)?.micros]).toEqual([HISTORY_LIMIT + 4, 5]);
});

test("what an earlier session remembered goes on", () => {
  const past = [2, 1].map((micros) => compileRecord({ micros }));
  const history = new CompileHistory(past);
  history.add(compileRecord({ micros: 3 }));
  expect(history.records.map(({ micros }) => micros)).toEqual([3, 2, 1]);
});

test("what was handed out stays as it was", () => {
  const history = new CompileHistory([compileRecord({ micros: 1 })]);
  const before = history.records;
  history.add(compileRecord({ micros: 2 }));
  expect(before.map(({ micros }) => micros)).toEqual([1]);
});

test("the newest has all its reasons, an older one the first of them and a count", () => {
  const history = new CompileHistory();
  history.add(compileRecord({ reasons: reasons(1000) }));
  expect(history.records[0]?.reasons.length).toBe(1000);
  history.add(compileRecord());
  expect(history.records[1]?.reasons.length).toBe(20);
  expect(history.records[1]?.reasons.at(-1)).toBe("and 981 more");
});

test("a refusal that is seen again at another edit is one record", () => {
  const history = new CompileHistory();
  const refusal = (at: number, why = "a") =>
    compileRecord({ at, success: false, reasons: [why], error: { code: "HARD_REFUSED", message: why } });
  history.addRefusal(refusal(1));
  history.addRefusal(refusal(2));
  history.addRefusal(refusal(3, "b"));
  expect(history.records.map(({ at }) => at)).toEqual([3, 2]);
});

test("a failure that is tried again and again leaves room for the rest", () => {
  const history = new CompileHistory([compileRecord({ at: 0 })]);
  const failure = (at: number, code: "PLAN_INVALID" | "TIMED_OUT" = "PLAN_INVALID") =>
    compileRecord({ at, success: false, error: { code, message: "no" } });
  for (let at = 1; at < 50; at += 1) history.addFailure(failure(at));
  expect(history.records.map(({ at }) => at)).toEqual([49, 2, 1, 0]);
  history.addFailure(failure(50, "TIMED_OUT"));
  expect(history.records[0]?.at).toBe(50);
});
