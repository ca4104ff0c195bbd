import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { JsonObject, JsonValue } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { turn } from "../../support/turn.js";
import { start } from "./harness.js";

type Ctx = HandlerContext<{ item: number; index: number }>;

/** A graph with one map, over the channel `items`. */
function graphOf(fields: object = {}, more: Partial<ShortGraph> = {}): ShortGraph {
  return {
    channels: { items: { schema: { type: "array", items: { type: "number" } } }, x: { default: 7 }, out: { schema: { type: "array" } } },
    nodes: { m: { kind: "map", over: "items", handler: "./m.ts", output: "out", ...fields } },
    edges: { e1: "@start -> m" },
    ...more,
  };
}

const double = (_state: unknown, { input }: Ctx) => input.item * 2;
const oddFails = (_state: unknown, { input: { item } }: Ctx) => {
  if (item % 2 === 1) throw new Error(`odd ${item}`);
  return item;
};

/** Runs a map over a list to its end. */
async function run(fields: object, items: JsonValue, handler: (state: JsonObject, ctx: never) => unknown, more: Partial<ShortGraph> = {}) {
  const { session } = start(graphOf(fields, more), { m: handler }, { input: { items } });
  await session.continue();
  const error = session.frontier.error;
  const finished = session.trace.find((event) => event.type === "task-finished");
  const counts = finished?.type === "task-finished" ? finished.items : undefined;
  return { session, out: session.channels["out"], error, counts };
}

describe("map", () => {
  test("calls the handler for each item and writes the results in the order of the items", async () => {
    const { out, counts } = await run({}, [3, 1, 2], double);
    expect([out, counts]).toEqual([[6, 2, 4], { total: 3, done: 3, failed: 0, retried: 0 }]);
  });

  test.each([
    ["an empty list", [], []],
    ["one item", [1], [2]],
  ])("%s", async (_what, items, expected) => {
    expect((await run({}, items, double)).out).toEqual(expected);
  });

  test("gives each item its index, the channels that the node reads, and a key of its own", async () => {
    const seen: unknown[] = [];
    const handler = (state: unknown, { input, idempotencyKey, attempt }: Ctx) => {
      seen.push([state, input, idempotencyKey.split("/").slice(1), attempt]);
      return null;
    };
    await run({ reads: ["x"] }, [5, 6], handler);
    expect(seen).toEqual([
      [{ x: 7 }, { item: 5, index: 0 }, ["1", "m", "0"], 1],
      [{ x: 7 }, { item: 6, index: 1 }, ["1", "m", "1"], 1],
    ]);
  });

  test("may do without an output, and a result may be nothing", async () => {
    const { session } = await run({ output: undefined }, [1], () => undefined);
    expect([session.status, session.channels["out"]]).toEqual(["completed", undefined]);
    expect((await run({}, [1, 2], () => undefined)).out).toEqual([null, null]);
  });

  test.each([
    ["a channel without a value", "items", null, "NOT_A_LIST", "null"],
    ["an object", "x", { a: 1 }, "NOT_A_LIST", "an object"],
    ["an expression that fails", "x.a.b", { a: 1 }, "EXPRESSION", "x.a.b"],
  ])("over %s fails with a code", async (_what, over, x, code, words) => {
    const { session } = start(graphOf({ over }), { m: double }, { input: { x } });
    await session.continue();
    expect([session.status, session.frontier.error?.code]).toEqual(["failed", code]);
    expect(session.frontier.error?.message).toContain(words);
  });

  test("over an expression", async () => {
    expect((await run({ over: "items.filter(i, i > 1)" }, [3, 1, 2], double)).out).toEqual([6, 4]);
  });

  test("the results are checked against the channel", async () => {
    const channels = { items: {}, out: { schema: { type: "array", items: { type: "string" } } } };
    const { error } = await run({}, [1, 2], double, { channels });
    expect([error?.code, error?.details]).toEqual(["CHANNEL_SCHEMA", { node: "m", channel: "out", path: "/0" }]);
  });

  test("a command is no result", async () => {
    const { error } = await run({}, [1], (_state: unknown, ctx: HandlerContext) => ctx.command({ action: "go" }));
    expect(error?.code).toBe("HANDLER_RESULT");
  });

  test("a handler in parts gives what `post` returns, also a string", async () => {
    const parts = {
      prep: (_state: unknown, ctx: Ctx) => ctx.input.item,
      exec: (item: unknown) => Number(item) + 1,
      post: (_state: unknown, _prepared: unknown, result: unknown) => `<${String(result)}>`,
    };
    const { session } = start(graphOf(), { m: parts }, { input: { items: [1, 2] } });
    await session.continue();
    expect(session.channels["out"]).toEqual(["<2>", "<3>"]);
  });
});

