import { expect, test } from "vitest";
import { projectBreakpoints } from "../../../extension/bridge/project-debug.js";
import type { GraphBreakpoint } from "../../../extension/debug/breakpoints/graph-breakpoint.js";
import type { DebugView } from "../../../webview/protocol/debug.js";
import type { Plan } from "../../../runtime/plan/plan.js";
import { compile } from "../run/harness.js";

const { plan } = compile({
  channels: { n: { schema: { type: "number" }, default: 0 } },
  nodes: { a: {}, b: {} },
  edges: { in: "@start -> a", on: "a -> b when n > 1.0", out: "b -> @end" },
});

function check(
  name: string,
  all: readonly Omit<GraphBreakpoint, "id">[],
  expected: Partial<DebugView>,
  known: Plan | "no plan" = plan,
): void {
  test(name, () => {
    const breakpoints = all.map((each, index) => ({ ...each, id: String(index) }));
    expect(projectBreakpoints(breakpoints, known === "no plan" ? undefined : known)).toEqual({ nodes: {}, edges: {}, ...expected });
  });
}

const before = { at: "before", node: "a" } as const;
const plain = { kind: "plain", enabled: true, text: "" } as const;

check("none", [], {});
check("of a node, before and after", [{ place: before, enabled: true }, { place: { at: "after", node: "a" }, enabled: false }], {
  nodes: { a: [{ at: "before", ...plain }, { at: "after", ...plain, enabled: false }] },
}); // prettier-ignore
check("of an edge", [{ place: { at: "tested", edge: "on" }, enabled: true, condition: "n > 2.0", hits: "> 3" }], {
  edges: { on: [{ at: "tested", kind: "conditional", enabled: true, text: "n > 2.0 · > 3" }] },
});
check("one that tells", [{ place: before, enabled: true, log: "n is {n}", condition: "n > 2.0" }], {
  nodes: { a: [{ at: "before", kind: "log", enabled: true, text: "n > 2.0 · n is {n}" }] },
});
check("a node that the plan does not have", [{ place: { at: "before", node: "gone" }, enabled: true }], {
  nodes: { gone: [{ at: "before", ...plain, problem: 'The graph has no node "gone".' }] },
});
check(
  "without a plan nobody knows",
  [{ place: { at: "before", node: "gone" }, enabled: true }],
  { nodes: { gone: [{ at: "before", ...plain }] } },
  "no plan",
);
check(
  "two that stop at the same are drawn once",
  [
    { place: before, enabled: true },
    { place: before, enabled: true, log: "x" },
  ],
  {
    nodes: { a: [{ at: "before", ...plain }] },
  },
);

test("a condition, a hit count and a message that cannot be read say so", () => {
  const places = [before, { at: "after", node: "a" }, { at: "before", node: "b" }] as const;
  const faults = [{ condition: "n +" }, { hits: "often" }, { log: "{n" }];
  const all = places.map((place, index) => ({ id: String(index), place, enabled: true, ...faults[index] }));
  const { nodes } = projectBreakpoints(all, plan);
  expect(
    Object.values(nodes)
      .flat()
      .map(({ problem }) => problem?.split(" ")[0]),
  ).toEqual(["The", '"often"', "The"]);
});
