import { describe, expect, test } from "vitest";
import type { RunSession } from "../../../runtime/index.js";
import type { Breakpoint, BreakPlace } from "../../../runtime/stepping/breakpoint.js";
import type { WatchedRun } from "../../../runtime/run/run-watch.js";
import { Breakpoints } from "../../../runtime/stepping/breakpoints.js";
import { BreakWatch } from "../../../runtime/stepping/break-watch.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, eventsOf, start, type Given, type Handlers } from "../run/harness.js";

const number = { schema: { type: "number" }, default: 0 };
/** Counts to `until`, and writes a word at the end. */
const loop = (until = 4): ShortGraph => ({
  channels: { n: number, word: { schema: { type: "string" } } },
  nodes: { count: {}, end: {} },
  edges: { begin: "@start -> count", again: `count -> count when n < ${until}.0`, done: "count -> end else" },
});
const handlers: Handlers = { count: (state) => ({ n: Number(state["n"]) + 1 }), end: () => ({ word: "done" }) };

/** Runs on from stop to stop, to the end: the superstep and what was met, for each. */
async function stopsOf(session: RunSession, watch: BreakWatch): Promise<readonly string[]> {
  const stops: string[] = [];
  while (session.status === "paused") {
    await session.continue();
    const met = watch.take().map(({ breakpoint, fault }) => fault ?? String(breakpoint.id));
    if (met.length > 0) stops.push(`${session.frontier.superstep}: ${met.join(" ")}`);
    else if (session.status === "paused") throw new Error("It stopped and met nothing.");
  }
  return stops;
}

function watched(graph: ShortGraph, all: readonly Breakpoint[], given: Given & { readonly input?: object } = {}, of = handlers) {
  const breakpoints = new Breakpoints();
  const told: string[] = [];
  const watch = new BreakWatch(breakpoints, nameOf, ({ log = "" }) => told.push(log));
  const { session } = start(graph, of, given as Given);
  breakpoints.set(MAIN, all);
  session.watch(watch);
  return { session, watch, breakpoints, told };
}

const MAIN = "main";
const nameOf = ({ within }: WatchedRun): string => within.at(-1) ?? MAIN;
const at = (place: BreakPlace, more: Partial<Breakpoint> = {}): Breakpoint => ({ id: 1, place, ...more });

describe("a run stops", () => {
  test.each<[string, Breakpoint, readonly string[]]>([
    ["before a node, each time it is due", at({ at: "before", node: "count" }), ["0: 1", "1: 1", "2: 1", "3: 1"]],
    ["before a node that is due once", at({ at: "before", node: "end" }), ["4: 1"]],
    ["after a node, with what it wrote in place", at({ at: "after", node: "count" }), ["1: 1", "2: 1", "3: 1", "4: 1"]],
    ["where an edge was tested, whatever that came to", at({ at: "tested", edge: "done" }), ["1: 1", "2: 1", "3: 1", "4: 1"]],
    ["where an edge is taken", at({ at: "taken", edge: "done" }), ["4: 1"]],
    ["where an edge is taken again and again", at({ at: "taken", edge: "again" }), ["1: 1", "2: 1", "3: 1"]],
    ["at an edge from the start", at({ at: "taken", edge: "begin" }), ["0: 1"]],
    ["where a channel is written", at({ at: "written", channel: "n" }), ["1: 1", "2: 1", "3: 1", "4: 1"]],
    ["only where a condition is true", at({ at: "before", node: "count" }, { condition: "n == 2.0" }), ["2: 1"]],
    ["by what the node wrote", at({ at: "after", node: "count" }, { condition: "output.n == 3.0" }), ["3: 1"]],
    ["by the superstep", at({ at: "written", channel: "n" }, { condition: "run.superstep % 2 == 0" }), ["2: 1", "4: 1"]],
    ["the third time", at({ at: "before", node: "count" }, { hits: "3" }), ["2: 1"]],
    ["each second time that a condition is true", at({ at: "after", node: "count" }, { condition: "n > 1.0", hits: "% 2" }), ["3: 1"]],
    ["nowhere in a node that never runs", at({ at: "before", node: "nobody" }), []],
  ])("%s", async (_name, breakpoint, stops) => {
    const { session, watch } = watched(loop(), [breakpoint]);
    expect(await stopsOf(session, watch)).toEqual(stops);
    expect([session.status, session.channels]).toEqual(["completed", { n: 4, word: "done" }]);
  });

  test("at a condition that fails, with the reason", async () => {
    const { session, watch } = watched(loop(2), [at({ at: "after", node: "count" }, { condition: "output.word == 'x'" })]);
    const [first] = await stopsOf(session, watch);
    expect(first).toMatch(/^1: .*word/);
  });

  test("once where several breakpoints meet, and says which", async () => {
    const all = [at({ at: "before", node: "count" }), { ...at({ at: "written", channel: "n" }), id: 2 }];
    const { session, watch } = watched(loop(2), all);
    expect(await stopsOf(session, watch)).toEqual(["0: 1", "1: 2 1", "2: 2"]);
  });

  test("and says why in the trace", async () => {
    const { session } = watched(loop(), [at({ at: "before", node: "end" })]);
    await session.continue();
    expect(session.trace.findLast(({ type }) => type === "run-paused")).toMatchObject({ reason: "breakpoint", superstep: 4 });
  });
});

