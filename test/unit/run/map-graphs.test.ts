import { describe, expect, test } from "vitest";
import { cloneRun, MemoryStore, RunSession, type Answer, type JsonObject, type JsonValue } from "../../../runtime/index.js";
import type { HandlerHost } from "../../../runtime/ports.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { turn } from "../../support/turn.js";
import { compile, eventsOf, offer, services, start, type Handlers } from "./harness.js";

const yes: Answer = { action: "approve", actor: "ann" };
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

/** A map whose items go through two nodes inside. */
function graphOf(fields: object = {}): ShortGraph {
  return {
    channels: { items: {}, plus: { schema: { type: "number" }, default: 100 }, out: { schema: { type: "array" } } },
    nodes: { m: { kind: "map", over: "items", graph: "./inner", output: "out", concurrency: 2, ...fields } },
    edges: { e1: "@start -> m" },
  };
}
const inner: ShortGraph = {
  channels: { it: {}, n: {}, plus: { schema: { type: "number" } }, x: {} },
  nodes: { a: {}, b: {} },
  edges: { e1: "@start -> a", e2: "a -> b" },
};
/** The same with a question between the two. */
const asking: ShortGraph = {
  ...inner,
  nodes: { a: {}, ask: { kind: "barrier", prompt: "Item {{it}}?" }, b: {} },
  edges: { e1: "@start -> a", e2: "a -> ask when n < 2.0", e3: "ask -> b on approve", e4: "ask -> @end on reject", e5: "a -> b else" },
};

/** What ran inside, as `NODE ITEM`, and handlers that write it down. */
function noting(more: Handlers = {}) {
  const ran: string[] = [];
  const noted = (node: string, value: (state: JsonObject) => JsonValue) => (state: JsonObject) => {
    ran.push(`${node} ${Number(state["n"])}`);
    return { x: value(state) };
  };
  const handlers: Handlers = { a: noted("a", ({ it }) => Number(it ?? 0) * 10), b: noted("b", ({ x }) => Number(x) + 1), ...more };
  return { ran, handlers, times: (what: string) => ran.filter((each) => each === what).length };
}

const result = { in: { it: "item", n: "index" }, result: "x" };

describe("a map that runs a graph", () => {
  test("gives each item a run of its own, and writes the results in their order", async () => {
    const { ran, handlers } = noting();
    const { session, services: given } = start(graphOf(result), handlers, { graphs: { "./inner": inner }, input: { items: [1, 2, 3] } });
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", [11, 21, 31]]);
    expect(ran.toSorted()).toEqual(["a 0", "a 1", "a 2", "b 0", "b 1", "b 2"]);
    expect(eventsOf(session, "m")).toEqual(["task-started", "nested-run", "nested-run", "nested-run", "task-finished"]);
    expect(session.trace.find((event) => event.type === "task-finished")).toMatchObject({ items: { total: 3, done: 3 } });
    expect(given.store.nested(session.id).map(({ parent }) => parent?.slot)).toEqual(["0", "1", "2"]);
    expect(given.store.runs().map(({ id }) => id)).toEqual([session.id]);
    expect(session.frontier.nested).toBeUndefined();
  });

  test("without `in` passes the properties of the item, and channels; without `result` gives all that has a value", async () => {
    const { handlers } = noting();
    const items = [{ it: 7, other: 1 }, { it: 8, plus: 3 }, 9];
    const { session } = start(graphOf(), handlers, { graphs: { "./inner": inner }, input: { items } });
    await session.continue();
    expect(session.channels["out"]).toEqual([
      { it: 7, plus: 100, x: 71 },
      { it: 8, plus: 3, x: 81 },
      { plus: 100, x: 1 },
    ]);
  });

  test("takes what `in` says", async () => {
    const { handlers } = noting();
    const fields = { in: { it: "item + plus", n: "index + 5.0" }, result: "{'x': x, 'n': n}" };
    const { session } = start(graphOf(fields), handlers, { graphs: { "./inner": inner }, input: { items: [1, 2] } });
    await session.continue();
    expect(session.channels["out"]).toEqual([
      { x: 1011, n: 5 },
      { x: 1021, n: 6 },
    ]);
  });

  test.each<readonly [what: string, fields: object, inside: ShortGraph | undefined, code: string]>([
    ["a graph that is not there", result, undefined, "GRAPH_MISSING"],
    ["a result that cannot be told", { ...result, result: "x.y" }, inner, "EXPRESSION"],
    ["a result over what is not inside", { ...result, result: "nope" }, inner, "EXPRESSION"],
    ["what goes in and cannot be told", { in: { it: "item.y" } }, inner, "EXPRESSION"],
    ["what goes in and does not fit", { in: { plus: "'text'" } }, inner, "INPUT_INVALID"],
  ])("fails with %s", async (_what, fields, inside, code) => {
    const { handlers } = noting();
    const { session } = start(graphOf(fields), handlers, {
      graphs: inside === undefined ? {} : { "./inner": inside },
      input: { items: [1, 2] },
    });
    await session.continue();
    expect([session.status, session.frontier.error?.code, session.frontier.error?.details?.["index"]]).toEqual([
      "failed",
      code,
      code === "GRAPH_MISSING" ? undefined : 0,
    ]);
  });

  test("an empty list runs nothing", async () => {
    const { session } = start(graphOf(result), {}, { graphs: { "./inner": inner }, input: { items: [] } });
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", []]);
  });

  test("contains itself, as deep as its lists", async () => {
    const tree: ShortGraph = {
      channels: { it: {}, sum: { schema: { type: "array" } } },
      nodes: { m: { kind: "map", over: "it.children", graph: "./tree", in: { it: "item" }, result: "sum", output: "sum" } },
      edges: { e: "@start -> m" },
    };
    const { session } = start(
      tree,
      {},
      { graphs: { "./tree": tree }, input: { it: { children: [{ children: [] }, { children: [{ children: [] }] }] } } },
    );
    await session.continue();
    expect(session.channels["sum"]).toEqual([[], [[]]]);
  });
});

