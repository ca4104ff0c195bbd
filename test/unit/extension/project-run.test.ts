import { describe, expect, it } from "vitest";
import { previewJson } from "../../../runtime/model/preview-json.js";
import { projectFigures, projectRun, type RunFacts } from "../../../extension/bridge/project-run.js";
import { errorInfo } from "../../../runtime/errors.js";
import { freshFrontier } from "../../../runtime/checkpoint/checkpoint.js";
import type { JsonValue } from "../../../runtime/index.js";

const task = (node: string) => ({ id: `task-${node}`, node, cause: [] });
const result = (node: string) => ({ task: `task-${node}`, node, writes: {}, ms: 3 });
const question = (node: string) => ({ key: node, node, task: `task-${node}`, prompt: `${node}?`, actions: ["yes"], schema: {} });
const tallied = (finished: number, failed: number) => ({ finished, failed, lastMs: 3 });

function facts(part: Partial<Omit<RunFacts, "frontier">> & { readonly frontier?: Partial<RunFacts["frontier"]> } = {}): RunFacts {
  const { frontier, ...rest } = part;
  return {
    id: "r",
    status: "paused",
    channels: {},
    runningTasks: [],
    progress: new Map(),
    plan: { nodes: new Map() },
    inside: [],
    tally: { nodes: new Map(), edges: new Map(), forcedEdges: new Map(), tested: new Map() },
    blocked: undefined,
    restoredFrom: undefined,
    ...rest,
    frontier: { ...freshFrontier, ...frontier },
  };
}

function checkNodes(run: RunFacts, statuses: Readonly<Record<string, string>>): void {
  const { nodes } = projectRun(run, 1);
  expect(Object.fromEntries(Object.entries(nodes).map(([id, { status }]) => [id, status]))).toEqual(statuses);
}

