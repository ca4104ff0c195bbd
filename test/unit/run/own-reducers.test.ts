import { describe, expect, test } from "vitest";
import { rebuild } from "../../../runtime/checkpoint/rebuild.js";
import { cloneRun, type MemoryStore, RunSession, type InProcessReducer, type JsonValue } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { turn } from "../../support/turn.js";
import { compile, offer, services, start, tasksRun, type Handlers } from "./harness.js";

const own = { schema: { type: "array", items: { type: "number" } }, reducer: { handler: "./top.ts#two" } };
const graph: ShortGraph = {
  channels: { best: own, seen: {} },
  nodes: { a: {}, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> c when best[0] > 5 && output.best == 3" },
};
const lone: ShortGraph = { ...graph, edges: { e1: "@start -> a" } };
const handlers: Handlers = { a: () => ({ best: 3 }), b: () => ({ best: 9 }), c: ({ best }) => ({ seen: best ?? null, best: 7 }) };

type Calls = (readonly [value: JsonValue | undefined, write: JsonValue])[];

/** Keeps the two largest numbers, and notes what it was called with. */
function twoLargest(calls: Calls = []): InProcessReducer {
  return async (value: readonly number[] | undefined, write: number) => {
    calls.push([value, write]);
    return [...(value ?? []), write].toSorted((x, y) => y - x).slice(0, 2);
  };
}

const begin = (
  two: InProcessReducer,
  options: { readonly input?: { best?: JsonValue }; readonly of?: ShortGraph; readonly by?: Handlers } = {},
) =>
  start(options.of ?? graph, options.by ?? handlers, {
    run: "r",
    reducers: { "top#two": two },
    ...(options.input === undefined ? {} : { input: options.input }),
  });

/** The run of another program that has the same store. */
const reopened = (store: MemoryStore, two: InProcessReducer, by: Handlers = handlers, of = graph): RunSession =>
  RunSession.resume("r", compile(of), services(by, { store, reducers: { "top#two": two } }));

const broken: InProcessReducer = () => {
  throw new Error("out of order");
};
/** Handlers that note when they run. */
function counted(ran: string[]): Handlers {
  return { a: () => (ran.push("a"), { best: 3 }), b: () => (ran.push("b"), { best: 9 }), c: () => ({}) };
}
const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

describe("a reducer of the user's", () => {
  test("folds what a superstep wrote in task order; routes and the next superstep see the value, `output` the write", async () => {
    const calls: Calls = [];
    const slow: Handlers = { ...handlers, a: async () => (await turn(), await turn(), { best: 3 }) };
    const { session } = begin(twoLargest(calls), { by: slow });
    await session.continue();
    expect([session.frontier.error, session.status]).toEqual([undefined, "completed"]);
    expect(calls).toEqual([
      [undefined, 3],
      [[3], 9],
      [[9, 3], 7],
    ]);
    expect(session.channels).toEqual({ best: [9, 7], seen: [9, 3] });
  });

  test("is not needed to rebuild what it made", async () => {
    const { session, services: given } = begin(twoLargest(), { input: { best: 1 } });
    const states = [[session.head, JSON.stringify(session.channels)]];
    while (session.status === "paused") {
      await session.step();
      states.push([session.head, JSON.stringify(session.channels)]);
    }
    expect(session.status).toBe("completed");
    for (const [head = "", values] of states) expect(JSON.stringify(rebuild(head, (id) => given.store.load(id)).values)).toBe(values);
    expect(reopened(given.store, broken).channels).toEqual(session.channels);
  });

  test("starts from the default", async () => {
    const { session } = begin(twoLargest(), { of: { ...lone, channels: { ...lone.channels, best: { ...own, default: [2] } } } });
    await session.continue();
    expect(session.channels["best"]).toEqual([3, 2]);
  });

  test("counts in the budget on the state by what it made, not by what was written", async () => {
    const of = { ...lone, channels: { best: { reducer: own.reducer } }, limits: { stateBytes: "4KB" } };
    for (const [write, made, outcome] of [
      ["small", "x".repeat(20_000), ["failed", "STATE_BUDGET"]],
      ["x".repeat(20_000), "small", ["completed", undefined]],
    ] as const) {
      const { session } = begin(() => made, { of, by: { a: () => ({ best: write }) } });
      await session.continue();
      expect([session.status, session.frontier.error?.code]).toEqual(outcome);
    }
  });

  test("folds several channels of one superstep side by side, each in its own order", async () => {
    const names = Array.from({ length: 20 }, (_, i) => `c${i}`);
    const channels = Object.fromEntries(names.map((name) => [name, { reducer: { handler: "./list.ts" }, default: [] }]));
    const nodes = Object.fromEntries(["a", "b", "c"].map((node) => [node, {}]));
    const by = Object.fromEntries(
      ["a", "b", "c"].map((node) => [node, () => Object.fromEntries(names.map((name) => [name, node + name]))]),
    );
    let [now, most] = [0, 0];
    const list: InProcessReducer = async (value, write) => {
      most = Math.max(most, (now += 1));
      await turn();
      now -= 1;
      return [...(value as readonly string[]), write];
    };
    const { session } = start({ channels, nodes, edges: { x: "@start -> a", y: "@start -> b", z: "@start -> c" } }, by, {
      reducers: { list },
    });
    await session.continue();
    expect(session.channels).toEqual(Object.fromEntries(names.map((name) => [name, [`a${name}`, `b${name}`, `c${name}`]])));
    expect(most).toBe(20);
  });

  test("does not fold what was refused", async () => {
    const calls: Calls = [];
    const caught = { ...lone, edges: { e1: "@start -> a", e2: "a -> b on @error", e3: "a -> c" } };
    const { session } = begin(twoLargest(calls), { of: caught, by: { ...handlers, a: () => ({ best: 3, nowhere: 1 }) } });
    await session.continue();
    expect([session.status, session.channels["best"], calls.length]).toEqual(["completed", [9], 1]);
  });
});

describe("a reducer that fails", () => {
  test("fails the run; mended, it folds again and no task runs again", async () => {
    const ran: string[] = [];
    const { session, services: given } = begin(broken, { by: counted(ran) });
    await session.continue();
    expect([session.status, session.frontier.error]).toMatchObject([
      "failed",
      {
        code: "REDUCER_FAILED",
        message: 'The reducer ./top.ts#two of channel "best" failed on what node "a" wrote: out of order',
        details: { channel: "best", reducer: "./top.ts#two", node: "a", cause: "HANDLER_FAILED" },
      },
    ]);
    await session.continue();
    expect(session.status).toBe("failed");
    const again = reopened(given.store, twoLargest(), counted(ran));
    await again.continue();
    expect([again.status, again.channels["best"], ran]).toEqual(["completed", [9, 3], ["a", "b"]]);
  });

  test("names the node whose write it failed on", async () => {
    const { session } = begin((_value, write) => (write === 9 ? broken(undefined, write, undefined as never) : [write]));
    await session.continue();
    expect(session.frontier.error?.details).toMatchObject({ node: "b", channel: "best" });
  });

  test("leaves the finished task finished also if its program dies with it, and stops when it is told to", async () => {
    const { promise: called, resolve } = Promise.withResolvers<void>();
    const hanging: InProcessReducer = () => (resolve(), new Promise<never>(() => {}));
    const ran: string[] = [];
    const { session, services: given } = begin(hanging, { of: lone, by: counted(ran) });
    const driven = session.continue();
    await called;
    // What another program would find now.
    const clone = cloneRun(session.head, given, "copy");
    const other = RunSession.resume(
      clone,
      compile(lone),
      services(counted(ran), { store: given.store, reducers: { "top#two": twoLargest() } }),
    );
    expect(other.frontier.results.map(({ node }) => node)).toEqual(["a"]);
    await other.continue();
    await session.stop();
    await driven;
    expect([other.status, other.channels["best"], session.status, ran]).toEqual(["completed", [3], "cancelled", ["a"]]);
  });

  test("does not hang for ever", async () => {
    const timed = { ...lone, channels: { best: { ...own, reducer: { ...own.reducer, timeout: "2s" } } } };
    const { promise: called, resolve } = Promise.withResolvers<void>();
    const { session, clock } = begin(() => (resolve(), new Promise<never>(() => {})), { of: timed });
    const driven = session.continue();
    await called;
    clock.advance(2000);
    await driven;
    expect(session.frontier.error).toMatchObject({
      code: "REDUCER_FAILED",
      message: 'The reducer ./top.ts#two of channel "best" failed on what node "a" wrote: it did not end within 2000 ms.',
      details: { cause: "TIMED_OUT" },
    });
  });

  const wrong: readonly [string, InProcessReducer, object][] = [
    ["a value that does not fit", () => [1, "2"], { cause: "CHANNEL_SCHEMA", path: "/1" }],
    ["nothing", () => undefined, { cause: "HANDLER_RESULT" }],
    ["what is not JSON", () => [new Date(0)], { cause: "HANDLER_RESULT", path: "value[0]" }],
    ["what it was given, changed", (value) => ((value as number[]).push(1), value), { cause: "HANDLER_FAILED" }],
  ];
  test.each(wrong)("may not give %s", async (_name, two, details) => {
    const of = { ...lone, channels: { ...lone.channels, best: { ...own, default: [1] } } };
    const { session } = begin(two, { of });
    await session.continue();
    expect(session.frontier.error).toMatchObject({ code: "REDUCER_FAILED", details: { ...details, channel: "best", node: "a" } });
  });

  test("may not change what it made itself: one write and two behave alike", async () => {
    const { session } = begin((value, write) => (value === undefined ? [write] : ((value as JsonValue[]).push(write), value)));
    await session.continue();
    expect(session.frontier.error).toMatchObject({ code: "REDUCER_FAILED", details: { cause: "HANDLER_FAILED", node: "b" } });
  });

  test("is missing, or `undefined` is written to it", async () => {
    const { session } = start(lone, handlers, {});
    await session.continue();
    expect(session.frontier.error).toMatchObject({ code: "REDUCER_FAILED", details: { cause: "HANDLER_MISSING" } });
    const { session: other } = begin(twoLargest(), { of: lone, by: { a: () => ({ best: undefined }) } });
    await other.continue();
    expect(other.frontier.error).toMatchObject({ code: "CHANNEL_SCHEMA", details: { node: "a", channel: "best" } });
  });
});

describe("what people write to a channel of an own reducer", () => {
  test("as input is folded when the run goes on, in the first step", async () => {
    const calls: Calls = [];
    const { session, services: given } = begin(twoLargest(calls), { input: { best: 1 } });
    expect([session.status, session.channels, calls]).toEqual(["paused", {}, []]);
    const again = reopened(given.store, twoLargest(calls));
    await again.step();
    expect([again.channels["best"], calls.map(([, write]) => write), tasksRun(again)]).toEqual([[9, 3], [1, 3, 9], [[1, ["a", "b"]]]]);
  });

  test("as input may be refused by the reducer: the run fails, and goes on with it once mended, or with other input", async () => {
    for (const repair of [undefined, { best: 4 }]) {
      const { session, services: given } = begin(broken, { of: lone, input: { best: 1 } });
      await session.continue();
      expect([session.status, session.frontier.error]).toMatchObject(["failed", { code: "REDUCER_FAILED", details: { node: "@start" } }]);
      const again = reopened(given.store, twoLargest(), handlers, lone);
      if (repair !== undefined) again.input(repair);
      await again.continue();
      expect([again.status, again.channels["best"]]).toEqual(["completed", repair === undefined ? [3, 1] : [4, 3]]);
    }
  });

  test("as new input, and as a node, is folded; the node's routes see it; only one at a time", async () => {
    const { session } = begin(twoLargest(), { of: { ...graph, edges: { e1: "@start -> b", e3: "a -> c when best[0] > 5" } } });
    await session.continue();
    expect([session.status, session.channels["best"]]).toEqual(["completed", [9]]);
    session.editAs("a", { writes: { best: 8 } }, "ann");
    expect(() => session.input({ best: 1 })).toThrow(code("FOLD_PENDING"));
    expect(() => session.editAs("b", { writes: {} })).toThrow(code("FOLD_PENDING"));
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { best: [9, 8], seen: [9, 8] }]);
    session.input({ best: 10 });
    await session.continue();
    expect([session.status, session.channels["best"]]).toEqual(["completed", [10, 9]]);
    expect(session.trace.filter((event) => event.type === "edited" || event.type === "input").map(({ superstep }) => superstep)).toEqual([
      2, 4,
    ]);
  });

  test("as a node is refused when it is given, where that can be known", async () => {
    const { session } = begin(twoLargest());
    await session.step();
    const before = session.head;
    expect(() => session.editAs("a", { writes: { best: 8 }, action: "unheard" })).toThrow(code("UNKNOWN_ACTION"));
    expect(() => session.editAs("a", { writes: { best: 8, none: 1 } })).toThrow(code("INPUT_INVALID"));
    expect([session.head, session.status]).toEqual([before, "paused"]);
  });

  test("as a node that the graph then loses blocks the run until the edit is undone", async () => {
    const { session } = begin(twoLargest(), { of: lone });
    session.editAs("c", { writes: { best: 8 } });
    offer(session, { channels: { ...lone.channels }, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a" } });
    expect(session.blocked?.code).toBe("NOT_RESUMABLE");
    offer(session, lone);
    await session.continue();
    expect([session.status, session.channels["best"]]).toEqual(["completed", [8]]);
  });

  test("as a node never makes that node run, also where an edit keeps it from finishing", async () => {
    const ran: string[] = [];
    const going: ShortGraph = { ...lone, edges: { e1: "@start -> b", e2: "a -> c on go" } };
    const { session } = begin(twoLargest(), { of: going, by: counted(ran) });
    session.editAs("a", { writes: { best: 8 }, action: "go" });
    offer(session, { ...going, edges: { e1: "@start -> b", e2: "a -> c on stay" } });
    for (let tries = 0; tries < 2; tries += 1) {
      await session.continue();
      expect([session.status, session.frontier.error?.code, ran]).toEqual(["failed", "UNKNOWN_ACTION", []]);
    }
    offer(session, going);
    await session.continue();
    expect([session.status, session.channels["best"], ran]).toEqual(["completed", [8], []]);
  });

  test("takes the edge that is forced", async () => {
    const { session } = begin(twoLargest(), { input: { best: 1 } });
    session.force("e2");
    await session.step();
    expect(tasksRun(session)).toEqual([[1, ["b"]]]);
  });
});

describe("a subgraph and own reducers", () => {
  const graphOf = (node: object, channels: ShortGraph["channels"] = { best: own }): ShortGraph => ({
    channels: { ...channels },
    nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner", ...node } },
    edges: { e1: "@start -> a", e2: "a -> sub" },
  });
  const inner: ShortGraph = { channels: { best: own, seen: {} }, nodes: { c: {} }, edges: { e1: "@start -> c" } };
  const run = async (outer: ShortGraph, by: Handlers = handlers, calls: Calls = []): Promise<RunSession> => {
    const { session } = start(outer, by, { reducers: { "top#two": twoLargest(calls) }, graphs: { "./inner": inner } });
    await session.continue();
    return session;
  };

  test("a first value is the value and no write: it is not folded, and kept", async () => {
    const calls: Calls = [];
    const session = await run(graphOf({ in: { best: "[4.0]" }, out: { best: "best[0]" } }), handlers, calls);
    expect([session.frontier.error, session.status]).toEqual([undefined, "completed"]);
    expect(calls).toEqual([
      [undefined, 3],
      [[4], 7],
      [[3], 7],
    ]);
    expect(session.channels["best"]).toEqual([7, 3]);
  });

  test("a first value that does not fit is refused, though no reducer sees it", async () => {
    const session = await run(graphOf({ in: { best: "['x']" }, out: {} }));
    expect(session.frontier.error).toMatchObject({ message: expect.stringContaining('Channel "best" cannot start from') as string });
  });

  test("a channel that both fold by own reducers is given and, once changed, not written back by guess", async () => {
    const session = await run(graphOf({}));
    expect(session.frontier.error).toMatchObject({ code: "SHARED_REDUCER", details: { node: "sub", channel: "best" } });
    expect(session.channels["best"]).toEqual([3]);
    const unchanged = await run(graphOf({}), { ...handlers, c: ({ best }) => ({ seen: best ?? null }) });
    expect([unchanged.status, unchanged.channels]).toEqual(["completed", { best: [3] }]);
  });

  test("one that only the inner graph folds so is written as its value", async () => {
    const session = await run(graphOf({}, { best: {} }), { ...handlers, a: () => ({ best: [1] }) });
    expect([session.status, session.channels]).toEqual(["completed", { best: [7, 1] }]);
  });
});
