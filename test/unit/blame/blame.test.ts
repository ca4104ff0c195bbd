import { describe, expect, test } from "vitest";
import { blame, blameParts, cloneRun, MemoryStore, RunSession, type Blamed, type JsonObject } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, services, start } from "../run/harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const chain: ShortGraph = {
  channels: {
    ...logChannel,
    n: { schema: { type: "number" } },
    total: { reducer: "sum", default: 5 },
    order: { schema: { type: "object" } },
    byName: { reducer: "merge" },
  },
  nodes: { a: {}, b: {}, c: {} },
  edges: { s: "@start -> a", ab: "a -> b", bc: "b -> c", z: "c -> @end" },
};
const handlers = {
  a: () => ({ log: ["a1", "a2"], order: { id: 7, items: [{ price: 1 }, { price: 2 }] }, byName: { x: 1, y: 1 } }),
  b: () => ({ log: ["b"], order: { id: 7, items: [{ price: 1 }, { price: 3 }] }, byName: { y: 2 }, n: 2 }),
  c: () => ({ log: ["c"], n: 2 }),
};

/** What is told of a place, short. */
function shown({ path, value, writer }: Blamed): string {
  const { kind, superstep, node, task, actor } = writer;
  return [path, JSON.stringify(value), kind, superstep, task ?? node ?? "", actor ?? ""].join(" ").trim();
}

function asker(store: MemoryStore, run = "r") {
  return {
    whole: (channel: string, path?: string, checkpoint?: string) =>
      shown(blame(store, { run, channel, ...(path === undefined ? {} : { path }), ...(checkpoint === undefined ? {} : { checkpoint }) })),
    parts: (channel: string, path?: string) => blameParts(store, { run, channel, ...(path === undefined ? {} : { path }) }).map(shown),
  };
}

async function finished(graph = chain, own: Parameters<typeof services>[0] = handlers, input: JsonObject = {}) {
  const store = new MemoryStore();
  const { session, services: given } = start(graph, own, { store, run: "r", input });
  await session.continue();
  return { store, session, given, ...asker(store) };
}

