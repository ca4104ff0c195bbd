import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession, type JsonValue } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, continueBothWays, logChannel, logs, offer, services, start } from "./harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const dueOf = (session: RunSession): readonly string[] => session.frontier.due.map((task) => task.node);

/** a, then b by default; c and d only if somebody says so. */
const fork: ShortGraph = {
  channels: { ...logChannel, n: { schema: { type: "number" }, default: 0 } },
  nodes: { a: {}, b: {}, c: {}, d: {} },
  edges: {
    s: "@start -> a",
    ab: "a -> b when n < 9",
    ac: "a -> c when n > 9",
    ad: "a -> d else",
    bz: "b -> @end",
    cz: "c -> a when false",
  },
};
const handlers = logs("a", "b", "c", "d");

describe("forced routes", () => {
  test("the edge of a node that has just finished is taken at once, instead of the others", async () => {
    const { session } = start(fork, handlers);
    await session.step();
    session.force("ac", "ann");
    expect(dueOf(session)).toEqual(["c"]);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "c"]]);
    const events = session.trace.filter(
      (event) => event.type === "route-forced" || (event.type === "route-taken" && event.forced === true),
    );
    expect(events).toMatchObject([
      { type: "route-forced", superstep: 1, node: "a", edge: "ac", to: "c", forced: true, actor: "ann" },
      { type: "route-taken", superstep: 1, node: "a", edge: "ac", to: "c", forced: true },
    ]);
  });

  test("the edge of a node that is still to run is taken when it finishes, once", async () => {
    const loop: ShortGraph = {
      channels: { ...logChannel, turns: { reducer: "sum" } },
      nodes: { a: {}, b: {}, c: {} },
      edges: { s: "@start -> a", ab: "a -> b when output.turns > 0", ac: "a -> c when false", cb: "c -> a", bz: "b -> @end" },
    };
    const { session } = start(loop, { ...logs("b", "c"), a: () => ({ turns: 1, log: ["a"] }) });
    session.force("ac");
    expect(session.frontier.forced).toEqual({ a: "ac" });
    await session.continue();
    expect([session.channels["log"], session.frontier.forced]).toEqual([["a", "c", "a", "b"], undefined]);
    expect(session.trace.filter((event) => event.type === "route-taken" && event.forced === true)).toMatchObject([
      { superstep: 1, edge: "ac" },
    ]);
  });

  test("an edge of the start can be forced before anything has run", async () => {
    const { session } = start({ ...fork, edges: { ...fork.edges, sd: "@start -> d when false" } }, handlers);
    session.force("sd");
    await session.continue();
    expect(session.channels["log"]).toEqual(["d"]);
  });

  test("while a question waits it counts for the node that asks", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { ask: { kind: "barrier", prompt: "?" }, yes: {}, other: {} },
      edges: { s: "@start -> ask", y: "ask -> yes on approve", n: "ask -> @end on reject", o: "ask -> other on never" },
    };
    const { session } = start(graph, logs("yes", "other"));
    await session.continue();
    session.force("o");
    session.decide("ask", { action: "approve", actor: "test" });
    await session.continue();
    expect(session.channels["log"]).toEqual(["other"]);
  });

  test("goes before a node's own goto, and is an arrival at a join like any other", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, b: {}, m: { join: "all" } },
      edges: { s: "@start -> a", t: "@start -> b", am: "a -> m when false", bm: "b -> m" },
    };
    const { session } = start(graph, { ...logs("b", "m"), a: (_state, ctx) => ctx.command({ goto: "@end" }) });
    session.force("am");
    await session.continue();
    expect(session.channels["log"]).toEqual(["b", "m"]);
  });

  test("the last one forced counts, and it can be taken back", async () => {
    const { session } = start(fork, handlers);
    await session.step();
    session.force("ac");
    session.force("ad");
    expect(dueOf(session)).toEqual(["d"]);
    session.unforce("a");
    expect(dueOf(session)).toEqual(["b"]);
    session.force("bz");
    session.unforce("b");
    expect(session.frontier.forced).toBeUndefined();
    expect(session.trace.filter((event) => event.type === "route-forced").map((event) => [event.edge, event.forced])).toEqual([
      ["ac", true],
      ["ad", true],
      ["ad", false],
      ["bz", true],
      ["bz", false],
    ]);
  });

  test("what it took counts: the edges of before do not, and come back when it is taken back", async () => {
    const { session } = start(fork, handlers);
    const taken = (): readonly unknown[] => [Object.fromEntries(session.tally.edges), Object.fromEntries(session.tally.forcedEdges)];
    await session.step();
    expect(taken()).toEqual([{ s: 0, ab: 1 }, {}]);
    session.force("ac");
    expect(taken()).toEqual([{ s: 0, ac: 1 }, { ac: 1 }]);
    session.force("ad");
    expect(taken()).toEqual([{ s: 0, ad: 1 }, { ad: 1 }]);
    session.unforce("a");
    expect(taken()).toEqual([{ s: 0, ab: 1 }, {}]);
    session.force("bz");
    expect(taken()).toEqual([{ s: 0, ab: 1 }, {}]);
    await session.continue();
    expect(taken()).toEqual([{ s: 0, ab: 1, bz: 2 }, { bz: 2 }]);
  });

  test("is saved: a restarted run takes it, and a restored checkpoint from before does not", async () => {
    const store = new MemoryStore();
    const { session: first } = start(fork, handlers, { store, run: "r" });
    await first.step();
    const before = first.head;
    first.force("ac");
    expect(store.load(first.head).trigger).toBe("rerouted");
    const session = RunSession.resume("r", compile(fork), services(handlers, { store }));
    expect(dueOf(session)).toEqual(["c"]);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "c"]);
    session.restore(before);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b"]);
  });

  test("what the last node wrote is known after a restart too", async () => {
    const graph: ShortGraph = {
      ...fork,
      edges: { s: "@start -> a", ab: "a -> b when output.n == 7", ac: "a -> c else", bd: "b -> d when false" },
    };
    const store = new MemoryStore();
    const { session: first } = start(graph, { ...handlers, a: () => ({ n: 7 }) }, { store, run: "r" });
    await first.step();
    first.force("bd");
    const session = RunSession.resume(
      "r",
      compile({ ...graph, edges: { ...graph.edges, bz: "b -> @end" } }),
      services(handlers, { store }),
    );
    expect([session.blocked, dueOf(session)]).toEqual([undefined, ["b"]]);
  });

  test("is refused for what is no edge, for a run that runs, and for one that has ended", async () => {
    const { session } = start(fork, handlers);
    expect(() => session.force("none")).toThrow(code("UNKNOWN_EDGE"));
    const running = session.continue();
    expect(() => session.force("ab")).toThrow(code("RUN_BUSY"));
    await running;
    expect(() => session.force("ab")).toThrow(code("RUN_FINISHED"));
  });

  describe.each([
    ["just taken", true],
    ["still to be taken", false],
  ])("an edit, the edge being %s,", (_name, taken) => {
    async function forced() {
      const { session } = start(fork, handlers);
      if (taken) await session.step();
      session.force("ac");
      return session;
    }

    test("elsewhere leaves it in force", async () => {
      const session = await forced();
      offer(session, { ...fork, edges: { ...fork.edges, ab: "a -> d" } });
      await session.continue();
      expect(session.channels["log"]).toEqual(["a", "c"]);
    });

    test("that retargets it is followed", async () => {
      const session = await forced();
      offer(session, { ...fork, edges: { ...fork.edges, ac: "a -> d when false" } });
      await session.continue();
      expect(session.channels["log"]).toEqual(["a", "d"]);
    });

    test("that takes it away blocks the run, until it is undone or the force is taken back", async () => {
      for (const undo of [true, false]) {
        const session = await forced();
        const { ac: _gone, ...edges } = fork.edges;
        offer(session, { ...fork, edges });
        expect(session.blocked?.code).toBe("NOT_RESUMABLE");
        if (undo) offer(session, fork);
        else session.unforce("a");
        expect(session.blocked).toBeUndefined();
        await session.continue();
        expect(session.channels["log"]).toEqual(["a", undo ? "c" : "b"]);
      }
    });
  });
});