describe("items that fail inside", () => {
  const odd = {
    a: (state: JsonObject) =>
      Number(state["it"]) % 2 === 1 ? Promise.reject(new Error(`odd ${Number(state["it"])}`)) : { x: state["it"] ?? null },
  };

  test("fail the node with the way to where it happened, and go on inside", async () => {
    const { ran, handlers } = noting();
    let broken = true;
    const b = (state: JsonObject) => {
      if (broken && state["n"] === 1) throw new Error("broken");
      ran.push(`b ${Number(state["n"])}`);
      return {};
    };
    const { session } = start(graphOf(result), { ...handlers, b }, { graphs: { "./inner": inner }, input: { items: [1, 2, 3] } });
    await session.continue();
    expect(session.frontier.error).toMatchObject({ message: "broken", details: { node: "m", index: 1, place: ["m", "b"] } });
    broken = false;
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", [10, 20, 30]]);
    expect(ran.filter((each) => each === "a 1")).toEqual(["a 1"]);
    expect(ran.filter((each) => each === "b 0")).toEqual(["b 0"]);
  });

  test.each([
    ["skip", [0, 2]],
    ["collect", [0, { error: { code: "HANDLER_FAILED", message: "odd 1", details: expect.objectContaining({ place: ["m", "a"] }) } }, 2]],
  ])("are passed over with `onError` %s", async (onError, out) => {
    const { session } = start(
      graphOf({ ...result, onError }),
      { ...odd, b: () => ({}) },
      { graphs: { "./inner": inner }, input: { items: upTo(3) } },
    );
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", out]);
  });

  test("are counted, and tried again in fresh runs", async () => {
    const tries: JsonValue[] = [];
    const a = (state: JsonObject) => {
      tries.push(state["n"] ?? null);
      if (state["n"] === 1 && tries.filter((each) => each === 1).length < 3) throw new Error("not yet");
      return { x: state["it"] ?? null };
    };
    const clock = new ManualClock();
    const graph = graphOf({ ...result, retry: { attempts: 3, delay: "1ms" } });
    const { session, services: given } = start(
      graph,
      { a, b: () => ({}) },
      { clock, graphs: { "./inner": inner }, input: { items: upTo(3) } },
    );
    const running = session.continue();
    for (let i = 0; i < 20; i += 1) {
      await turn();
      clock.advance(10);
    }
    await running;
    expect(session.channels["out"]).toEqual([0, 1, 2]);
    expect(given.store.nested(session.id).filter(({ parent }) => parent?.slot === "1")).toHaveLength(3);
    expect(session.trace.find((event) => event.type === "task-finished")).toMatchObject({
      items: { total: 3, done: 3, failed: 0, retried: 2 },
    });
  });

  test("with an error of the graph itself fail the node whatever the policy, and go on once that is mended", async () => {
    const graphs: Record<string, ShortGraph> = {};
    const { handlers } = noting();
    const { session } = start(graphOf({ ...result, onError: "skip" }), handlers, { graphs, input: { items: [1, 2] } });
    await session.continue();
    expect([session.status, session.frontier.error?.code]).toEqual(["failed", "GRAPH_MISSING"]);
    graphs["./inner"] = inner;
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", [11, 21]]);
  });

  test("with such an error from deeper inside are passed over as any", async () => {
    const deeper: ShortGraph = { ...inner, nodes: { a: {}, b: { kind: "subgraph", graph: "./gone" } } };
    const { handlers } = noting();
    const { session } = start(graphOf({ ...result, onError: "skip" }), handlers, { graphs: { "./inner": deeper }, input: { items: [1] } });
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", []]);
  });

  test("stop the list early where `stopWhen` says so, and what is behind leaves no trace", async () => {
    const { handlers } = noting();
    const { session } = start(graphOf({ ...result, stopWhen: "output == 11.0", concurrency: 3 }), handlers, {
      graphs: { "./inner": inner },
      input: { items: upTo(9) },
    });
    await session.continue();
    expect(session.channels["out"]).toEqual([1, 11]);
    expect(eventsOf(session, "m").filter((type) => type === "nested-run")).toHaveLength(2);
  });

  test("by taking too long are stopped", async () => {
    const clock = new ManualClock();
    const a = (state: JsonObject) => (state["n"] === 0 ? new Promise<JsonObject>(() => {}) : { x: 1 });
    const graph = graphOf({ ...result, onError: "skip", retry: { attempts: 1, timeout: "1s" } });
    const { session } = start(graph, { a, b: () => ({}) }, { clock, graphs: { "./inner": inner }, input: { items: upTo(2) } });
    const running = session.continue();
    for (let i = 0; i < 20; i += 1) {
      await turn();
      clock.advance(1000);
    }
    await running;
    expect([session.status, session.channels["out"]]).toEqual(["completed", [1]]);
  });
});

