import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { cloneRun, MemoryStore, RunSession, type Answer, type JsonValue } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { turn } from "../../support/turn.js";
import { compile, offer, services, start, type Handlers } from "./harness.js";

type Ctx = HandlerContext<{ item: number; index: number }>;

function graphOf(fields: object = {}, more: Partial<ShortGraph> = {}): ShortGraph {
  return {
    channels: { items: {}, out: { schema: { type: "array" } } },
    nodes: { m: { kind: "map", over: "items", handler: "./m.ts", output: "out", concurrency: 2, ...fields } },
    edges: { e1: "@start -> m" },
    ...more,
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const yes: Answer = { action: "answer", value: "yes", actor: "test" };

/** Items that are begun one by one and finish when they are told to. */
function byHand() {
  const begun: number[] = [];
  const open = new Map<number, { resolve: (value: JsonValue) => void; reject: (error: Error) => void }>();
  const handlers: Handlers = {
    m: (_state, ctx) => {
      const { index } = (ctx as unknown as Ctx).input;
      begun.push(index);
      return new Promise((resolve, reject) => open.set(index, { resolve, reject }));
    },
  };
  return {
    handlers,
    begun,
    finish: async (...indexes: number[]) => {
      for (const index of indexes) open.get(index)?.resolve(index * 10);
      await turn();
    },
    fail: async (index: number) => {
      open.get(index)?.reject(new Error(`item ${index}`));
      await turn();
    },
  };
}

/** A map over five items of which some are finished and saved. */
async function begunRun(fields: object = {}, finished: readonly number[] = [0, 1]) {
  const clock = new ManualClock();
  const hand = byHand();
  const { session, services: given } = start(graphOf(fields), hand.handlers, { clock, run: "r", input: { items: upTo(5) } });
  const running = session.continue();
  await turn();
  await hand.finish(...finished);
  clock.advance(0);
  return { session, running, store: given.store, clock, ...hand };
}

/** Goes on with a run in a new session, in which every item finishes at once. */
async function resumed(store: MemoryStore, fields: object = {}, run = "r") {
  const called: number[] = [];
  const handlers: Handlers = { m: (_state, ctx) => (called.push((ctx as unknown as Ctx).input.index), "new") };
  const session = RunSession.resume(run, compile(graphOf(fields)), services(handlers, { store }));
  await session.continue();
  return { session, called: called.toSorted((a, b) => a - b), out: session.channels["out"] };
}

describe("items that are finished are not run again", () => {
  test("after the program was killed", async () => {
    const { store } = await begunRun();
    const { called, out } = await resumed(store);
    expect([called, out]).toEqual([
      [2, 3, 4],
      [0, 10, "new", "new", "new"],
    ]);
  });

  test("after they finished out of order", async () => {
    const { store } = await begunRun({}, [1]);
    expect((await resumed(store)).called).toEqual([0, 2, 3, 4]);
  });

  test("after the session was disposed of: what is at work is stopped, and begins anew", async () => {
    const { session, running, store, begun } = await begunRun();
    await session.dispose();
    await running;
    expect(begun).toEqual([0, 1, 2, 3]);
    expect((await resumed(store)).called).toEqual([2, 3, 4]);
  });

  test("after a pause: what is at work ends, nothing more begins", async () => {
    const { session, running, store, begun, finish } = await begunRun();
    void session.drain();
    await finish(2, 3);
    await running;
    expect([session.status, begun, session.frontier.open]).toEqual(["paused", [0, 1, 2, 3], true]);
    expect(session.progress.get("1/m")).toEqual({ done: 4, failed: 0, total: 5 });
    const { called, out } = await resumed(store);
    expect([called, out]).toEqual([[4], [0, 10, 20, 30, "new"]]);
  });

  test("after a pause the same session goes on", async () => {
    const { session, running, begun, finish } = await begunRun();
    void session.drain();
    await finish(2, 3);
    await running;
    const again = session.continue();
    await turn();
    await finish(4);
    await again;
    expect([session.status, begun, session.channels["out"]]).toEqual(["completed", [0, 1, 2, 3, 4], [0, 10, 20, 30, 40]]);
  });

  test("after the node failed: the failed item is run again, and those that were stopped", async () => {
    const { session, running, store, fail } = await begunRun();
    await fail(2);
    await running;
    expect(session.frontier.error).toMatchObject({ message: "item 2", details: { index: 2 } });
    expect((await resumed(store)).called).toEqual([2, 3, 4]);
  });

  test("with the errors that they are finished with, unless those made the node fail", async () => {
    const fields = { onError: "skip", errorLimit: 2 };
    const first = await begunRun(fields, [0]);
    await first.fail(1);
    first.clock.advance(0);
    expect((await resumed(first.store, fields)).called).toEqual([2, 3, 4]);

    const second = await begunRun(fields, [0]);
    await second.fail(1);
    await second.fail(2);
    await second.running;
    expect(second.session.frontier.error?.code).toBe("ERROR_LIMIT");
    expect((await resumed(second.store, fields)).called).toEqual([1, 2, 3, 4]);
  });

  test("while a sibling finishes and another fails", async () => {
    const clock = new ManualClock();
    const { handlers, finish } = byHand();
    const graph = { ...graphOf(), nodes: { ...graphOf().nodes, bad: {} }, edges: { e1: "@start -> m", e2: "@start -> bad" } };
    const bad = () => {
      throw new Error("bad");
    };
    const { session, services: given } = start(graph, { ...handlers, bad }, { clock, run: "r", input: { items: upTo(3) } });
    const running = session.continue();
    await turn();
    await finish(0, 1);
    await finish(2);
    await running;
    expect(session.status).toBe("failed");
    const again = RunSession.resume("r", compile(graph), services({ bad: () => ({}) }, { store: given.store }));
    await again.continue();
    expect([again.status, again.channels["out"]]).toEqual(["completed", [0, 10, 20]]);
  });

  test("in a copy of the history", async () => {
    const { session, running, store, clock } = await begunRun();
    await session.dispose();
    await running;
    const copy = cloneRun(session.head, { store, clock, ids: { next: nextId() } });
    expect((await resumed(store, {}, copy)).called).toEqual([2, 3, 4]);
  });

  test("but all are where the list is another", async () => {
    const { store } = await begunRun();
    expect((await resumed(store, { over: "items.filter(i, i > 0)" })).called).toEqual([0, 1, 2, 3]);
  });

  test("and are where they do not fit the channel and the handler is mended", async () => {
    const graph = graphOf(
      { retry: { attempts: 1 } },
      { channels: { items: {}, out: { schema: { type: "array", items: { type: "string" } } } } },
    );
    let value: JsonValue = 1;
    const { session } = start(graph, { m: () => value }, { input: { items: upTo(2) } });
    await session.continue();
    expect(session.frontier.error?.code).toBe("CHANNEL_SCHEMA");
    value = "a";
    await session.continue();
    expect(session.channels["out"]).toEqual(["a", "a"]);
  });

  test("another chunk size keeps what is finished", async () => {
    const { store } = await begunRun();
    const handlers: Handlers = { m: (_state, ctx) => (ctx.input as { items: number[] }).items.map((item) => -item) };
    const session = RunSession.resume("r", compile(graphOf({ chunk: 4 })), services(handlers, { store }));
    await session.continue();
    expect(session.channels["out"]).toEqual([0, 10, -2, -3, -4]);
  });
});

describe("questions of items", () => {
  /** Items 1 and 3 ask; the others count how often they are called. */
  function asking() {
    const called: number[] = [];
    const handlers: Handlers = {
      m: async (_state, ctx) => {
        const { index } = (ctx as unknown as Ctx).input;
        called.push(index);
        if (index % 2 === 0) return index;
        return (await ctx.ask("sure", { prompt: `Item ${index}?` })).value ?? null;
      },
    };
    return { called, handlers };
  }

  test("are keyed by item, wait for each other, and are answered in any order", async () => {
    const { called, handlers } = asking();
    const { session } = start(graphOf(), handlers, { input: { items: upTo(5) } });
    await session.continue();
    expect(session.status).toBe("waiting");
    expect(session.frontier.questions.map(({ key, prompt }) => [key, prompt])).toEqual([
      ["m/1/sure", "Item 1?"],
      ["m/3/sure", "Item 3?"],
    ]);
    session.decide("m/3/sure", { ...yes, value: "three" });
    session.decide("m/1/sure", { ...yes, value: "one" });
    await session.continue();
    expect([session.status, session.channels["out"]]).toEqual(["completed", [0, "one", 2, "three", 4]]);
    expect(called.toSorted((a, b) => a - b)).toEqual([0, 1, 1, 2, 3, 3, 4]);
  });

  test("are answered early, and after a restart", async () => {
    const { called, handlers } = asking();
    const { session, services: given } = start(graphOf(), handlers, { run: "r", input: { items: upTo(5) } });
    session.decide("m/3/sure", { ...yes, value: "early" });
    await session.continue();
    const again = RunSession.resume("r", compile(graphOf()), services(handlers, { store: given.store }));
    expect(again.status).toBe("waiting");
    again.decide("m/1/sure", yes);
    await again.continue();
    expect(again.channels["out"]).toEqual([0, "yes", 2, "early", 4]);
    expect(called.filter((index) => index % 2 === 0)).toHaveLength(3);
  });

  test("a checkpoint from before an answer has the items that were finished then", async () => {
    const { called, handlers } = asking();
    const { session } = start(graphOf(), handlers, { input: { items: upTo(5) } });
    await session.continue();
    const asked = session.head;
    for (const key of ["m/1/sure", "m/3/sure"]) session.decide(key, yes);
    await session.continue();
    called.length = 0;
    session.restore(asked);
    for (const key of ["m/1/sure", "m/3/sure"]) session.decide(key, { ...yes, value: "no" });
    await session.continue();
    expect([session.channels["out"], called]).toEqual([
      [0, "no", 2, "no", 4],
      [1, 3],
    ]);
  });

  test("going back to before the map runs those that had not finished", async () => {
    const { called, handlers } = asking();
    const { session } = start(graphOf(), handlers, { input: { items: upTo(5) } });
    const before = session.head;
    await session.continue();
    called.length = 0;
    session.restore(before);
    await session.continue();
    expect(called.toSorted((a, b) => a - b)).toEqual([1, 3]);
    for (const [terms, runs] of [
      [{ mode: "live" }, upTo(5)],
      [{ mode: "recorded", live: ["m"] }, upTo(5)],
      [{ mode: "recorded" }, [1, 3]],
    ] as const) {
      called.length = 0;
      session.restore(before, terms);
      await session.continue();
      expect(called.toSorted((a, b) => a - b)).toEqual(runs);
    }
  });

  test.each([
    ["recorded", [0, 1, 1]],
    ["decisions", [1]],
  ] as const)("what people decided for an item counts again as %s says", async (mode, runs) => {
    const called: number[] = [];
    const handlers: Handlers = {
      m: async (_state, ctx) => {
        const { index } = (ctx as unknown as Ctx).input;
        called.push(index);
        await ctx.ask("sure", { prompt: "?" });
        if (index === 1) await ctx.ask("really", { prompt: "?" });
        return index;
      },
    };
    const { session } = start(graphOf(), handlers, { input: { items: upTo(2) } });
    const before = session.head;
    await session.continue();
    session.decideAll({ "m/0/sure": yes, "m/1/sure": yes });
    await session.continue();
    expect(session.frontier.questions.map(({ key }) => key)).toContain("m/1/really");
    called.length = 0;
    session.restore(before, { mode });
    await session.continue();
    if (mode === "recorded") session.decideAll({ "m/0/sure": yes, "m/1/sure": yes });
    await session.continue();
    expect(new Set(called)).toEqual(new Set(runs));
  });

  test("items of another list run after going back", async () => {
    const { called, handlers } = asking();
    const { session } = start(graphOf(), handlers, { input: { items: upTo(5) } });
    const before = session.head;
    await session.continue();
    called.length = 0;
    session.restore(before);
    session.edit({ values: { items: [5, 6, 7, 8, 9] } });
    await session.continue();
    expect(called).toHaveLength(5);
  });
});

test("checkpoints cost what was finished since the last, not what is finished in all", async () => {
  const store = new MemoryStore();
  const handlers: Handlers = {
    m: async (_state, ctx) => {
      const { index } = (ctx as unknown as Ctx).input;
      if (index % 50 === 0) await ctx.ask("go", { prompt: "Go on?" });
      return "x".repeat(100);
    },
  };
  const { session } = start(graphOf({}), handlers, { store, run: "r", input: { items: upTo(1000) } });
  await session.continue();
  const keys = session.frontier.questions.map(({ key }) => key);
  expect(keys).toHaveLength(20);
  for (const key of keys) session.decide(key, yes);
  const bytes = store.list("r").map((checkpoint) => [checkpoint.trigger, checkpoint.bytes] as const);
  const asked = bytes.find(([trigger]) => trigger === "asked")?.[1] ?? 0;
  expect(asked).toBeGreaterThan(100_000);
  const decisions = bytes.filter(([trigger]) => trigger === "decision").map(([, size]) => size);
  expect(decisions).toHaveLength(20);
  // One base may be among them, as the items weigh more than all before; the others carry no items.
  expect(decisions.filter((size) => size > 20_000).length).toBeLessThanOrEqual(1);
  await session.continue();
  expect(session.status).toBe("completed");
});

test("a soft recompile between the items of a paused map keeps what is finished", async () => {
  const { session, running, begun, finish } = await begunRun();
  void session.drain();
  await finish(2, 3);
  await running;
  offer(session, graphOf({ concurrency: 1, label: "M" }));
  const again = session.continue();
  await turn();
  await finish(4);
  await again;
  expect([session.status, begun]).toEqual(["completed", [0, 1, 2, 3, 4]]);
});

test("stopping ends all calls", async () => {
  const signals: AbortSignal[] = [];
  const { session } = start(
    graphOf({ concurrency: 3 }),
    { m: (_state, ctx) => (signals.push(ctx.signal), new Promise(() => {})) },
    { input: { items: upTo(9) } },
  );
  const running = session.continue();
  await turn();
  await session.stop();
  await running;
  expect([session.status, signals.map((signal) => signal.aborted)]).toEqual(["cancelled", [true, true, true]]);
});

test("a failure stops the items behind it, and lets those before it finish", async () => {
  const { session, running, fail, finish, begun } = await begunRun({ concurrency: 4 }, []);
  await fail(2);
  expect(session.status).toBe("running");
  await finish(0);
  await fail(1);
  await running;
  expect([begun, session.frontier.error?.message]).toEqual([[0, 1, 2, 3], "item 1"]);
});

function nextId(): () => string {
  let n = 0;
  return () => `copy${(n += 1)}`;
}
