import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunSession } from "../../../runtime/index.js";
import { errorInfo, type ErrorCode } from "../../../runtime/errors.js";
import type { NodeFigures } from "../../../runtime/trace/node-metrics.js";
import type { TraceDraft, TraceEvent } from "../../../runtime/trace/event.js";
import { RunTally } from "../../../runtime/trace/tally.js";
import { compile, start } from "../run/harness.js";

const at = { superstep: 1, node: "a" };
const failure = (code: ErrorCode = "HANDLER_FAILED") => errorInfo(code, "no");
const started = (task = "1/a"): TraceDraft => ({ type: "task-started", ...at, task });
const finished = (ms: number, task = "1/a"): TraceDraft => ({ type: "task-finished", ...at, task, ms });
const listed = (done: number, rest: number): TraceDraft => ({
  type: "task-finished",
  ...at,
  task: "1/a",
  ms: 4,
  items: { total: done + rest, done, failed: rest, retried: 1 },
});
const failed = (ms: number, code?: ErrorCode): TraceDraft => ({ type: "task-failed", ...at, task: "1/a", ms, error: failure(code) });
const retried: TraceDraft = { type: "task-retried", ...at, task: "1/a", attempt: 1, error: failure(), delayMs: 0 };
const cached: TraceDraft = { type: "task-cached", ...at, task: "1/a" };
const bypassed: TraceDraft = { type: "task-bypassed", ...at, task: "1/a" };
const fallback: TraceDraft = { type: "task-fallback", ...at, task: "1/a", error: failure() };

const numbered = (drafts: readonly TraceDraft[]): TraceEvent[] => drafts.map((draft, index) => ({ seq: index + 1, at: 0, ...draft }));
const figuresOf = (drafts: readonly TraceDraft[]) => new RunTally(numbered(drafts)).nodes.get("a")?.figures;

const none = { runs: 0, success: null, failed: 0, fallbacks: 0, retries: 0, cached: 0, bypassed: 0, items: null, ms: null };
const lone = (ms: number) => ({ min: ms, mean: ms, p50: ms, p95: ms, max: ms });

const table: readonly (readonly [string, readonly TraceDraft[], Partial<NodeFigures>])[] = [
  ["a task at work", [started()], {}],
  ["a run", [started(), finished(4)], { runs: 1, success: 1, ms: lone(4) }],
  ["a failure", [started(), failed(4)], { runs: 1, success: 0, failed: 1, ms: lone(4) }],
  ["a run after a retry", [started(), retried, finished(4)], { runs: 1, success: 1, retries: 1, ms: lone(4) }],
  ["a fallback that helped", [started(), fallback, finished(4)], { runs: 1, success: 0, fallbacks: 1, ms: lone(4) }],
  ["a fallback that failed", [started(), fallback, failed(4)], { runs: 1, success: 0, failed: 1, ms: lone(4) }],
  ["a result of before", [started(), cached, finished(0)], { cached: 1 }],
  ["a disabled node", [started(), bypassed, finished(0)], { bypassed: 1 }],
  [
    "items over two lists",
    [started(), listed(3, 1), started(), listed(2, 0)],
    { runs: 2, success: 1, items: { total: 6, done: 5, failed: 1, retried: 2 }, ms: lone(4) },
  ],
  ["no items of a result of before", [started(), cached, listed(3, 1)], { cached: 1 }],
  ["a run that was stopped", [started(), failed(4, "CANCELLED")], {}],
  ["a question, then its answer", [started(), started(), finished(4)], { runs: 1, success: 1, ms: lone(4) }],
  ["a process killed at a fallback", [started(), fallback, started(), finished(4)], { runs: 1, success: 1, ms: lone(4) }],
  [
    "a cached task beside a run",
    [started(), cached, started("1/a#1"), finished(4, "1/a#1"), finished(0)],
    { runs: 1, cached: 1, success: 1, ms: lone(4) },
  ],
  [
    "three runs of four",
    [1, 2, 3].flatMap((ms) => [started(), finished(ms)]).concat(started(), failed(6)),
    { runs: 4, success: 0.75, failed: 1 },
  ],
];