describe("questions from inside", () => {
  const graphs = { "./inner": asking };

  test("are keyed by item, and each answer lets its item go on", async () => {
    const { handlers, times } = noting();
    const { session } = start(graphOf(result), handlers, { graphs, input: { items: upTo(4) } });
    await session.continue();
    expect(session.status).toBe("waiting");
    expect(session.openQuestions.map(({ key, prompt, node }) => [key, prompt, node])).toEqual([
      ["m/0/ask", "Item 0?", "m"],
      ["m/1/ask", "Item 1?", "m"],
    ]);
    session.decide("m/1/ask", { action: "reject", actor: "ann" });
    await session.continue();
    expect([session.status, session.openQuestions.map(({ key }) => key), times("b 1")]).toEqual(["waiting", ["m/0/ask"], 0]);
    session.decide("m/0/ask", yes);
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", [1, 10, 21, 31]]);
    expect(["a 0", "a 1", "a 2", "a 3", "b 0", "b 2", "b 3"].map(times)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect([session.frontier.questions, session.frontier.decisions]).toEqual([[], {}]);
  });

  test("are answered early, and after a restart", async () => {
    const { handlers, times } = noting();
    const { session, services: given } = start(graphOf(result), handlers, { graphs, run: "r", input: { items: upTo(3) } });
    session.decide("m/1/ask", yes);
    await session.continue();
    expect(session.openQuestions.map(({ key }) => key)).toEqual(["m/0/ask"]);
    const again = RunSession.resume("r", compile(graphOf(result)), services(handlers, { store: given.store, graphs }));
    expect(again.status).toBe("waiting");
    again.decide("m/0/ask", yes);
    await again.continue();
    expect([again.status, again.channels["out"]]).toEqual(["completed", [1, 11, 21]]);
    expect(["a 0", "a 1", "a 2"].map(times)).toEqual([1, 1, 1]);
  });

  test("a checkpoint in the middle of the list has it as it was", async () => {
    const { handlers, ran } = noting();
    const { session } = start(graphOf(result), handlers, { graphs, input: { items: upTo(4) } });
    await session.continue();
    const asked = session.head;
    for (const key of ["m/0/ask", "m/1/ask"]) session.decide(key, yes);
    await session.continue();
    ran.length = 0;
    session.restore(asked);
    expect(session.openQuestions.map(({ key }) => key)).toEqual(["m/0/ask", "m/1/ask"]);
    for (const key of ["m/0/ask", "m/1/ask"]) session.decide(key, { action: "reject", actor: "ann" });
    await session.continue();
    expect([session.channels["out"], ran]).toEqual([[0, 10, 21, 31], []]);
  });

  test("a copy of the history goes on by itself", async () => {
    const { handlers, ran } = noting();
    const { session, services: given } = start(graphOf(result), handlers, { graphs, input: { items: upTo(3) } });
    await session.continue();
    ran.length = 0;
    const copy = RunSession.resume(
      cloneRun(session.head, given),
      compile(graphOf(result)),
      services(handlers, { store: given.store, graphs }),
    );
    for (const key of ["m/0/ask", "m/1/ask"]) copy.decide(key, yes);
    await copy.continue();
    expect([copy.status, copy.channels["out"], ran.toSorted()]).toEqual(["completed", [1, 11, 21], ["b 0", "b 1"]]);
    expect(session.openQuestions).toHaveLength(2);
  });
});

/** Handlers whose node `b` waits, by item, until it is told to end. */
function byHand() {
  const { ran, handlers, times } = noting();
  const open = new Map<JsonValue, () => void>();
  const b = (state: JsonObject) =>
    new Promise<JsonObject>((resolve) => {
      ran.push(`b ${Number(state["n"])}`);
      open.set(state["n"] ?? null, () => resolve({ x: Number(state["x"]) + 1 }));
    });
  const finish = async (...indexes: readonly number[]) => {
    for (const index of indexes) open.get(index)?.();
    await turn();
  };
  return { ran, times, handlers: { ...handlers, b }, finish };
}

/** A run over five items of which these have finished; the next two are at work in `b`. */
async function begunRun(finished: readonly number[] = [0, 1], fields: object = result) {
  const clock = new ManualClock();
  const hand = byHand();
  const graphs: Record<string, ShortGraph> = { "./inner": inner };
  const { session, services: given } = start(graphOf(fields), hand.handlers, { clock, graphs, run: "r", input: { items: upTo(5) } });
  const running = session.continue();
  await turn();
  await hand.finish(...finished);
  clock.advance(0);
  await turn();
  return { session, running, store: given.store, clock, graphs, ...hand };
}

/** Goes on in a new session in which nothing waits. */
async function resumed(store: MemoryStore, fields: object = result, run = "r", inside = inner) {
  const { ran, handlers } = noting();
  const session = RunSession.resume(run, compile(graphOf(fields)), services(handlers, { store, graphs: { "./inner": inside } }));
  await session.continue();
  return { session, ran: ran.toSorted(), out: session.channels["out"] };
}

const allDone = [1, 11, 21, 31, 41];

describe("a run that is left in the middle of the list", () => {
  test("by a kill: finished items are not begun again, and those begun go on inside", async () => {
    const { store } = await begunRun();
    const standing = RunSession.resume("r", compile(graphOf(result)), services({}, { store, graphs: { "./inner": inner } }));
    expect(standing.frontier.nested?.map(({ slot }) => slot)).toEqual(["2", "3"]);
    const { ran, out } = await resumed(store);
    expect([out, ran]).toEqual([allDone, ["a 4", "b 2", "b 3", "b 4"]]);
  });

  test("by a kill before any item was saved", async () => {
    const { store } = await begunRun([]);
    const { ran, out } = await resumed(store);
    expect([out, ran]).toEqual([allDone, ["a 2", "a 3", "a 4", "b 0", "b 1", "b 2", "b 3", "b 4"]]);
  });

  test("by a drain: the runs inside stop at their next boundary, and nothing more begins", async () => {
    const { session, running, store, finish, times } = await begunRun([]);
    const drained = session.drain();
    await finish(0);
    await finish(1);
    await running;
    await drained;
    expect([session.status, session.frontier.open]).toEqual(["paused", true]);
    expect(times("a 2")).toBe(0);
    const { out } = await resumed(store);
    expect(out).toEqual(allDone);
  });

  test("by a drain while the first node inside is at work: the second does not begin", async () => {
    const release = Promise.withResolvers<void>();
    const { ran, handlers } = noting();
    const a = async (state: JsonObject) => {
      await release.promise;
      ran.push(`a ${Number(state["n"])}`);
      return { x: Number(state["it"]) * 10 };
    };
    const { session } = start(graphOf(result), { ...handlers, a }, { graphs: { "./inner": inner }, input: { items: upTo(5) } });
    const running = session.continue();
    await turn();
    void session.drain();
    release.resolve();
    await running;
    expect([session.status, ran, session.frontier.nested?.map(({ slot }) => slot)]).toEqual(["paused", ["a 0", "a 1"], ["0", "1"]]);
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", allDone]);
    expect(ran.toSorted()).toEqual(
      upTo(5)
        .flatMap((n) => [`a ${n}`, `b ${n}`])
        .toSorted(),
    );
  });

  test("by a stop: nothing runs any more", async () => {
    const { session, running, store } = await begunRun();
    await session.stop();
    await running;
    expect(session.status).toBe("cancelled");
    expect(store.nested("r").map(({ parent }) => parent?.slot)).toEqual(["0", "1", "2", "3"]);
  });

  test("in a copy of its history", async () => {
    const { session, running, store, clock } = await begunRun();
    await session.dispose();
    await running;
    let ids = 0;
    const copy = cloneRun(session.head, { store, clock, ids: { next: () => `copy${(ids += 1)}` } });
    expect((await resumed(store, result, copy)).ran).toEqual(["a 4", "b 2", "b 3", "b 4"]);
  });

  test("over another list: what was begun is left behind, also if that is left in turn", async () => {
    const { session, running, store } = await begunRun();
    await session.dispose();
    await running;
    const other = { ...result, over: "items.map(i, i + 5.0)" };
    const hand = byHand();
    const second = RunSession.resume("r", compile(graphOf(other)), services(hand.handlers, { store, graphs: { "./inner": inner } }));
    void second.continue();
    await turn();
    expect(hand.ran).toEqual(["a 0", "a 1", "b 0", "b 1"]);
    const { ran, out } = await resumed(store, other);
    expect([out, ran]).toEqual([
      [51, 61, 71, 81, 91],
      ["a 2", "a 3", "a 4", "b 0", "b 1", "b 2", "b 3", "b 4"],
    ]);
  });

  test("with the other graph edited so that it cannot go on: that fails the node until it is undone", async () => {
    const fields = { ...result, onError: "skip" };
    const { session, running, store } = await begunRun([0, 1], fields);
    await session.dispose();
    await running;
    const without: ShortGraph = { ...inner, nodes: { b: {} }, edges: { e1: "@start -> b" } };
    const first = await resumed(store, fields, "r", without);
    expect([first.session.status, first.session.frontier.error?.code]).toEqual(["failed", "NOT_RESUMABLE"]);
    expect((await resumed(store, fields)).out).toEqual(allDone);
  });
});

test("a checkpoint from inside an item's run takes the list back to that item", async () => {
  const { ran, handlers } = noting();
  const { session, services: given } = start(graphOf(result), handlers, { graphs: { "./inner": inner }, input: { items: upTo(3) } });
  await session.continue();
  const run = given.store.nested(session.id).find(({ parent }) => parent?.slot === "1")?.id ?? "";
  const afterA = given.store.list(run).find(({ superstep, status }) => superstep === 1 && status === "running")?.id ?? "";
  ran.length = 0;
  session.restore(afterA, { mode: "live" });
  expect(session.nested("1/m", "1")?.channels["x"]).toBe(10);
  await session.continue();
  expect([session.status, session.channels["out"]]).toEqual(["completed", [1, 11, 21]]);
  expect(ran.filter((each) => each.endsWith(" 1"))).toEqual(["b 1"]);
});

test("a checkpoint from inside a finished item, whose result no checkpoint has yet, takes only that item back", async () => {
  const { store, clock, session, running } = await begunRun([0, 1]);
  await session.dispose();
  await running;
  const { ran, handlers } = noting();
  const again = RunSession.resume("r", compile(graphOf(result)), services(handlers, { store, clock, graphs: { "./inner": inner } }));
  const run = store.nested("r").find(({ parent }) => parent?.slot === "0")?.id ?? "";
  const afterA = store.list(run).find(({ superstep, status }) => superstep === 1 && status === "running")?.id ?? "";
  again.restore(afterA, { mode: "live" });
  await again.continue();
  expect([again.status, again.channels["out"]]).toEqual(["completed", allDone]);
  expect(ran.filter((each) => each.endsWith(" 0"))).toEqual(["b 0"]);
});

test("stepping into the map moves the runs of the items at work by one superstep", async () => {
  const { ran, handlers } = noting();
  const { session } = start(graphOf(result), handlers, { graphs: { "./inner": inner }, input: { items: upTo(3) } });
  await session.stepInto("1/m");
  expect([ran, session.frontier.nested?.map(({ slot }) => slot)]).toEqual([[], ["0", "1"]]);
  await session.stepInto("1/m");
  expect(ran).toEqual(["a 0", "a 1"]);
  await session.nested("1/m", "1")?.step();
  expect(ran).toEqual(["a 0", "a 1", "b 1"]);
  await session.continue();
  expect([session.status, session.channels["out"], ran.filter((each) => each === "b 1")]).toEqual(["completed", [1, 11, 21], ["b 1"]]);
});

test("a soft recompile between the items keeps what stands", async () => {
  const { session, running, finish, ran } = await begunRun([0, 1]);
  void session.drain();
  await finish(2, 3);
  await running;
  offer(session, graphOf({ ...result, label: "M", concurrency: 1 }));
  const again = session.continue();
  for (let i = 0; i < 5; i += 1) await finish(2, 3, 4);
  await again;
  expect([session.status, session.channels["out"]]).toEqual(["completed", allDone]);
  expect(new Set(ran).size).toBe(ran.length);
});

test("stepping deeper moves the runs that have that task due, and leaves the others", async () => {
  const { ran, handlers } = noting();
  const { session } = start(graphOf(result), handlers, { graphs: { "./inner": inner }, input: { items: upTo(2) } });
  await session.stepInto("1/m");
  await session.nested("1/m", "0")?.step();
  expect(ran).toEqual(["a 0"]);
  await session.stepInto("1/m", "2/b");
  expect(ran).toEqual(["a 0", "b 0"]);
});

test("a long list leaves nothing of its runs in checkpoints, and lets go of each that has ended", async () => {
  const { handlers } = noting();
  const released = new Set<string>();
  let before = 0;
  const a = (state: JsonObject) => {
    if (state["n"] === 299) before = released.size;
    return { x: 1 };
  };
  const graphs = { "./inner": inner };
  const given = services({ ...handlers, a }, { graphs });
  const hosts: HandlerHost = {
    call: given.handlers.call.bind(given.handlers),
    release: (run) => void released.add(run),
    dispose: () => Promise.resolve(),
  };
  const graph = compile(graphOf({ ...result, concurrency: 1 }));
  const session = RunSession.start(graph, { graph: "test", input: { items: upTo(300) } }, { ...given, handlers: hosts });
  await session.continue();
  expect([session.channels["out"]].flat()).toHaveLength(300);
  expect(before).toBe(299);
  expect(given.store.list(session.id).every(({ bytes }) => bytes < 20_000)).toBe(true);
});
