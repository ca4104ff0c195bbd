import { describe, expect, test } from "vitest";
import { spokenDrift, spokenNextStep, spokenStale } from "../../../webview/canvas/staleness.js";
import type { DriftView } from "../../../webview/protocol/views.js";

const drift = (part: Partial<DriftView>): DriftView => ({ why: "waiting", nodes: {}, edges: {}, removed: 0, others: [], ...part });
const change = "node b added";

describe("why a node is not in the plan", () => {
  test.each([
    [drift({}), {}, "node b added: waits for a hard compile"],
    [drift({ why: "broken" }), {}, "node b added: takes effect once the errors of the graph are mended"],
    [drift({ why: "broken" }), { problem: "The kind is missing." }, "The kind is missing."],
    [drift({ why: "refused", error: "no" }), {}, "node b added: refused, as the strategy is soft and the edit needs a hard compile"],
    [drift({ why: "failed", error: "oh" }), {}, "node b added: could not be compiled: oh"],
  ])("%j %j", (view, more, words) => expect(spokenStale({ change, ...more }, view)).toBe(words));
});

describe("how much differs", () => {
  test.each([
    [drift({ nodes: { b: { change } } }), "Differs from the plan in force: 1 node"],
    [
      drift({ nodes: { b: { change }, c: { change } }, edges: { e: { change } }, removed: 3 }),
      "Differs from the plan in force: 2 nodes, 1 edge, 3 removed",
    ],
    [drift({ others: ["channel n: schema changed"] }), "Differs from the plan in force: channel n: schema changed"],
    [drift({ others: ["a", "b", "c"] }), "Differs from the plan in force: 3 settings of the graph"],
    [drift({}), "Differs from the plan in force: the graph"],
  ])("%j", (view, words) => expect(spokenDrift(view)).toBe(words));
});

describe("what to do", () => {
  const error = { severity: "error" as const, code: "EXPRESSION", message: "no", line: 1 };
  test.each([
    [drift({ why: "broken" }), [error], "Runs go by the last good plan until the error is mended."],
    [
      drift({ why: "broken" }),
      [error, error, { ...error, severity: "warning" as const }],
      "Runs go by the last good plan until the 2 errors are mended.",
    ],
    [drift({}), [], "It waits for a hard compile."],
    [drift({ why: "refused" }), [], "The strategy is soft, and this needs a hard compile: undo it, or compile it all the same."],
    [drift({ why: "failed", error: "oh" }), [], "It could not be compiled, and is tried again: oh"],
  ])("%j", (view, problems, words) => expect(spokenNextStep(view, problems)).toBe(words));
});
