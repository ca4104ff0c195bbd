import { describe, expect, it, test } from "vitest";
import { pathsIn } from "../../../runtime/expression/cel.js";
import { explainEdge } from "../../../runtime/run/explain-edge.js";
import { start, type Handlers } from "./harness.js";

describe("pathsIn", () => {
  it.each<readonly [string, readonly string[]]>([
    ["score >= 3.0 && order.total > 100.0", ["score", "order.total"]],
    ["order.total > order.limit || order.total < 0.0", ["order.total", "order.limit"]],
    ["items.exists(each, each.price > limit)", ["items", "limit"]],
    ["'a.b' in words && size(words) > n", ["words", "n"]],
    ["ticket.text.contains('x') ? a[b] : c", ["ticket.text", "a", "b", "c"]],
    ["cel.bind(sum, order.total, sum > limit)", ["order.total", "limit"]],
    ["order.exists(order, order > limit)", ["order", "limit"]],
    ["1 +", []],
  ])("of %s", (source, paths) => expect(pathsIn(source)).toEqual(paths));
});

const graph = {
  channels: { n: { schema: { type: "number" }, default: 0 }, order: { schema: { type: "object" } } },
  nodes: { a: {}, b: {}, c: {}, d: {} },
  edges: {
    s: "@start -> a",
    ab: "a -> b when n > 2.0 && order.total > 10.0",
    ac: "a -> c else",
    ad: "a -> d on go",
    bad: "c -> d when order.missing > 1.0",
  },
};
const handlers: Handlers = { a: () => ({ n: 4, order: { total: 3 } }), b: () => ({}), c: () => ({}), d: () => ({}) };

test("what a condition came to, and what it read, is found again from the state of then", async () => {
  const { session } = start({ ...graph, edges: { ...graph.edges, bad: "c -> d" } }, handlers);
  await session.step();
  expect(explainEdge(session.moment, "ab")).toEqual([
    {
      task: "1/a",
      taken: false,
      value: false,
      reads: [
        { path: "n", value: 4 },
        { path: "order.total", value: 3 },
      ],
    },
  ]);
  expect(explainEdge(session.moment, "ac")).toEqual([{ task: "1/a", taken: true, reads: [] }]);
  expect(explainEdge(session.moment, "bad")).toEqual([]);
  expect(explainEdge(session.moment, "gone")).toBeUndefined();
  await session.step();
  const there = session.lookIntoPast().at(1);
  expect(there && explainEdge(there.moment, "ab")).toMatchObject([{ taken: false, value: false }]);
  expect(session.tally.tested.get("a")).toBe(1);
});

test("the action that came is told, and that a person went before the conditions", async () => {
  const { session } = start(
    { ...graph, edges: { ...graph.edges, bad: "c -> d" } },
    {
      ...handlers,
      a: (_state, ctx) => ctx.command({ update: { n: 4, order: { total: 30 } }, action: "go" }),
    },
  );
  await session.step();
  expect(explainEdge(session.moment, "ad")).toEqual([{ task: "1/a", taken: true, action: "go", reads: [] }]);
  session.force("ac");
  expect(explainEdge(session.moment, "ab")).toEqual([{ task: "1/a", taken: false, action: "go", passed: "forced", reads: [] }]);
  expect(explainEdge(session.moment, "ac")).toMatchObject([{ taken: true, passed: "forced" }]);
  expect(session.tally.tested.has("a")).toBe(false);
});

test("of an error edge it is told what the node failed with, or that it did not", async () => {
  const edges = { s: "@start -> a", ab: "a -> b on @error", ac: "a -> c", cd: "c -> d on @error", ce: "c -> b" };
  const fails = (): never => {
    throw new Error("no stock");
  };
  const { session } = start({ ...graph, edges }, { ...handlers, a: fails });
  await session.step();
  expect(explainEdge(session.moment, "ab")).toMatchObject([
    { taken: true, failure: { code: "HANDLER_FAILED", message: expect.stringContaining("no stock") }, reads: [] },
  ]);
  expect(explainEdge(session.moment, "ac")).toMatchObject([{ taken: false, passed: "failed" }]);
  const other = start({ ...graph, edges }, handlers).session;
  await other.step();
  await other.step();
  expect(explainEdge(other.moment, "cd")).toEqual([{ task: "2/c", taken: false, failure: null, reads: [] }]);
});