describe("how many at once", () => {
  test.each([
    [undefined, 16],
    [1, 1],
    [3, 3],
    [100, 40],
  ])("concurrency %s: %i", async (concurrency, expected) => {
    let atWork = 0;
    let most = 0;
    const handler = async () => {
      most = Math.max(most, (atWork += 1));
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      return null;
    };
    await run(
      concurrency === undefined ? {} : { concurrency },
      Array.from({ length: 40 }, (_, n) => n),
      handler,
    );
    expect(most).toBe(expected);
  });
});

describe("chunks", () => {
  test("the handler gets the items with their indexes, and its results are taken apart", async () => {
    const seen: unknown[] = [];
    const handler = (_state: unknown, { input }: HandlerContext<{ items: number[]; indexes: number[] }>) => {
      seen.push(input);
      return input.items.map((item) => item * 10);
    };
    const { out } = await run({ chunk: 2 }, [1, 2, 3], handler);
    expect(out).toEqual([10, 20, 30]);
    expect(seen).toEqual([
      { items: [1, 2], indexes: [0, 1] },
      { items: [3], indexes: [2] },
    ]);
  });

  test.each([
    ["too few", [1], "1 results"],
    ["no list", 5, "no list"],
    ["nothing", undefined, "no list"],
  ])("%s results are refused", async (_what, returned, words) => {
    const { error } = await run({ chunk: 2 }, [1, 2, 3], () => returned);
    expect(error?.code).toBe("HANDLER_RESULT");
    expect(error?.message).toContain(words);
  });

  test("a chunk that fails fails with all of its items", async () => {
    const handler = (_state: unknown, { input }: HandlerContext<{ items: number[] }>) => {
      if (input.items.includes(3)) throw new Error("three");
      return input.items;
    };
    const { out, counts } = await run({ chunk: 2, onError: "skip" }, [1, 2, 3, 4, 5], handler);
    expect([out, counts]).toEqual([[1, 2, 5], { total: 5, done: 3, failed: 2, retried: 0 }]);
  });
});

describe("items that fail", () => {
  test("fail: the node fails with the error of the first, and says which", async () => {
    const { session, error } = await run({}, [2, 3, 4, 5], oddFails);
    expect(session.status).toBe("failed");
    expect(error).toMatchObject({ code: "HANDLER_FAILED", message: "odd 3", details: { index: 1 } });
  });

  test("skip: the others keep their order", async () => {
    const { out, counts } = await run({ onError: "skip" }, [2, 3, 4, 5, 6], oddFails);
    expect([out, counts]).toEqual([[2, 4, 6], { total: 5, done: 3, failed: 2, retried: 0 }]);
  });

  test("collect: the error stands in the item's place, without a stack", async () => {
    const { out } = await run({ onError: "collect" }, [2, 3], oddFails);
    expect(out).toMatchObject([2, { error: { code: "HANDLER_FAILED", message: "odd 3" } }]);
    expect(JSON.stringify(out)).not.toContain("stack");
  });

  test.each(["skip", "collect"])("%s: the first of them are told of", async (onError) => {
    const { session } = await run(
      { onError },
      Array.from({ length: 60 }, (_, n) => n),
      oddFails,
    );
    const warnings = session.trace.flatMap((event) => (event.type === "log" && event.level === "warn" ? [event.message] : []));
    expect([warnings.length, warnings[0]]).toEqual([10, "Item 1 failed: HANDLER_FAILED odd 1"]);
  });

  test.each([
    [1, "odd 1", 1, 1],
    [2, "odd 1", 2, 1],
  ])("errorLimit %i", async (errorLimit, words, failed, index) => {
    const { error } = await run({ onError: "skip", errorLimit }, [0, 1, 2, 3, 4, 5], oddFails);
    expect(error).toMatchObject({ code: "ERROR_LIMIT", details: { node: "m", index, failed } });
    expect(error?.message).toContain(words);
  });

  test("an error of the module is no error of an item", async () => {
    const { session } = start(graphOf({ onError: "collect" }), {}, { input: { items: [1, 2] } });
    await session.continue();
    expect(session.frontier.error?.code).toBe("HANDLER_MISSING");
  });

  test("an `@error` edge and a fallback take the node's failure", async () => {
    const caught = await run({}, [1], oddFails, { edges: { e1: "@start -> m", e2: "m -> @end on @error" } });
    expect(caught.session.status).toBe("completed");
    const replaced = await run({ fallback: { out: ["none"] } }, [1], oddFails);
    expect(replaced.out).toEqual(["none"]);
  });
});