describe("of a run that went by itself", () => {
  test("a channel has the task that wrote it last, also what was there already; a place the one that changed it", async () => {
    const { whole, parts } = await finished();
    expect(whole("n")).toBe("2 task 3 3/c");
    expect(whole("order")).toBe('{"id":7,"items":[{"price":1},{"price":3}]} task 2 2/b');
    expect(whole("order", ".items[1].price")).toBe("/items/1/price 3 task 2 2/b");
    expect(whole("order", "/items/0/price")).toBe("/items/0/price 1 task 1 1/a");
    expect(whole("order", ".items[-1]")).toBe('/items/1 {"price":3} task 2 2/b');
    expect(parts("order")).toEqual(["/id 7 task 1 1/a", '/items [{"price":1},{"price":3}] task 2 2/b']);
    expect(parts("order", ".items")).toEqual(['/items/0 {"price":1} task 1 1/a', '/items/1 {"price":3} task 2 2/b']);
  });

  test("each item of a list has the task that brought it, each property the one that set it", async () => {
    const { whole, parts } = await finished(chain, handlers, { log: ["first"] });
    expect(whole("log")).toBe('["c"] task 3 3/c');
    expect(parts("log")).toEqual([
      '/0 "first" input 0',
      '/1 "a1" task 1 1/a',
      '/2 "a2" task 1 1/a',
      '/3 "b" task 2 2/b',
      '/4 "c" task 3 3/c',
    ]);
    expect(parts("byName")).toEqual(["/x 1 task 1 1/a", "/y 2 task 2 2/b"]);
    expect(whole("total")).toBe("5 default 0");
    expect(parts("total")).toEqual([]);
  });

  test("as of an earlier checkpoint nothing later counts", async () => {
    const { store, whole } = await finished();
    const [, , afterA] = store.list("r");
    expect(whole("order", ".items[1].price", afterA?.id)).toBe("/items/1/price 2 task 1 1/a");
    expect(() => whole("n", undefined, afterA?.id)).not.toThrow();
    expect(whole("n", undefined, afterA?.id)).toBe("default 0".padStart(10).trim());
  });

  test("what there is not is told", async () => {
    const { store, whole } = await finished();
    expect(() => whole("none")).toThrow(/no channel "none". It has byName, log, n, order, total\./);
    expect(() => whole("order", ".nowhere")).toThrow(/nothing at order\/nowhere, and there never was/);
    expect(() => whole("log", "[9]")).toThrow(code("NOT_FOUND"));
    expect(() => whole("n", undefined, "none")).toThrow(code("NOT_FOUND"));
    expect(() => blame(store, { run: "other", channel: "n" })).toThrow(code("NOT_FOUND"));
    expect(() => whole("order", "[")).toThrow(code("USAGE"));
  });

  test("a write that took something away is told as well", async () => {
    const graph = { ...chain, edges: { s: "@start -> a", ab: "a -> b", z: "b -> @end" } };
    const { whole } = await finished(graph, { a: () => ({ byName: { x: 1 }, n: 1 }), b: () => ({ byName: { x: null }, n: undefined }) });
    expect(whole("byName", ".x")).toBe("/x  task 2 2/b");
    expect(whole("n")).toBe("task 2 2/b".trim());
  });

  test.each(["manual", "minimal"])("supersteps that were not saved one by one are told apart (%s)", async (policy) => {
    const { whole, parts } = await finished({ ...chain, checkpoints: { policy } });
    expect(parts("log")).toEqual(['/0 "a1" task 1 1/a', '/1 "a2" task 1 1/a', '/2 "b" task 2 2/b', '/3 "c" task 3 3/c']);
    expect(whole("order", ".items[0].price")).toBe("/items/0/price 1 task 1 1/a");
  });

  test("supersteps of which a checkpoint does not even hold what they wrote are told from the trace", async () => {
    const loop: ShortGraph = {
      channels: { ...logChannel, text: {}, once: {} },
      nodes: { a: {} },
      edges: { s: "@start -> a", again: "a -> a when run.superstep < 8", z: "a -> @end else" },
      checkpoints: { policy: "manual" },
    };
    let superstep = 0;
    const a = () => (
      (superstep += 1),
      { log: [superstep], text: String(superstep).repeat(1500), ...(superstep === 3 ? { once: "here" } : {}) }
    );
    const { store, parts, whole } = await finished(loop, { a });
    expect(store.load(store.run("r")?.head ?? "").channels.skipped).toEqual({ from: 1, names: ["log", "text", "once"] });
    expect(parts("log").map((line) => line.split(" ").slice(0, 4).join(" "))).toEqual(
      Array.from({ length: 8 }, (_, place) => `/${place} ${place + 1} task ${place + 1}`),
    );
    expect([whole("once"), whole("log")]).toEqual(['"here" task 3 a', "[8] task 8 8/a"]);
    expect(blame(store, { run: "r", channel: "once" }).writer.checkpoint).toBe(store.run("r")?.head);
  });

  test("tasks of one node in one superstep are told apart", async () => {
    const sends: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, b: {}, c: {} },
      edges: { s: "@start -> a", z: "b -> @end" },
    };
    const { parts } = await finished(sends, {
      a: (_state, ctx) => ctx.command({ send: [1, 2].map((input) => ({ to: "b", input })) }),
      b: (_state, ctx) => ({ log: [ctx.input] }),
    });
    expect(parts("log")).toEqual(["/0 1 task 2 2/b#0", "/1 2 task 2 2/b#1"]);
  });
});