describe("overrides", () => {
  const loop: ShortGraph = {
    channels: { ...logChannel, turns: { reducer: "sum" } },
    nodes: { count: { kind: "expression", set: { turns: "1" } }, a: {}, b: {}, c: {} },
    edges: { s: "@start -> count", ca: "count -> a", ab: "a -> b", ac: "b -> count when turns < 3", cc: "c -> count when turns < 3" },
  };
  const ends = { ...logs("a", "b", "c") };

  test("send a node elsewhere every time, whatever its edges say, also after a restart", async () => {
    for (const session of await continueBothWays(loop, ends, { overrides: { a: ["c"] } })) {
      expect(session.channels["log"]).toEqual(["a", "c", "a", "c", "a", "c"]);
      expect(session.trace.filter((event) => event.type === "route-taken" && event.node === "a")).toMatchObject(
        [1, 2, 3].map(() => ({ to: "c", why: "override" })),
      );
    }
  });

  const cases: readonly [string, Readonly<Record<string, readonly string[]>>, readonly JsonValue[]][] = [
    ["to several nodes", { a: ["c", "b"] }, ["a", "b", "c", "a", "b", "c", "a", "b", "c"]],
    ["to the end", { a: ["@end"] }, ["a"]],
    ["from the start", { "@start": ["b"] }, ["b", "a", "b", "a", "b", "a", "b"]],
  ];
  test.each(cases)("%s", async (_name, overrides, log) => {
    const { session } = start(loop, ends, { overrides });
    await session.continue();
    expect(session.channels["log"]).toEqual(log);
  });

  test("set while paused, they route what finished last; ended, the edges count again", async () => {
    const { session } = start(loop, ends);
    await session.step();
    await session.step();
    session.override("a", ["c"], "ann");
    expect(dueOf(session)).toEqual(["c"]);
    session.override("a", []);
    expect([dueOf(session), session.frontier.overrides]).toEqual([["b"], undefined]);
    expect(session.tally.edges.get("ab")).toBe(2);
    const told = session.trace.filter(({ type, superstep }) => superstep === 2 && type.startsWith("route-"));
    expect(told.map((event) => [event.type, "edge" in event ? event.edge : undefined, "to" in event ? event.to : undefined])).toEqual([
      ["route-taken", "ab", "b"],
      ["route-overridden", undefined, ["c"]],
      ["route-taken", undefined, "c"],
      ["route-overridden", undefined, []],
      ["route-taken", "ab", "b"],
    ]);
    expect(session.trace.filter((event) => event.type === "route-overridden")).toMatchObject([
      { node: "a", to: ["c"], actor: "ann" },
      { node: "a", to: [] },
    ]);
  });

  test("a node's own goto, its failure and a forced edge go before; an action that no edge names does not matter", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, f: {}, o: {}, x: {}, mine: {}, sorry: {}, over: {}, named: {} },
      edges: {
        s1: "@start -> a",
        s2: "@start -> f",
        s3: "@start -> o",
        s4: "@start -> x",
        fs: "f -> sorry on @error",
        xn: "x -> named on never",
      },
    };
    const run = {
      ...logs("mine", "sorry", "over", "named"),
      a: (_state: unknown, ctx: HandlerContext) => ctx.command({ goto: "mine" }),
      f: () => {
        throw new Error("broken");
      },
      o: (_state: unknown, ctx: HandlerContext) => ctx.command({ action: "unheard" }),
      x: () => ({}),
    };
    const { session } = start(graph, run, { overrides: { a: ["over"], f: ["over"], o: ["over"], x: ["over"] } });
    session.force("xn");
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["mine", "sorry", "over", "named"]]);
  });

  test("nodes and targets are checked", () => {
    expect(() => start(loop, ends, { overrides: { a: ["nowhere"] } })).toThrow(code("UNKNOWN_TARGET"));
    expect(() => start(loop, ends, { overrides: { nowhere: ["a"] } })).toThrow(code("UNKNOWN_TARGET"));
    const { session } = start(loop, ends);
    expect(() => session.override("a", ["b", "nowhere"])).toThrow(code("UNKNOWN_TARGET"));
    expect(session.frontier.overrides).toBeUndefined();
  });

  test("an edit that takes their target away blocks the run until it is undone or the override ends", async () => {
    const { c: _gone, ...nodes } = loop.nodes;
    const { cc: _edge, ...edges } = loop.edges;
    for (const undo of [true, false]) {
      const { session } = start(loop, ends, { overrides: { a: ["c"] } });
      await session.step();
      offer(session, { ...loop, nodes, edges });
      expect(session.blocked?.code).toBe("NOT_RESUMABLE");
      if (undo) offer(session, loop);
      else session.override("a", []);
      expect(session.blocked).toBeUndefined();
      await session.step();
      expect(dueOf(session)).toEqual([undo ? "c" : "b"]);
    }
  });
});

