import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, history, logChannel, logs, offer, services, start } from "./harness.js";

const chain: ShortGraph = {
  channels: logChannel,
  nodes: { a: {}, b: {}, c: {}, d: {} },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c", e4: "c -> @end", e5: "d -> @end" },
};
const handlers = logs("a", "b", "c", "d");

function rewired(edges: Readonly<Record<string, string>>, nodes = chain.nodes): ShortGraph {
  return { ...chain, nodes, edges: { ...chain.edges, ...edges } };
}

describe("rewiring a paused run", () => {
  test("the next step takes the new route", async () => {
    const { session } = start(chain, handlers);
    await session.step();
    expect(session.frontier.due.map((task) => task.node)).toEqual(["b"]);
    offer(session, rewired({ e2: "a -> d" }));
    expect(session.frontier.due.map((task) => task.node)).toEqual(["d"]);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "d"]]);
  });

  test("undoing the edit brings the old route back", async () => {
    const { session } = start(chain, handlers);
    await session.step();
    offer(session, rewired({ e2: "a -> d" }));
    offer(session, chain);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "c"]);
  });

  test("a run whose only way on is taken away stands there, and goes on by the next one that is drawn", async () => {
    const { session } = start(chain, handlers);
    await session.step();
    const { e2: _gone, ...edges } = chain.edges;
    offer(session, { ...chain, edges });
    expect([session.status, session.blocked]).toMatchObject(["paused", { code: "NOT_RESUMABLE", details: { node: "a" } }]);
    await expect(session.step()).rejects.toMatchObject({ code: "NOT_RESUMABLE" });
    offer(session, rewired({ e2: "a -> d" }));
    expect([session.blocked, session.frontier.due.map((task) => task.node)]).toEqual([undefined, ["d"]]);
    offer(session, { ...chain, edges: { ...edges, e2: "a -> @end" } });
    await session.step();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a"]]);
    expect(session.trace.at(-1)).toMatchObject({ type: "run-finished", status: "completed" });
  });

  test("an edge further on changes nothing that is due", async () => {
    const { session } = start(chain, handlers);
    await session.step();
    offer(session, rewired({ e3: "b -> d" }));
    expect(history(session)).toEqual([[1, ["a"]]]);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "d"]);
  });

  test("before anything has run, the first edge can be moved", async () => {
    const { session } = start(chain, handlers);
    offer(session, rewired({ e1: "@start -> c" }));
    await session.continue();
    expect(session.channels["log"]).toEqual(["c"]);
  });

  test("a plan offered while a superstep runs is in force at the next", async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { session } = start(chain, { ...handlers, a: async () => (await gate, { log: ["a"] }) });
    const running = session.continue();
    offer(session, rewired({ e2: "a -> d" }));
    release();
    await running;
    expect(session.channels["log"]).toEqual(["a", "d"]);
    const recompiles = session.trace.filter((event) => event.type === "recompile");
    expect(recompiles).toMatchObject([{ superstep: 1, class: "soft" }]);
  });

  test("a node that finished last and is gone blocks the run, and undoing unblocks it", async () => {
    const { session } = start(chain, handlers);
    await session.step();
    const { a: _gone, ...nodes } = chain.nodes;
    offer(session, { ...chain, nodes, edges: { e1: "@start -> b", e3: "b -> c", e4: "c -> @end", e5: "d -> @end" } });
    expect(session.blocked?.code).toBe("NOT_RESUMABLE");
    await expect(session.step()).rejects.toMatchObject({ code: "NOT_RESUMABLE" });
    offer(session, chain);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "c"]);
  });

  test("a stored run is resumed under the routes drawn now", async () => {
    const store = new MemoryStore();
    await start(chain, handlers, { store, run: "r" }).session.step();
    const resumed = RunSession.resume("r", compile(rewired({ e2: "a -> d" })), services(handlers, { store }));
    await resumed.continue();
    expect(resumed.channels["log"]).toEqual(["a", "d"]);
  });
});

describe("restoring", () => {
  test("stands at the earlier moment and goes on from there", async () => {
    const { session, services: given } = start(chain, handlers, { run: "r" });
    await session.continue();
    const [, , afterA] = given.store
      .list("r")
      .toReversed()
      .map((each) => each);
    const target = given.store.list("r").find((each) => each.superstep === 1);
    expect(afterA?.superstep).toBe(2);
    session.restore(target?.id ?? "");
    expect([session.status, session.restoredFrom, session.channels["log"], session.frontier.due.map((task) => task.node)]).toEqual([
      "paused",
      1,
      ["a"],
      ["b"],
    ]);
    expect(session.trace.filter((event) => event.type === "task-finished").map((event) => event.node)).toEqual(["a"]);
    await session.step();
    expect([session.restoredFrom, session.channels["log"]]).toEqual([undefined, ["a", "b"]]);
    expect(given.store.list("r").filter((each) => each.superstep === 2)).toHaveLength(2);
  });

  test("every state can be rebuilt exactly", async () => {
    const { session, services: given } = start(
      {
        channels: { ...logChannel, n: { reducer: "sum", default: 0 }, big: {} },
        nodes: { a: {} },
        edges: { e1: "@start -> a", e2: "a -> a when n < 60", e3: "a -> @end else" },
      },
      { a: (state) => ({ n: 1, log: [`turn ${JSON.stringify(state["n"])}`], big: { at: state["n"] ?? null, pad: "x".repeat(500) } }) },
      { run: "r" },
    );
    const seen = new Map<string, unknown>();
    while (session.status === "paused") {
      seen.set(session.head, structuredClone(session.channels));
      await session.step();
    }
    expect(seen.size).toBe(60);
    const bases = given.store.list("r", { limit: 1000 }).filter((each) => given.store.load(each.id).channels.base !== undefined);
    expect(bases.length).toBeGreaterThan(1);
    for (const [checkpoint, channels] of seen) {
      session.restore(checkpoint);
      expect(session.channels).toEqual(channels);
    }
  });

  test("refuses while the run is running", async () => {
    const { session } = start(chain, { ...handlers, a: () => new Promise((resolve) => setTimeout(() => resolve({}), 10)) });
    const head = session.head;
    const running = session.continue();
    expect(() => session.restore(head)).toThrow(expect.objectContaining({ code: "RUN_BUSY" }) as Error);
    await running;
  });
});