describe("people are writers, too", () => {
  test("who edited, gave input, or wrote as a node", async () => {
    const { store, session, whole, parts } = await finished();
    const [, , afterA] = store.list("r");
    session.restore(afterA?.id ?? "");
    session.edit({ values: { n: 9, log: ["a1", "mine"] } }, "ann");
    expect(whole("n")).toBe("9 edit 1  ann");
    expect(parts("log")).toEqual(['/0 "a1" task 1 1/a', '/1 "mine" edit 1  ann']);
    expect(whole("order")).toContain("task 1 1/a");
    session.input({ n: 3 }, "bob");
    expect(whole("n")).toBe("3 input 2  bob");
    session.editAs("b", { writes: { log: ["as b"] } }, "eve");
    expect(parts("log").at(-1)).toBe('/2 "as b" written-as 3 b eve');
    expect(whole("byName", "/x")).toBe("/x 1 task 1 1/a");
  });

  test("an edit that gives the value that there is counts for the channel, not for what is in it", async () => {
    const { session, whole } = await finished();
    session.restore(session.head);
    session.edit({ values: { order: { id: 7, items: [] } } }, "ann");
    expect([whole("order"), whole("order", ".id")]).toEqual(['{"id":7,"items":[]} edit 3  ann', "/id 7 task 1 1/a"]);
  });

  test("who decided what a task was given, also early", async () => {
    const graph: ShortGraph = {
      channels: { verdict: {} },
      nodes: { ask: { kind: "barrier", prompt: "?", output: "verdict" } },
      edges: { s: "@start -> ask", y: "ask -> @end on approve", n: "ask -> @end on reject" },
    };
    for (const early of [true, false]) {
      const store = new MemoryStore();
      const { session } = start(graph, {}, { store, run: "r" });
      const answer = { action: "approve", value: 1, actor: "ann" };
      if (early) session.decide("ask", answer);
      await session.continue();
      if (!early) {
        session.decide("ask", answer);
        await session.continue();
      }
      expect(blame(store, { run: "r", channel: "verdict" }).writer).toMatchObject({
        kind: "task",
        node: "ask",
        decisions: [{ key: "ask", action: "approve", actor: "ann" }],
      });
    }
  });

  test("another graph, where it has another value", async () => {
    const { store, session, given } = await finished();
    const [, , afterA] = store.list("r");
    session.restore(afterA?.id ?? "");
    const other = compile({ ...chain, channels: { ...chain.channels, more: { default: "new" } } });
    const again = RunSession.resume("r", other, given);
    await again.step();
    expect(blame(store, { run: "r", channel: "more" })).toMatchObject({
      value: "new",
      writer: { kind: "graph", revision: other.plan.revision },
    });
    expect(blame(store, { run: "r", channel: "log", path: "[0]" }).writer).toMatchObject({ kind: "task", task: "1/a" });
  });
});

test("what a run inside a task wrote is found by its id, and what it was given came from around it", async () => {
  const inner: ShortGraph = {
    channels: { ...logChannel, seed: {} },
    nodes: { b: {} },
    edges: { e1: "@start -> b", e2: "b -> @end" },
  };
  const outer: ShortGraph = {
    channels: logChannel,
    nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner", in: { seed: "'x'" }, out: { log: "log" } } },
    edges: { e1: "@start -> a", e2: "a -> sub" },
  };
  const store = new MemoryStore();
  const { session } = start(outer, logs("a", "b"), { store, run: "r", graphs: { "./inner": inner } });
  await session.continue();
  const { writer } = blame(store, { run: "r", channel: "log" });
  expect(writer).toMatchObject({ kind: "task", task: "2/sub", inside: [{ graph: "./inner" }] });
  const run = writer.inside?.[0]?.run ?? "";
  expect(asker(store, run).parts("log")).toEqual(['/0 "b" task 1 1/b']);
  expect(blame(store, { run, channel: "seed" }).writer).toMatchObject({ kind: "outer", task: "2/sub" });
});

describe("where checkpoints were deleted", () => {
  /** The same, with only its last checkpoint left. */
  async function pruned(own = handlers) {
    const run = await finished(chain, own, { log: ["first"] });
    const [, afterB] = run.store.list("r");
    run.session.restore(afterB?.id ?? "", { mode: "live" });
    await run.session.step(); // a restore begins anew with all values
    run.store.prune("r", 1);
    expect(run.store.list("r").map(({ superstep }) => superstep)).toEqual([3]);
    return run;
  }

  test("the trace tells who wrote, as far as it leads to what is there", async () => {
    const { parts, whole } = await pruned();
    expect(parts("log")).toEqual(['/0 "first" input 0', '/1 "a1" task 1 a', '/2 "a2" task 1 a', '/3 "b" task 2 b', '/4 "c" task 3 3/c']);
    expect([whole("byName"), whole("byName", ".x"), whole("n")]).toEqual(['{"y":2} task 2 b', "/x 1 task 1 a", "2 task 3 3/c"]);
    expect(whole("total")).toBe("deleted 3");
  });

  test("it says so where the trace does not lead there", async () => {
    const { store, session, whole } = await finished();
    const [, , afterA] = store.list("r");
    session.restore(afterA?.id ?? "");
    session.edit({ values: { order: { id: 8 } } }, "ann");
    store.prune("r", 1);
    expect([whole("order", ".id"), whole("order")]).toEqual(["/id 8 edit 1  ann", '{"id":8} edit 1  ann']);
  });
});

test("a copy of a run tells the same as the run", async () => {
  const { store, given, session, parts } = await finished();
  const copy = cloneRun(session.head, given);
  expect(asker(store, copy).parts("log")).toEqual(parts("log"));
});