describe("goto and send, when the plan changes while paused", () => {
  const graph: ShortGraph = {
    channels: logChannel,
    nodes: { a: {}, v: {}, w: {}, b: {}, c: {} },
    edges: { s: "@start -> a", ab: "a -> b" },
  };
  const sends = {
    ...logs("b", "c"),
    a: (_state: unknown, ctx: HandlerContext) => ctx.command({ send: ["w", "v", "w"].map((to, input) => ({ to, input })) }),
    v: (_state: unknown, ctx: HandlerContext) => ({ log: [`v ${JSON.stringify(ctx.input)}`] }),
    w: (_state: unknown, ctx: HandlerContext) => ({ log: [`w ${JSON.stringify(ctx.input)}`] }),
  };
  const ids = (session: RunSession): readonly string[] => session.frontier.due.map((task) => task.id);

  test("sent tasks stay beside the routes that are taken anew, in the order of the nodes now", async () => {
    const { session } = start(graph, sends);
    await session.step();
    expect(ids(session)).toEqual(["2/v#0", "2/w#0", "2/w#1", "2/b"]);
    offer(session, {
      ...graph,
      edges: { ...graph.edges, ab: "a -> c" },
      nodes: Object.fromEntries(Object.entries(graph.nodes).toReversed()),
    });
    expect(ids(session)).toEqual(["2/c", "2/w#0", "2/w#1", "2/v#0"]);
    await session.continue();
    expect(session.channels["log"]).toEqual(["c", "w 0", "w 2", "v 1"]);
  });

  test("a sent task whose node is gone blocks the run, and undoing the edit brings it back with its input", async () => {
    const { v: _gone, ...nodes } = graph.nodes;
    const store = new MemoryStore();
    await start(graph, sends, { store, run: "r" }).session.step();
    const session = RunSession.resume("r", compile({ ...graph, nodes }), services(sends, { store }));
    expect(session.blocked).toMatchObject({ code: "NOT_RESUMABLE", message: expect.stringContaining('"v"') as string });
    offer(session, graph);
    expect(session.blocked).toBeUndefined();
    await session.continue();
    expect(session.channels["log"]).toEqual(["v 1", "w 0", "w 2", "b"]);
  });

  test("a goto goes where it said, whatever is drawn; without its target the run is blocked", async () => {
    const jumps = { ...sends, a: (_state: unknown, ctx: HandlerContext) => ctx.command({ goto: "c" }) };
    const { session } = start(graph, jumps);
    await session.step();
    offer(session, { ...graph, edges: { ...graph.edges, ab: "a -> v" } });
    expect(ids(session)).toEqual(["2/c"]);
    const { c: _gone, ...nodes } = graph.nodes;
    offer(session, { ...graph, nodes });
    expect(session.blocked).toMatchObject({
      code: "NOT_RESUMABLE",
      message: expect.stringContaining('"c"') as string,
      details: { node: "a" },
    });
    offer(session, graph);
    await session.continue();
    expect(session.channels["log"]).toEqual(["c"]);
  });

  test("an edit of a join while something waits at it is followed", async () => {
    const waiting = (join: unknown): ShortGraph => ({
      channels: logChannel,
      nodes: { a: {}, b: {}, b2: {}, m: { join } },
      edges: { s: "@start -> a", t: "@start -> b", am: "a -> m", bb: "b -> b2", bm: "b2 -> m" },
    });
    const { session } = start(waiting("all"), logs("a", "b", "b2", "m"));
    await session.step();
    const seen: string[] = [];
    for (const join of ["all", { count: 2 }, { count: 1 }, "any", "deferred", "all"]) {
      offer(session, waiting(join));
      seen.push(`${JSON.stringify(join)} ${ids(session).join(" ")}`);
    }
    expect(seen).toEqual(['"all" 2/b2', '{"count":2} 2/b2', '{"count":1} 2/b2 2/m', '"any" 2/b2 2/m', '"deferred" 2/b2', '"all" 2/b2']);
  });

  test("what a count join has used up does not trigger the join that it becomes", async () => {
    const graphOf = (join: unknown): ShortGraph => ({
      channels: logChannel,
      nodes: { a: {}, b: {}, b2: {}, b3: {}, m: { join } },
      edges: { s: "@start -> a", t: "@start -> b", am: "a -> m", bb: "b -> b2", bc: "b2 -> b3", bm: "b3 -> m" },
    });
    const { session } = start(graphOf({ count: 1 }), logs("a", "b", "b2", "b3", "m"));
    await session.step();
    await session.step();
    expect(ids(session)).toEqual(["3/b3"]);
    const seen: string[] = [];
    for (const join of ["any", "all", "deferred", { count: 2 }, { count: 1 }]) {
      offer(session, graphOf(join));
      seen.push(ids(session).join(" "));
    }
    expect(seen).toEqual(Array.from({ length: 5 }, () => "3/b3"));
    const afterM = session.head;
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "b2", "m", "b3"]);
    session.restore(afterM);
    offer(session, graphOf("any"));
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "b2", "m", "b3", "m"]);
  });

  test("a failure that was caught is not passed over when its edge is taken away", async () => {
    const failing: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, b: {}, sorry: {} },
      edges: { s: "@start -> a", ab: "a -> b", as: "a -> sorry on @error" },
    };
    const { session } = start(failing, {
      ...logs("b", "sorry"),
      a: () => {
        throw new Error("broken");
      },
    });
    await session.step();
    offer(session, { ...failing, edges: { s: "@start -> a", ab: "a -> b", bs: "b -> sorry" } });
    expect(session.blocked?.message).toContain("broken");
    offer(session, { ...failing, edges: { ...failing.edges, as: "a -> b on @error" } });
    await session.continue();
    expect(session.channels["log"]).toEqual(["b"]);
  });
});