test("a message is told, and the run goes on", async () => {
  const { session, watch, told } = watched(loop(3), [at({ at: "after", node: "count" }, { log: "n is {n}, wrote {output}" })]);
  expect(await stopsOf(session, watch)).toEqual([]);
  expect(told).toEqual(['n is 1, wrote {"n":1}', 'n is 2, wrote {"n":2}', 'n is 3, wrote {"n":3}']);
});

test("where somebody stands, going on does not stop again; going there again does", async () => {
  const { session, watch } = watched(loop(), [at({ at: "before", node: "count" })]);
  await session.continue();
  await session.step();
  watch.seen(session);
  await session.continue();
  expect(session.frontier.superstep).toBe(2);
  session.back();
  watch.seen(session);
  await session.continue();
  expect([session.frontier.superstep, watch.take().length]).toEqual([2, 3]);
});

test("counts stay while a breakpoint says the same, and begin anew where it says something else", async () => {
  const { session, watch, breakpoints } = watched(loop(8), [at({ at: "after", node: "count" }, { hits: "% 3" })]);
  await session.continue();
  breakpoints.set(MAIN, [at({ at: "after", node: "count" }, { hits: "% 3" }), { ...at({ at: "before", node: "end" }), id: 2 }]);
  await session.continue();
  expect(session.frontier.superstep).toBe(6);
  breakpoints.set(MAIN, [at({ at: "after", node: "count" }, { hits: "2" })]);
  await session.continue();
  expect([session.frontier.superstep, watch.take().map(({ breakpoint }) => breakpoint.id)]).toEqual([8, [1, 1, 1]]);
});