describe("the figures of a node", () => {
  it.each(table)("count %s", (_name, drafts, expected) => {
    expect(figuresOf(drafts)).toMatchObject({
      ...none,
      ...expected,
      ...(expected.ms === undefined && expected.runs === 4 ? { ms: { min: 1, mean: 3, max: 6 } } : {}),
    });
  });

  it("come to the same over two runs, merged or one after the other", () => {
    const run = fc
      .array(
        fc.constantFrom(
          [started(), finished(3)],
          [started(), failed(5)],
          [started(), cached, finished(0)],
          [started(), retried, finished(8)],
          [started(), listed(2, 1)],
        ),
        {
          maxLength: 20,
        },
      )
      .map((parts) => parts.flat());
    fc.assert(
      fc.property(run, run, (first, second) => {
        const merged = new RunTally(numbered(first));
        merged.merge(new RunTally(numbered(second)));
        const whole = new RunTally(numbered([...first, ...second]));
        expect(merged.nodes.get("a")?.figures).toEqual(whole.nodes.get("a")?.figures);
        expect(merged.nodes.get("a")?.lastMs).toBe(whole.nodes.get("a")?.lastMs);
      }),
    );
  });
});

describe("the tally of a run", () => {
  const loop = {
    channels: { turns: { reducer: "sum" } },
    nodes: { a: {} },
    edges: { e1: "@start -> a", e2: "a -> a when turns < 3000", e3: "a -> @end else" },
  };

  it("counts all of a long run, also after it was opened again", async () => {
    const { session, services } = start({ ...loop, limits: { supersteps: 5000 } }, { a: () => ({ turns: 1 }) });
    await session.continue();
    const again = RunSession.resume(session.id, compile({ ...loop, limits: { supersteps: 5000 } }), services);
    expect([session, again].map(({ tally }) => tally.nodes.get("a")?.figures.runs)).toEqual([3000, 3000]);
  });
});

describe("the edges that were taken", () => {
  const took = (edge: string, superstep: number, forced = false): TraceDraft => ({
    type: "route-taken",
    superstep,
    node: "a",
    edge,
    to: "b",
    why: "plain",
    ...(forced ? { forced } : {}),
  });
  const freed = (superstep: number): TraceDraft => ({ type: "route-forced", superstep, node: "a", edge: "f", forced: false, actor: "ann" });
  const overridden = (superstep: number): TraceDraft => ({ type: "route-overridden", superstep, node: "a", to: ["b"], actor: "ann" });

  const cases: readonly (readonly [string, readonly TraceDraft[], object, object])[] = [
    ["the last time counts", [took("e", 1), took("e", 3)], { e: 3 }, {}],
    ["a force is remembered for ever", [took("e", 1, true), took("e", 3)], { e: 3 }, { e: 1 }],
    ["what is taken back was not taken", [took("e", 1), took("f", 2, true), freed(2)], { e: 1 }, {}],
    ["what was taken before comes back", [took("e", 1, true), took("e", 2, true), freed(2)], { e: 1 }, { e: 1 }],
    ["of an earlier superstep nothing is taken back", [took("e", 1), freed(2)], { e: 1 }, {}],
    ["what is overridden was not taken", [took("e", 1), took("e", 1), took("f", 1), overridden(1)], {}, {}],
  ];
  it.each(cases)("%s", (_name, drafts, edges, forced) => {
    const tally = new RunTally(numbered(drafts));
    expect([Object.fromEntries(tally.edges), Object.fromEntries(tally.forcedEdges)]).toEqual([edges, forced]);
  });

  it("come to the same in one go, or counted in two parts that are put together, and go on alike", () => {
    const event = fc.oneof(
      fc.tuple(fc.constantFrom("e", "f", "g"), fc.nat(3), fc.boolean()).map(([edge, superstep, forced]) => took(edge, superstep, forced)),
      fc.nat(3).map(freed),
      fc.nat(3).map(overridden),
    );
    const events = fc.array(event, { maxLength: 12 });
    const edgesOf = (tally: RunTally) => [Object.fromEntries(tally.edges), Object.fromEntries(tally.forcedEdges)];
    fc.assert(
      fc.property(events, events, events, (first, second, third) => {
        const whole = new RunTally(numbered([...first, ...second]));
        const parts = new RunTally(numbered(first));
        parts.merge(new RunTally(numbered(second)));
        expect(edgesOf(parts)).toEqual(edgesOf(whole));
        for (const each of numbered(third)) for (const tally of [whole, parts]) tally.add(each);
        expect(edgesOf(parts)).toEqual(edgesOf(whole));
      }),
      { numRuns: 1000 },
    );
  });

  it("of two runs are those of the later one, where it has any", () => {
    const tally = new RunTally(numbered([took("e", 1), took("g", 1)]));
    tally.merge(new RunTally(numbered([took("e", 2, true)])));
    expect([Object.fromEntries(tally.edges), Object.fromEntries(tally.forcedEdges)]).toEqual([{ e: 2, g: 1 }, { e: 2 }]);
  });
});

