import { describe, expect, test } from "vitest";
import { rebuild } from "../../../runtime/checkpoint/rebuild.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { MemoryStore, RunSession, type JsonObject } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, services, start, type Handlers } from "./harness.js";

/** Nodes a, b, c, one after the other. */
function chain(channels: ShortGraph["channels"], edges: ShortGraph["edges"] = {}): ShortGraph {
  const all = { e1: "@start -> a", e2: "a -> b", e3: "b -> c", ...edges };
  return { channels: { ...channels, seen: { reducer: "append" } }, nodes: { a: {}, b: {}, c: {} }, edges: all };
}

/** Values after each superstep, the first before any: as the session has them, and as the store rebuilds them. */
async function stateAfterEach(session: RunSession, store: MemoryStore): Promise<readonly JsonObject[]> {
  const states: JsonObject[] = [];
  for (;;) {
    const { values } = rebuild(session.head, (id) => store.load(id));
    expect(JSON.stringify(values)).toBe(JSON.stringify(session.channels));
    states.push(structuredClone(values));
    if (session.status !== "paused") return states;
    await session.step();
  }
}

/** A handler that tells `seen` what it was given of a channel. */
function sees(channel: string, update: JsonObject = {}): (state: JsonObject) => JsonObject {
  return (state) => ({ seen: [channel in state ? (state[channel] ?? null) : "nothing"], ...update });
}

describe("an ephemeral channel", () => {
  const graph = chain({ note: { reducer: "ephemeral" } });

  test("is seen in the superstep after the one that wrote it, and gone after that", async () => {
    const { session, services: given } = start(graph, { a: sees("note", { note: 1 }), b: sees("note"), c: sees("note") });
    const states = await stateAfterEach(session, given.store);
    expect(states.map((state) => state["note"])).toEqual([undefined, 1, undefined, undefined]);
    expect(session.channels["seen"]).toEqual(["nothing", 1, "nothing"]);
  });

  test("stays when it is written anew, and one that is input is seen by the first superstep", async () => {
    const { session, services: given } = start(
      graph,
      { a: sees("note"), b: sees("note", { note: 2 }), c: sees("note") },
      { input: { note: 0 } },
    );
    const states = await stateAfterEach(session, given.store);
    expect(states.map((state) => state["note"])).toEqual([0, undefined, 2, undefined]);
    expect(session.channels["seen"]).toEqual([0, "nothing", 2]);
  });

  test("goes back to its default", async () => {
    const withDefault = chain({ note: { reducer: "ephemeral", default: ["none"] } });
    const { session, services: given } = start(withDefault, { a: () => ({ note: 1 }), b: () => ({}), c: () => ({}) });
    const states = await stateAfterEach(session, given.store);
    expect(states.map((state) => state["note"])).toEqual([["none"], 1, ["none"], ["none"]]);
    expect(session.trace.filter((event) => event.type === "write").map((event) => event.node)).toEqual(["a"]);
  });

  test("is seen by the routes of its superstep; an expression may ask whether it is there", async () => {
    const routed = chain(
      { note: { schema: { type: "number" }, reducer: "ephemeral" } },
      { e2: "a -> b when note != null && note > 0", e3: "b -> c when note == null" },
    );
    const { session } = start(routed, { a: () => ({ note: 1 }), b: sees("note"), c: sees("note") });
    await session.continue();
    expect([session.status, session.channels["seen"]]).toEqual(["completed", [1, "nothing"]]);
  });

  test("is there while its superstep is open, also after a restart", async () => {
    const store = new MemoryStore();
    let broken = true;
    const handlers: Handlers = {
      a: () => ({ note: 1 }),
      b: (state: JsonObject) => {
        if (broken) throw new Error("broken");
        return sees("note")(state);
      },
      c: sees("note"),
    };
    const { session } = start(graph, handlers, { store, run: "r" });
    await session.continue();
    expect([session.status, session.channels["note"]]).toEqual(["failed", 1]);
    broken = false;
    const again = RunSession.resume("r", compile(graph), services(handlers, { store }));
    await again.continue();
    expect([again.status, again.channels["seen"], again.channels["note"]]).toEqual(["completed", [1, "nothing"], undefined]);
  });

  test("takes one writer a superstep", async () => {
    const twice = { ...graph, edges: { e1: "@start -> a", e2: "@start -> b" } };
    const { session } = start(twice, { a: () => ({ note: 1 }), b: () => ({ note: 2 }) });
    await session.continue();
    expect(session.frontier.error).toMatchObject({ code: "CONCURRENT_WRITE", details: { channel: "note", nodes: ["a", "b"] } });
    expect(session.frontier.error?.message).toContain("`ephemeral`");
  });
});

