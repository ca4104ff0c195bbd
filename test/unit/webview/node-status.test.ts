import { expect, it } from "vitest";
import { howOf, insideText, manner, shareOf, spokenStatus } from "../../../webview/nodes/node-status.js";
import type { NodeRunView } from "../../../webview/protocol/node-run.js";

const run = (more: Partial<NodeRunView>): NodeRunView => ({ status: "done", count: 1, ...more });

it.each<readonly [string, Partial<NodeRunView>, readonly string[]]>([
  ["a plain result", {}, ["done"]],
  ["an attempt that follows another", { status: "running", attempt: { number: 2, of: 3, from: 9 } }, ["running", "attempt 2 of 3"]],
  ["one of who knows how many", { status: "running", attempt: { number: 4, from: 9 } }, ["running", "attempt 4"]],
  ["a recorded result", { replayed: true }, ["done", "a recorded result"]],
  ["a cached one", { by: "cached" }, ["done", "a cached result"]],
  ["a fallback", { by: "fallback", retried: 2 }, ["done", "by its fallback"]],
  ["a disabled node", { by: "bypassed" }, ["done", "passed by"]],
  ["a retry that helped", { retried: 1 }, ["done", "tried again once"]],
  ["retries that did not", { status: "failed", retried: 2 }, ["failed", "tried again 2 times"]],
  ["a list at work", { status: "running", items: { done: 3, failed: 1, total: 10 } }, ["running", "3 of 10 items, 1 failed"]],
  [
    "tasks at work",
    { status: "running", tasks: { running: 2, done: 1, failed: 1, total: 5 } },
    ["running", "2 of 5 tasks, 1 failed, 2 at work"],
  ],
  [
    "a run inside",
    { status: "running", inside: { runs: 1, superstep: 3, running: ["a"], due: ["a"] } },
    ["running", "inside: superstep 3"],
  ],
])("%s is spoken", (_name, view, words) => expect(spokenStatus(run(view))).toEqual(words));

it("says how a node came to its state in signs of their own", () => {
  const looks = [
    { replayed: true as const },
    { by: "cached" as const },
    { by: "fallback" as const },
    { by: "bypassed" as const },
    { retried: 1 },
  ];
  const found = looks.map((look) => howOf(run(look)));
  expect(new Set(found.map((look) => look?.icon)).size).toBe(looks.length);
  expect(howOf(run({}))).toBeUndefined();
});

it("counts failed pieces among those that are over", () => {
  expect(shareOf(run({ tasks: { running: 0, done: 2, failed: 1, total: 4 } }))).toMatchObject({ done: 3, failed: 1, total: 4 });
  expect(shareOf(run({}))).toBeUndefined();
});

it("says how a list is worked on, and what a run inside is at", () => {
  expect(manner({ concurrency: 4, pool: "process" })).toBe("at most 4 at once, each in a process of its own");
  expect(manner({})).toBe("");
  expect(insideText({ runs: 1, superstep: 2, running: ["a", "b"], due: [] })).toBe("inside: superstep 2: a, b");
  expect(insideText({ runs: 3, superstep: 2, running: [], due: ["c"] })).toBe("3 runs inside, the furthest in superstep 2, next c");
});