describe("what the newest tasks of a node came to", () => {
  const at2 = { superstep: 2, node: "a" };
  const retry = (attempt: number, delayMs: number): TraceDraft => ({ ...retried, ...at2, task: "2/a", attempt, delayMs });
  const newestOf = (drafts: readonly TraceDraft[]) => {
    const newest = new RunTally(numbered(drafts)).nodes.get("a")?.newest;
    return {
      superstep: newest?.superstep,
      done: newest?.done,
      failed: newest?.failed,
      retried: newest?.retried,
      next: [...(newest?.next ?? [])],
    };
  };
  it.each<readonly [string, readonly TraceDraft[], object]>([
    [
      "a retry that waits",
      [started(), finished(3), retry(1, 40)],
      { superstep: 2, done: 0, retried: 1, next: [["2/a", { attempt: 2, from: 40 }]] },
    ],
    ["a second one", [retry(1, 40), retry(2, 90)], { retried: 2, next: [["2/a", { attempt: 3, from: 90 }]] }],
    ["a retry that helped", [retry(1, 40), { type: "task-finished", ...at2, task: "2/a", ms: 9 }], { done: 1, retried: 1, next: [] }],
    ["a task that a killed process had begun", [retry(1, 40), { type: "task-started", ...at2, task: "2/a" }], { retried: 1, next: [] }],
    [
      "several tasks",
      [finished(1), finished(2, "1/a#1"), { ...failed(1), task: "1/a#2" } as TraceDraft],
      { superstep: 1, done: 2, failed: 1 },
    ],
  ])("%s", (_name, drafts, expected) => expect(newestOf(drafts)).toMatchObject(expected));
});

describe("when the conditions of a node's edges were tested", () => {
  const done = (superstep: number, node = "a"): TraceDraft => ({
    type: "task-finished",
    superstep,
    node,
    task: `${superstep}/${node}`,
    ms: 1,
  });
  const over = (superstep: number): TraceDraft => ({ type: "superstep-finished", superstep, due: [], ms: 1 });
  const taken = (superstep: number, more: object): TraceDraft => ({
    type: "route-taken",
    superstep,
    node: "a",
    to: "b",
    why: "plain",
    ...more,
  });
  const entered: TraceDraft = { type: "run-started", superstep: 0, input: {}, revision: "r" };
  it.each<readonly [string, readonly TraceDraft[], object]>([
    ["when its superstep is over", [entered, done(1), over(1)], { "@start": 0, a: 1 }],
    ["not while that is open: then it is what it was before", [done(1), over(1), done(3)], { a: 1 }],
    ["not where a person forced an edge", [done(1), taken(1, { edge: "e", forced: true }), over(1)], {}],
    ["not where the node goes elsewhere", [done(1), taken(1, { why: "goto" }), over(1)], {}],
    ["also where it sends tasks besides", [done(1), taken(1, { why: "send 2" }), over(1)], { a: 1 }],
    ["not where it failed", [{ ...failed(1), caught: true } as TraceDraft, over(1)], {}],
  ])("%s", (_name, drafts, expected) => {
    expect(Object.fromEntries(new RunTally(numbered(drafts)).tested)).toEqual(expected);
    for (let cut = 0; cut <= drafts.length; cut += 1) {
      const parts = new RunTally(numbered(drafts.slice(0, cut)));
      parts.merge(new RunTally(numbered(drafts.slice(cut))));
      expect(Object.fromEntries(parts.tested)).toEqual(expected);
    }
  });
});

describe("where something happened that people look for", () => {
  it("is known by kind, however long the run is, within a bound", () => {
    const edited = (superstep: number): TraceDraft => ({ type: "state-edited", superstep, values: {}, actor: "" });
    const { marks } = new RunTally(numbered([...Array(10_000).keys()].map(edited).concat({ ...retried, superstep: 5 })));
    const all = marks.of("byHand");
    expect(all.length).toBeLessThanOrEqual(1024);
    expect(all.length).toBeGreaterThan(256);
    expect([all[0], marks.of("failure")]).toEqual([0, []]);
  });
});

describe("the next attempt of a task", () => {
  const nextOf = (parts: readonly (readonly TraceDraft[])[]): readonly string[] => {
    const whole = new RunTally();
    for (const part of parts) whole.merge(new RunTally(numbered(part)));
    return [...(whole.nodes.get("a")?.newest?.next.keys() ?? [])];
  };

  it("is told where the parts of a trace are put together", () => expect(nextOf([[started()], [retried]])).toEqual(["1/a"]));

  it.each([
    ["has ended", [finished(4)]],
    ["has failed", [failed(4)]],
    ["was begun anew by another process", [started()]],
  ])("is void once a later part says that it %s", (_what, later) => expect(nextOf([[started(), retried], later])).toEqual([]));

  it("is that of the later part where it failed there again", () => {
    expect(
      nextOf([
        [started(), retried],
        [started(), retried],
      ]),
    ).toEqual(["1/a"]);
  });
});