describe("writing undefined", () => {
  const graph = chain({ x: {}, y: { default: { n: 0 } }, log: { reducer: "append" } });

  test("is not the same as not writing", async () => {
    const { session, services: given } = start(graph, {
      a: () => ({ x: 1, y: 1 }),
      b: () => ({}),
      c: (_state: unknown, ctx: HandlerContext) => ctx.command({ update: { x: undefined, y: undefined } }),
    });
    const states = await stateAfterEach(session, given.store);
    expect(states.map(({ x, y }) => [x, y])).toEqual([
      [undefined, { n: 0 }],
      [1, 1],
      [1, 1],
      [undefined, { n: 0 }],
    ]);
    expect(session.trace.flatMap((event) => (event.type === "write" ? [[event.node, event.writes, event.cleared]] : []))).toEqual([
      ["a", { x: 1, y: 1 }, undefined],
      ["c", { y: { n: 0 } }, ["x"]],
    ]);
  });

  test("is kept with the result of a task whose superstep is still open", async () => {
    const store = new MemoryStore();
    const wide = { ...graph, edges: { e1: "@start -> a", e2: "@start -> b" } };
    let broken = true;
    const handlers: Handlers = {
      a: () => ({ x: undefined }),
      b: () => {
        if (broken) throw new Error("broken");
        return {};
      },
    };
    const { session } = start(wide, handlers, { store, run: "r", input: { x: 1 } });
    await session.continue();
    expect(session.channels["x"]).toBe(1);
    broken = false;
    const again = RunSession.resume("r", compile(wide), services(handlers, { store }));
    await again.continue();
    expect([again.status, "x" in again.channels]).toEqual(["completed", false]);
  });

  const refused: readonly [string, Handlers, object][] = [
    [
      "where writes add up",
      { a: () => ({ log: undefined }) },
      { code: "CHANNEL_SCHEMA", details: { node: "a", channel: "log", path: "" } },
    ],
    [
      "to a channel that does not exist",
      { a: () => ({ no: undefined }) },
      { code: "UNKNOWN_CHANNEL", details: { node: "a", channel: "no" } },
    ],
    [
      "beside another writer",
      { a: () => ({ x: undefined }), b: () => ({ x: 1 }) },
      { code: "CONCURRENT_WRITE", details: { channel: "x", nodes: ["a", "b"] } },
    ],
  ];
  test.each(refused)("is refused %s", async (_name, handlers, error) => {
    const wide = { ...graph, edges: { e1: "@start -> a", e2: "@start -> b" } };
    const { session } = start(wide, { a: () => ({}), b: () => ({}), ...handlers });
    await session.continue();
    expect(session.frontier.error).toMatchObject(error);
  });

  test("is refused where `writes` does not name the channel", async () => {
    const strict = { ...graph, nodes: { ...graph.nodes, a: { writes: ["y"] } } };
    const { session } = start(strict, { a: () => ({ x: undefined }) });
    await session.continue();
    expect(session.frontier.error).toMatchObject({ code: "UNDECLARED_WRITE", details: { node: "a", channel: "x" } });
  });
});

describe("several writers of one channel", () => {
  test("are folded in task order, whatever finishes first", async () => {
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 10));
    const graph: ShortGraph = {
      channels: {
        who: { reducer: "latest" },
        set: { reducer: "union" },
        all: { reducer: "merge" },
        talk: { reducer: "messages" },
        low: { reducer: "min" },
        high: { reducer: "max" },
      },
      nodes: { a: {}, b: {} },
      edges: { e1: "@start -> a", e2: "@start -> b" },
    };
    const says = (who: string, n: number) => ({
      who,
      set: ["both", who],
      all: { both: who, [who]: n },
      talk: [{ id: 1, who }, { who }],
      low: n,
      high: n,
    });
    const { session, services: given } = start(graph, { a: async () => (await slow, says("a", 1)), b: () => says("b", 2) });
    const [, last] = await stateAfterEach(session, given.store);
    expect(last).toEqual({
      who: "b",
      set: ["both", "a", "b"],
      all: { both: "b", a: 1, b: 2 },
      talk: [{ id: 1, who: "b" }, { who: "a" }, { who: "b" }],
      low: 1,
      high: 2,
    });
  });
});

test("an expression sees what a channel holds, and its type is known from the reducer", async () => {
  const graph: ShortGraph = {
    channels: {
      set: { reducer: "union", schema: { type: "array", items: { type: "number" } } },
      all: { reducer: "merge" },
      talk: { reducer: "messages" },
      high: { reducer: "max", default: 1 },
      ok: {},
    },
    nodes: {
      a: {},
      b: { kind: "expression", set: { ok: "size(set) == 2 && set[0] * 2 == 6 && all.k == 'v' && talk[0].text == 'hi' && high + 1 == 8" } },
    },
    edges: { e1: "@start -> a", e2: "a -> b" },
  };
  const { session } = start(graph, { a: () => ({ set: [3, 3, 4], all: { k: "v" }, talk: { text: "hi" }, high: 7 }) });
  await session.continue();
  expect([session.frontier.error, session.channels["ok"]]).toEqual([undefined, true]);
  for (const wrong of ["all + 1", "set == 1", "talk.text", "high == 'x'"]) {
    expect(() => compile({ ...graph, nodes: { a: {}, b: { kind: "expression", set: { ok: wrong } } } })).toThrow("EXPRESSION");
  }
});