describe("projectRun", () => {
  it("shows the newest fact about each node", () => {
    const tally = {
      nodes: new Map([
        ["past", tallied(2, 0)],
        ["again", tallied(1, 0)],
      ]),
      edges: new Map(),
      forcedEdges: new Map(),
      tested: new Map(),
    };
    const frontier = {
      open: true,
      due: ["again", "busy", "ready", "kept", "asks"].map(task),
      results: [result("kept")],
      questions: [question("asks")],
    };
    checkNodes(facts({ status: "running", tally, frontier, runningTasks: [task("busy")] }), {
      past: "done",
      again: "due",
      busy: "running",
      ready: "due",
      kept: "done",
      asks: "waiting",
    });
  });

  it("shows how far nodes are with their lists, and forgets those of other supersteps", () => {
    const progress = new Map([
      ["task-busy", { done: 3, failed: 1, total: 10 }],
      ["task-before", { done: 1, failed: 0, total: 2 }],
    ]);
    const { nodes } = projectRun(facts({ progress, frontier: { open: true, due: [task("busy")] }, runningTasks: [task("busy")] }), 1);
    expect(nodes).toEqual({ busy: { status: "running", count: 0, items: { done: 3, failed: 1, total: 10 } } });
  });

  it("shows which nodes of a failed superstep failed, and why", () => {
    const error = errorInfo("HANDLER_FAILED", "boom");
    const run = facts({
      status: "failed",
      frontier: { status: "failed", open: true, due: [task("bad"), task("good")], results: [result("good")], error },
    });
    checkNodes(run, { bad: "failed", good: "done" });
    expect(projectRun(run, 1)).toMatchObject({ error: "HANDLER_FAILED: boom", nodes: { bad: { error: "HANDLER_FAILED: boom" } } });
  });

  it("shows a node as due when the run failed before it began", () => {
    checkNodes(facts({ status: "failed", frontier: { status: "failed", open: false, due: [task("next")] } }), { next: "due" });
  });

  it("counts what finished, with the time of the last", () => {
    const run = facts({
      tally: { nodes: new Map([["a", tallied(4, 1)]]), edges: new Map([["e", 2]]), forcedEdges: new Map(), tested: new Map() },
    });
    expect(projectRun(run, 1)).toMatchObject({ nodes: { a: { count: 4, ms: 3 } }, edges: { e: 2 } });
  });

  it("lists questions without a decision only", () => {
    const decisions = { old: { action: "yes", actor: "me", at: 1 } };
    const { questions, nodes } = projectRun(
      facts({
        status: "waiting",
        frontier: { open: true, due: [task("old"), task("new")], questions: [question("old"), question("new")], decisions },
      }),
      1,
    );
    expect(questions).toEqual([{ key: "new", node: "new", prompt: "new?", actions: ["yes"], schema: {}, takesValue: true, inner: false }]);
    expect(nodes).toMatchObject({ old: { status: "due" }, new: { status: "waiting" } });
  });

  it("says of a question until when it waits, what becomes of it then, and who asks", () => {
    const asked = {
      ...question("ask"),
      actions: ["modify", "reroute"],
      deadline: 60_000,
      default: "reroute",
      inner: { run: "i", key: "k", asker: ["t"] },
    };
    const { schema: _none, ...plain } = asked;
    const { questions } = projectRun(facts({ status: "waiting", frontier: { open: true, due: [task("ask")], questions: [plain] } }), 1);
    expect(questions).toMatchObject([{ deadline: 60_000, default: "reroute", inner: true, takesValue: true }]);
  });

  it("shows what a person forced, as long as it can be taken back, and what was taken by force for ever", () => {
    const tally = { nodes: new Map(), edges: new Map([["e", 2]]), tested: new Map(), forcedEdges: new Map([["e", 2]]) };
    const frontier = { routed: [{ task: "2/a", node: "a", forced: "e" }], forced: { b: "f" }, overrides: { c: ["@end"] } };
    const shown = (more: Partial<RunFacts["frontier"]>) => projectRun(facts({ tally, frontier: { ...frontier, ...more } }), 1);
    expect(shown({})).toMatchObject({ forced: { a: "e", b: "f" }, takenByForce: { e: 2 }, overrides: { c: ["@end"] } });
    expect(shown({ open: true }).forced).toEqual({ b: "f" });
    expect(shown({ status: "completed" })).toMatchObject({ forced: {}, takenByForce: { e: 2 } });
  });

  it("says why a run cannot go on, rather than what failed before", () => {
    const blocked = errorInfo("NOT_RESUMABLE", "no more");
    expect(projectRun(facts({ blocked }), 1).error).toBe("NOT_RESUMABLE: no more");
  });
});

describe("previewJson", () => {
  const check = (value: JsonValue | undefined, limit: number, text: string): void => expect(previewJson(value, limit)).toBe(text);

  it("writes JSON, cut at the limit", () => {
    check({ a: [1, "x", null, true] }, 100, '{"a": [1, "x", null, true]}');
    check(undefined, 100, "null");
    check([], 100, "[]");
    check("abcdef", 5, '"abc…');
    check([1, 2, 3, 4], 6, "[1, 2…");
    check({ a: 1 }, 8, '{"a": 1}');
  });

  it("stops reading at the limit", () => {
    let read = 0;
    const items = Array.from({ length: 1000 }, () => ({
      get item() {
        read += 1;
        return 1;
      },
    }));
    previewJson(items, 50);
    expect(read).toBeLessThan(10);
  });
});

describe("projectFigures", () => {
  const ms = { min: 1, mean: 2, p50: 2, p95: 3, max: 3 };
  const figures = { runs: 3, success: 1, failed: 0, fallbacks: 0, retries: 0, cached: 1, bypassed: 0, replayed: 0, items: null, ms };
  const nodes = new Map([["a", { figures }]]);
  it.each<readonly [string, readonly string[], object | undefined]>([
    ["the node that is selected", ["a"], { node: "a", runs: 3, success: 1, retries: 0, cached: 1, replayed: 0, ms }],
    ["none of several", ["a", "b"], undefined],
    ["none without a selection", [], undefined],
    ["none of a node that has not begun", ["b"], undefined],
  ])("shows those of %s", (_name, selected, expected) => {
    expect(projectFigures(nodes, selected)).toEqual(expected);
  });
});