describe("stopWhen", () => {
  test.each([
    ["item == 3", [1, 2, 3]],
    ["index == 0", [1]],
    ["output > 1", [1, 2]],
    ["size(results) == 4", [1, 2, 3, 4]],
    ["x == 8", [1, 2, 3, 4, 5]],
    ["false", [1, 2, 3, 4, 5]],
  ])("%s", async (stopWhen, expected) => {
    expect((await run({ stopWhen }, [1, 2, 3, 4, 5], (_state, { input }: Ctx) => input.item)).out).toEqual(expected);
  });

  test("items after the last are not begun", async () => {
    let begun = 0;
    await run({ stopWhen: "item == 2", concurrency: 1 }, [1, 2, 3, 4], () => (begun += 1));
    expect(begun).toBe(2);
  });

  test("sees the errors that are collected, and not those that are skipped", async () => {
    const stopWhen = "has(output.error)";
    const safe = (_state: unknown, ctx: Ctx) => ({ n: oddFails(_state, ctx) });
    expect((await run({ onError: "collect", stopWhen }, [2, 3, 4], safe)).out).toHaveLength(2);
    expect((await run({ onError: "skip", stopWhen }, [2, 3, 4], safe)).out).toHaveLength(2);
  });

  test("that fails is a failure of the node", async () => {
    const { error } = await run({ stopWhen: "output.a.b == 1" }, [1, 2], () => ({ a: 1 }));
    expect([error?.code, error?.details]).toEqual(["EXPRESSION", { node: "m", index: 0 }]);
  });
});

describe("attempts and time", () => {
  test("`retry` is for each item by itself, and its delays are kept", async () => {
    const clock = new ManualClock();
    const tries: number[] = [];
    const handler = (_state: unknown, { input: { item }, attempt }: Ctx) => {
      tries.push(item);
      if (item === 1 && attempt < 3) throw new Error("not yet");
      return `${item}/${attempt}`;
    };
    const graph = graphOf({ retry: { attempts: 3, delay: "1s", backoff: 1, jitter: 0 } });
    const { session } = start(graph, { m: handler }, { clock, input: { items: [0, 1, 2] } });
    const running = session.continue();
    for (let n = 0; n < 2; n += 1) {
      await turn();
      clock.advance(1000);
    }
    await running;
    expect([session.channels["out"], tries]).toEqual([
      ["0/1", "1/3", "2/1"],
      [0, 1, 2, 1, 1],
    ]);
    expect(session.trace.find((event) => event.type === "task-finished")).toMatchObject({ items: { done: 3, failed: 0, retried: 2 } });
  });

  test("an attempt at an item may take as long as `retry.timeout` says, an item be silent for as long as `timeout.idle`", async () => {
    for (const limits of [{ retry: { attempts: 1, timeout: "5s" } }, { timeout: { idle: "5s" } }]) {
      const clock = new ManualClock();
      const handler = (_state: unknown, { input: { item }, signal }: Ctx) =>
        item === 1 ? new Promise((resolve) => signal.addEventListener("abort", resolve)) : item;
      const { session } = start(graphOf({ ...limits, onError: "collect" }), { m: handler }, { clock, input: { items: [0, 1, 2] } });
      const running = session.continue();
      await turn();
      clock.advance(5000);
      await running;
      expect(session.channels["out"]).toMatchObject([0, { error: { code: "TIMED_OUT" } }, 2]);
    }
  });

  test("`timeout` is for the whole list; what is finished by then is kept", async () => {
    const clock = new ManualClock();
    let hang = true;
    const called: number[] = [];
    const handler = (_state: unknown, { input: { item }, signal }: Ctx) => {
      called.push(item);
      return item === 1 && hang ? new Promise((resolve) => signal.addEventListener("abort", resolve)) : item;
    };
    const { session } = start(graphOf({ timeout: "5s" }), { m: handler }, { clock, input: { items: [0, 1, 2] } });
    const running = session.continue();
    await turn();
    clock.advance(5000);
    await running;
    expect(session.frontier.error?.code).toBe("TIMED_OUT");
    hang = false;
    await session.continue();
    expect([session.channels["out"], called]).toEqual([
      [0, 1, 2],
      [0, 1, 2, 1],
    ]);
  });
});

test("100,000 items are no different, and what an item says is told with its number", async () => {
  const items = Array.from({ length: 100_000 }, (_, n) => n);
  const { session, out, counts } = await run({ reads: [] }, items, (_state, { input, log }: Ctx) => {
    if (input.index === 70_000) log("here");
    return input.item + 1;
  });
  expect([(out as JsonValue[]).length, (out as JsonValue[])[99_999], counts?.done]).toEqual([100_000, 100_000, 100_000]);
  expect(session.trace.length).toBeLessThan(20);
  expect(session.trace.find((event) => event.type === "log")).toMatchObject({ message: "[70000] here" });
});