describe("a place in a channel", () => {
  const order: ShortGraph = {
    channels: { order: { schema: { type: "object" } }, log: { schema: { type: "array" }, reducer: "append" } },
    nodes: { a: {}, b: {}, c: {}, d: {} },
    edges: { s: "@start -> a", ab: "a -> b", bc: "b -> c", cd: "c -> d" },
  };
  const writing: Handlers = {
    a: () => ({ order: { items: [{ price: 1 }], note: "x" }, log: ["a"] }),
    b: () => ({ order: { items: [{ price: 1 }], note: "y" }, log: ["b"] }),
    c: () => ({ order: { items: [{ price: 2 }], note: "y" } }),
    d: () => ({}),
  };
  test.each<[channel: string, path: readonly string[], stops: readonly string[]]>([
    ["order", [], ["1: 1", "2: 1", "3: 1"]],
    ["order", ["items", "0", "price"], ["1: 1", "3: 1"]],
    ["order", ["items"], ["1: 1", "3: 1"]],
    ["order", ["note"], ["1: 1", "2: 1"]],
    ["log", ["1"], ["2: 1"]],
    ["order", ["nowhere"], []],
  ])("%s%j stops where another value stands there", async (channel, path, stops) => {
    const { session, watch } = watched(order, [at({ at: "written", channel, path })], {}, writing);
    watch.seen(session);
    expect(await stopsOf(session, watch)).toEqual(stops);
  });

  test("counts once where several write its channel", async () => {
    const fan: ShortGraph = {
      channels: order.channels ?? {},
      nodes: { a: {}, b: {}, c: {} },
      edges: { s: "@start -> a", t: "@start -> b", c: "a -> c" },
    };
    const logging: Handlers = { a: () => ({ log: ["a"] }), b: () => ({ log: ["b"] }), c: () => ({}) };
    const place: BreakPlace = { at: "written", channel: "log", path: ["0"] };
    const { session, watch, told } = watched(fan, [at(place, { log: "{log}" })], {}, logging);
    watch.seen(session);
    await session.continue();
    expect(told).toEqual(['["a","b"]']);
  });
});

describe("verdicts", () => {
  const of = (breakpoint: Breakpoint): string | undefined => {
    const breakpoints = new Breakpoints();
    breakpoints.set("g", [breakpoint]);
    return breakpoints.verdicts("g", compile(loop()).plan)[0]?.problem;
  };
  test.each<[Breakpoint, string | undefined]>([
    [at({ at: "before", node: "count" }, { condition: "n > 1.0", hits: ">= 2", log: "{n}" }), undefined],
    [at({ at: "taken", edge: "begin" }), undefined],
    [at({ at: "after", node: "gone" }), 'The graph has no node "gone".'],
    [at({ at: "tested", edge: "gone" }), 'The graph has no edge "gone".'],
    [at({ at: "written", channel: "gone" }), 'The graph has no channel "gone".'],
    [at({ at: "before", node: "count" }, { hits: "many" }), '"many" is no hit count: write 5, > 5, >= 5, < 5, <= 5 or % 5.'],
    [at({ at: "before", node: "count" }, { condition: "n + 1.0" }), "The condition is double, must be bool."],
    [at({ at: "before", node: "count" }, { log: "{n" }), "The message cannot be read: the brace at 1 is not closed."],
  ])("%j: %s", (breakpoint, problem) => {
    expect(of(breakpoint)).toBe(problem);
  });
});

describe("inside a subgraph", () => {
  const outer: ShortGraph = {
    channels: { n: number },
    nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner" }, z: {} },
    edges: { e1: "@start -> a", e2: "a -> sub", e3: "sub -> z" },
  };
  const inner: ShortGraph = { channels: { n: number }, nodes: { b: {}, c: {} }, edges: { e1: "@start -> b", e2: "b -> c" } };
  const add = (state: { readonly [name: string]: unknown }) => ({ n: Number(state["n"]) + 1 });
  const adding: Handlers = { a: add, b: add, c: add, z: add };

  test.each<[string, BreakPlace, readonly unknown[]]>([
    ["before its first node", { at: "before", node: "b" }, [1, 0]],
    ["before a later one", { at: "before", node: "c" }, [1, 1]],
    ["after its last one, it has ended", { at: "after", node: "c" }, []],
  ])("the run around stops with it: %s", async (_name, place, stops) => {
    const { session, watch, breakpoints } = watched(outer, [], { graphs: { "./inner": inner } }, adding);
    breakpoints.set("./inner", [at(place)]);
    await session.continue();
    const [met] = watch.take();
    const standing = met === undefined ? [] : [session.frontier.superstep, session.nested("2/sub")?.frontier.superstep];
    expect(standing).toEqual(stops);
    if (met !== undefined) await session.continue();
    expect([session.status, session.channels["n"], watch.take()]).toEqual(["completed", 4, []]);
    expect(eventsOf(session, "sub").filter((type) => type === "nested-run")).toHaveLength(1);
  });
});
