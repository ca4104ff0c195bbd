import { afterEach, describe, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import type { Given, Handlers } from "../unit/run/harness.js";
import { debug, type Debugged } from "./harness.js";

const number = { schema: { type: "number" }, default: 0 };
const loop: ShortGraph = {
  channels: { n: number, log: { schema: { type: "array" }, reducer: "append" } },
  nodes: { count: { label: "Count up" }, end: {} },
  edges: { begin: "@start -> count", again: "count -> count when n < 4.0", done: "count -> end else" },
};
const count: Handlers = { count: (state) => ({ n: Number(state["n"]) + 1, log: [{ at: state["n"] ?? null }] }), end: () => ({}) };

let debugged: Debugged;
const open = async (graph: ShortGraph, handlers: Handlers, given?: Given): Promise<Debugged> =>
  (debugged = await debug(graph, handlers, given));
afterEach(() => debugged.close());

describe("a run", () => {
  test("stops on entry, steps, goes back and on, and ends", async () => {
    const { launch, move, run, line } = methods(await open(loop, count));
    const entry = await launch({ stopOnEntry: true });
    expect(entry).toMatchObject({ reason: "entry", threads: { count: [`Count up:${line("count")}`] } });
    expect(await move("next")).toMatchObject({ reason: "step" });
    expect(run().channels["n"]).toBe(1);
    await move("next");
    expect(await move("stepBack")).toMatchObject({ reason: "step" });
    expect([run().channels["n"], run().frontier.superstep]).toEqual([1, 1]);
    expect((await move("continue")).reason).toBe("terminated");
    expect([run().status, run().channels["n"]]).toEqual(["completed", 4]);
  });

  test("stops at breakpoints of lines, forwards and backwards", async () => {
    const { launch, move, run, line } = methods(await open(loop, count));
    const at = (id: string, more = {}) => ({ line: line(id), ...more });
    const first = await launch({}, [at("count", { condition: "n == 2.0" }), at("done")]);
    expect(first).toMatchObject({ reason: "breakpoint", hits: [1] });
    expect(run().channels["n"]).toBe(2);
    expect(await move("continue")).toMatchObject({ reason: "breakpoint", hits: [2], threads: { end: [`end:${line("end")}`] } });
    expect(run().frontier.superstep).toBe(4);
    await move("reverseContinue");
    expect(run().channels["n"]).toBe(2);
    await move("reverseContinue");
    expect(run().frontier.superstep).toBe(0);
  });

  test("shows channels, writes and the run, one level at a time", async () => {
    const { launch, move, value } = methods(await open(loop, count));
    await launch({ stopOnEntry: true });
    await move("next");
    await move("next");
    expect(await value("Channels", "n")).toBe("2");
    expect(await value("Channels", "log")).toBe("list of 2");
    expect(await value("Channels", "log", "1", "at")).toBe("1");
    expect(await value("Writes", "count")).toBe("{n: 2, log: list of 1}");
    expect(await value("Run", "superstep")).toBe("2");
  });
});

describe("branches", () => {
  const fan: ShortGraph = {
    channels: { log: { schema: { type: "array" }, reducer: "append" } },
    nodes: { a: {}, b: {}, z: { join: "all" } },
    edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> z", e4: "b -> z" },
  };
  const named =
    (node: string): Handlers[string] =>
    () => ({ log: [node] });
  const handlers = { a: named("a"), b: named("b"), z: named("z") };

  test("are threads, and one is stepped alone", async () => {
    const { launch, client, move, run } = methods(await open(fan, handlers));
    expect(Object.keys((await launch({ stopOnEntry: true })).threads)).toEqual(["a", "b"]);
    const { threads } = (await client.threadsRequest()).body;
    const stop = await move("next", { threadId: threads[1]?.id, singleThread: true });
    expect(Object.keys(stop.threads)).toEqual(["a"]);
    expect(run().frontier.results.map(({ node }) => node)).toEqual(["b"]);
    expect(Object.keys((await move("next")).threads)).toEqual(["z"]);
    expect(run().channels["log"]).toEqual(["a", "b"]);
  });
});

describe("a subgraph", () => {
  const outer: ShortGraph = {
    channels: { n: number },
    nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner" }, z: {} },
    edges: { e1: "@start -> a", e2: "a -> sub", e3: "sub -> z" },
  };
  const inner: ShortGraph = { channels: { n: number }, nodes: { b: {}, c: {} }, edges: { e1: "@start -> b", e2: "b -> c" } };
  const add: Handlers[string] = (state) => ({ n: Number(state["n"]) + 1 });
  const handlers = { a: add, b: add, c: add, z: add };

  test("is stepped into, in and out of, with the frames around", async () => {
    const { launch, move, value } = methods(await open(outer, handlers, { graphs: { "./inner": inner } }));
    await launch({ stopOnEntry: true });
    await move("next");
    const inside = await move("stepIn");
    expect(Object.entries(inside.threads)).toEqual([["sub › b", [expect.stringMatching(/^b:/), expect.stringMatching(/^sub:/)]]]);
    const after = await move("next");
    expect(Object.keys(after.threads)).toEqual(["sub › c"]);
    expect(await value("Channels", "n")).toBe("2");
    expect(Object.keys((await move("stepOut")).threads)).toEqual(["z"]);
    expect(await value("Channels", "n")).toBe("3");
  });
});

/** The methods of a client, to be called without it. */
function methods(of: Debugged) {
  return {
    client: of.client,
    launch: of.launch.bind(of),
    move: of.move.bind(of),
    value: of.value.bind(of),
    line: of.line.bind(of),
    run: () => of.run,
  };
}
