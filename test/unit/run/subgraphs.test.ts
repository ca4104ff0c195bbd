import { describe, expect, test } from "vitest";
import { cloneRun, RunSession, type JsonObject, type JsonValue } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { turn } from "../../support/turn.js";
import { compile, eventsOf, history, logChannel, services, start, type Handlers } from "./harness.js";

const number = { schema: { type: "number" } };
const yes = { action: "approve", actor: "ann" };

/** a -> sub -> z around a graph of two nodes. */
const outer: ShortGraph = {
  channels: { x: number, ...logChannel },
  nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner" }, z: {} },
  edges: { e1: "@start -> a", e2: "a -> sub", e3: "sub -> z" },
};
const inner: ShortGraph = {
  channels: { x: number, ...logChannel, own: { schema: { type: "string" }, default: "inside" } },
  nodes: { b: {}, c: {} },
  edges: { e1: "@start -> b", e2: "b -> c" },
};
/** Names of the nodes that ran, as `log` shows; `x` doubled by every one. */
function doubling(...nodes: readonly string[]): Handlers {
  return Object.fromEntries(nodes.map((node) => [node, (state: JsonObject) => ({ log: [node], x: Number(state["x"] ?? 0) * 2 })]));
}

/** A subgraph that asks, between b and c. */
const asking: ShortGraph = {
  ...inner,
  nodes: { b: {}, ask: { kind: "barrier", prompt: "Go on with {{x}}?" }, c: {} },
  edges: { e1: "@start -> b", e2: "b -> ask", e3: "ask -> c on approve", e4: "ask -> b on reject" },
};

describe("a subgraph", () => {
  test("runs as one superstep, shares the channels of the same name, and gets back what was added inside", async () => {
    const { session, services: given } = start(outer, doubling("a", "b", "c", "z"), { graphs: { "./inner": inner }, input: { x: 1 } });
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { x: 16, log: ["a", "b", "c", "z"] }]);
    expect(history(session)).toEqual([
      [1, ["a"]],
      [2, ["sub"]],
      [3, ["z"]],
    ]);
    const [nested] = given.store.nested(session.id);
    expect(nested).toMatchObject({ graph: "./inner", parent: { run: session.id, task: "2/sub" } });
    expect(given.store.runs().map(({ id }) => id)).toEqual([session.id]);
    expect(eventsOf(session, "sub")).toEqual(["task-started", "nested-run", "task-finished"]);
    expect(given.store.trace(nested?.id ?? "").flatMap((event) => (event.type === "task-finished" ? [event.node] : []))).toEqual([
      "b",
      "c",
    ]);
  });

  test("takes what `in` says and gives what `out` says", async () => {
    const graph = {
      ...outer,
      nodes: { ...outer.nodes, sub: { kind: "subgraph", graph: "./inner", in: { x: "x + 10.0" }, out: { x: "x * 3.0", log: "own" } } },
    };
    const { session } = start(graph, doubling("a", "b", "c", "z"), { graphs: { "./inner": inner }, input: { x: 1 } });
    await session.continue();
    expect(session.channels).toEqual({ x: (1 * 2 + 10) * 4 * 3 * 2, log: ["a", "inside", "z"] });
  });

  test("writes nothing to a channel that was given null and stayed so", async () => {
    const any = { channels: { free: {} }, nodes: { b: { kind: "expression", set: {} } }, edges: { e1: "@start -> b" } };
    const graph: ShortGraph = {
      channels: { free: {} },
      nodes: { sub: { kind: "subgraph", graph: "./inner", in: { free: "free" } } },
      edges: { e1: "@start -> sub" },
    };
    const { session } = start(graph, {}, { graphs: { "./inner": any } });
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", {}]);
  });

  test("two beside one another do not undo each other's writes", async () => {
    const reducers = {
      m: { reducer: "merge" },
      s: { ...number, reducer: "sum", default: 5 },
      l: { reducer: "append", default: [0] },
      k: { reducer: "messages" },
      u: {},
    };
    const one = (node: string): ShortGraph => ({ channels: reducers, nodes: { [node]: {} }, edges: { e: `@start -> ${node}` } });
    const graph: ShortGraph = {
      channels: reducers,
      nodes: { left: { kind: "subgraph", graph: "./left" }, right: { kind: "subgraph", graph: "./right" } },
      edges: { e1: "@start -> left", e2: "@start -> right" },
    };
    const { session } = start(
      graph,
      {
        l: () => ({ m: { a: 1, old: null }, s: 1, l: [1], k: [{ id: 1, t: "new" }] }),
        r: () => ({ m: { b: 2 }, s: 10, l: [2], k: [{ id: 3 }, { remove: 2 }], u: "r" }),
      },
      { graphs: { "./left": one("l"), "./right": one("r") }, input: { m: { old: 1, kept: 1 }, l: ["i"], k: [{ id: 1 }, { id: 2 }] } },
    );
    await session.continue();
    expect(session.channels).toEqual({
      m: { kept: 1, a: 1, b: 2 },
      s: 16,
      l: [0, "i", 1, 2],
      k: [{ id: 1, t: "new" }, { id: 3 }],
      u: "r",
    });
  });

  test("passes its questions on, runs no finished inner node again, and takes the decisions in", async () => {
    const graphs = { "./inner": asking };
    const { session } = start(outer, doubling("a", "b", "c", "z"), { graphs, input: { x: 1 } });
    await session.continue();
    expect(session.status).toBe("waiting");
    expect(session.frontier.questions).toMatchObject([
      { key: "sub/ask", node: "sub", prompt: "Go on with 4?", actions: ["approve", "reject"] },
    ]);
    session.decide("sub/ask", { action: "reject", actor: "ann" });
    await session.continue();
    // The same question, asked again by another task inside: the old decision does not answer it.
    expect([session.status, session.openQuestions.map(({ prompt }) => prompt)]).toEqual(["waiting", ["Go on with 8?"]]);
    session.decide("sub/ask", yes);
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { x: 32, log: ["a", "b", "b", "c", "z"] }]);
    expect([session.frontier.questions, session.frontier.decisions, session.frontier.nested]).toEqual([[], {}, undefined]);
  });

  test("uses a decision that came early, once", async () => {
    const { session } = start(outer, doubling("a", "b", "c", "z"), { graphs: { "./inner": asking } });
    session.decide("sub/ask", { action: "reject", actor: "ann" });
    await session.continue();
    expect([session.status, session.openQuestions.map(({ key }) => key)]).toEqual(["waiting", ["sub/ask"]]);
    expect(() => session.decide("sub/ask", { action: "maybe", actor: "ann" })).toThrow("no answer");
    expect(() => session.decide("sub", yes)).toThrow("asks no question");
  });

  test("five questions of two subgraphs, answered one after the other and together", async () => {
    const both: ShortGraph = {
      channels: { ...logChannel },
      nodes: { p: { kind: "barrier", prompt: "p?" }, q: { kind: "barrier", prompt: "q?" }, after: {} },
      edges: {
        e1: "@start -> p",
        e2: "@start -> q",
        e3: "p -> after on approve",
        e4: "q -> after on approve",
        e5: "p -> @end on reject",
        e6: "q -> @end on reject",
      },
    };
    const graph: ShortGraph = {
      channels: { ...logChannel },
      nodes: {
        left: { kind: "subgraph", graph: "./both" },
        right: { kind: "subgraph", graph: "./both" },
        own: { kind: "barrier", prompt: "own?" },
      },
      edges: { e1: "@start -> left", e2: "@start -> right", e3: "@start -> own" },
    };
    const { session } = start(graph, { after: () => ({ log: ["after"] }) }, { graphs: { "./both": both } });
    await session.continue();
    expect(session.openQuestions.map(({ key }) => key)).toEqual(["left/p", "left/q", "right/p", "right/q", "own"]);
    session.decide("left/q", yes);
    await session.continue();
    expect([session.status, session.openQuestions.map(({ key }) => key).toSorted()]).toEqual([
      "waiting",
      ["left/p", "own", "right/p", "right/q"],
    ]);
    session.decideAll({ "left/p": yes, own: yes, "right/p": yes, "right/q": yes });
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { log: ["after", "after"] }]);
  });

  test("fails with the inner error and its place; going on runs again only what failed inside", async () => {
    const runs: string[] = [];
    let broken = true;
    const handlers: Handlers = {
      ...Object.fromEntries(["a", "b", "z"].map((node) => [node, () => (runs.push(node), {})])),
      c: () => {
        runs.push("c");
        if (broken) throw new Error("boom");
        return { x: 7 };
      },
    };
    const deep: ShortGraph = {
      channels: { x: number },
      nodes: { in: { kind: "subgraph", graph: "./inner" } },
      edges: { e: "@start -> in" },
    };
    const { session } = start(outer, handlers, { graphs: { "./inner": deep, "./deep": deep } });
    expect(session.status).toBe("paused");
    const nested = start(outer, handlers, {
      graphs: { "./inner": { ...deep, nodes: { in: { kind: "subgraph", graph: "./leaf" } } }, "./leaf": inner },
    }).session;
    await nested.continue();
    expect([nested.status, nested.frontier.error]).toMatchObject([
      "failed",
      { code: "HANDLER_FAILED", message: "boom", details: { node: "sub", place: ["sub", "in", "c"] } },
    ]);
    broken = false;
    await nested.continue();
    expect([nested.status, nested.channels["x"], runs]).toEqual(["completed", 7, ["a", "b", "c", "c", "z"]]);
  });

  test("retries with a fresh run, falls back, and goes by its `@error` edge", async () => {
    const runs: string[] = [];
    const handlers: Handlers = {
      a: () => ({}),
      b: () => (runs.push("b"), {}),
      c: () => {
        runs.push("c");
        throw new Error("boom");
      },
      z: (_state: object, { input }: HandlerContext) => ({ log: [input === undefined ? "z" : "error"] }),
    };
    const withPolicy = (policy: object, edge: string) => ({
      ...outer,
      nodes: { ...outer.nodes, sub: { ...outer.nodes["sub"], ...policy } },
      edges: { ...outer.edges, e3: edge },
    });
    const retried = start(withPolicy({ retry: { attempts: 2, delay: "0ms" }, fallback: { x: 1 } }, "sub -> z"), handlers, {
      graphs: { "./inner": inner },
    });
    await retried.session.continue();
    expect([retried.session.status, retried.session.channels, runs.splice(0)]).toEqual([
      "completed",
      { x: 1, log: ["z"] },
      ["b", "c", "b", "c"],
    ]);
    expect(retried.services.store.nested(retried.session.id)).toHaveLength(2);
    const caught = start(withPolicy({}, "sub -> z on @error"), handlers, { graphs: { "./inner": inner } }).session;
    await caught.continue();
    expect([caught.status, caught.channels["log"]]).toEqual(["completed", ["error"]]);
  });

  test("a graph inside itself ends by its routes, and is refused beyond the limit", async () => {
    const count: ShortGraph = {
      channels: { x: number },
      nodes: { down: { kind: "expression", set: { x: "x - 1.0" } }, again: { kind: "subgraph", graph: "./count" } },
      edges: { e1: "@start -> down", e2: "down -> again when x > 0.0", e3: "down -> @end else" },
    };
    const { session } = start(count, {}, { graphs: { "./count": count }, input: { x: 5 } });
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { x: 0 }]);
    const endless = start(count, {}, { graphs: { "./count": count }, input: { x: 500 } }).session;
    await endless.continue();
    expect([endless.status, endless.frontier.error?.code]).toEqual(["failed", "NESTING_LIMIT"]);
  });

  test.each<[string, object, string]>([
    ["a graph that is not there", { graph: "./none" }, "GRAPH_MISSING"],
    ["an inner channel that is not there", { graph: "./inner", in: { nope: "x" } }, "INPUT_INVALID"],
    ["a value that an inner channel does not take", { graph: "./inner", in: { own: "x" } }, "INPUT_INVALID"],
    ["an expression over inner channels that are not there", { graph: "./inner", out: { x: "nope" } }, "EXPRESSION"],
    ["a value that the channel here does not take", { graph: "./inner", out: { x: "own" } }, "CHANNEL_SCHEMA"],
  ])("fails with %s", async (_what, fields, code) => {
    const graph = { ...outer, nodes: { ...outer.nodes, sub: { kind: "subgraph", ...fields } } };
    const { session } = start(graph, doubling("a", "b", "c", "z"), { graphs: { "./inner": inner }, input: { x: 1 } });
    await session.continue();
    expect([session.status, session.frontier.error?.code]).toEqual(["failed", code]);
  });
});

describe("a subgraph is a node like any other", () => {
  const withFields = (fields: object): ShortGraph => ({ ...outer, nodes: { ...outer.nodes, sub: { ...outer.nodes["sub"], ...fields } } });
  const counting = (runs: string[]) =>
    Object.fromEntries(["a", "b", "c", "z"].map((node) => [node, () => (runs.push(node), { log: [node] })]));

  test("it can be bypassed", async () => {
    const runs: string[] = [];
    const { session } = start(withFields({ disabled: true }), counting(runs), { graphs: { "./inner": inner } });
    await session.continue();
    expect([session.status, runs]).toEqual(["completed", ["a", "z"]]);
  });

  test("its result is used again, until the graph inside is changed", async () => {
    const runs: string[] = [];
    const graphs: Record<string, ShortGraph> = { "./inner": inner };
    const first = start(withFields({ cache: { key: "'same'" } }), counting(runs), { graphs });
    await first.session.continue();
    const again = async () => {
      const session = RunSession.start(compile(withFields({ cache: { key: "'same'" } })), { graph: "test" }, { ...first.services });
      await session.continue();
      return [session.channels["log"], runs.splice(0)];
    };
    runs.splice(0);
    expect(await again()).toEqual([
      ["a", "b", "c", "z"],
      ["a", "z"],
    ]);
    graphs["./inner"] = { ...inner, nodes: { c: {} }, edges: { e1: "@start -> c" } };
    expect(await again()).toEqual([
      ["a", "c", "z"],
      ["a", "c", "z"],
    ]);
  });

  test("sent tasks run it once each, with their own input, and ask by their index", async () => {
    const graph: ShortGraph = {
      channels: { ...logChannel },
      nodes: { many: {}, sub: { kind: "subgraph", graph: "./one", in: { it: "input" }, out: { log: "[it]" } } },
      edges: { e1: "@start -> many" },
    };
    const one: ShortGraph = {
      channels: { it: { schema: { type: "string" } } },
      nodes: { ask: { kind: "barrier", prompt: "{{it}}?", output: "it", schema: { type: "string" } } },
      edges: { e1: "@start -> ask" },
    };
    const many = (_state: object, ctx: HandlerContext) =>
      ctx.command({ goto: ["@end"], send: ["p", "q"].map((input) => ({ to: "sub", input })) });
    const { session } = start(graph, { many }, { graphs: { "./one": one } });
    await session.continue();
    expect(session.frontier.error).toBeUndefined();
    expect(session.openQuestions.map(({ key, prompt }) => [key, prompt])).toEqual([
      ["sub#0/ask", "p?"],
      ["sub#1/ask", "q?"],
    ]);
    session.decideAll({ "sub#1/ask": { ...yes, value: "Q" }, "sub#0/ask": yes });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["p", "Q"]]);
  });

  test("a question inside that nobody answers in time is decided by its default, or fails the node", async () => {
    const timed = (more: object): ShortGraph => ({
      ...asking,
      nodes: { ...asking.nodes, ask: { kind: "barrier", prompt: "?", timeout: "1h", ...more } },
    });
    for (const [more, expected] of [
      [{ default: "approve" }, ["completed", undefined]],
      [{}, ["failed", "TIMED_OUT"]],
    ] as const) {
      const { session, clock } = start(outer, doubling("a", "b", "c", "z"), { graphs: { "./inner": timed(more) } });
      await session.continue();
      const asked = session.head;
      clock.advance(1_800_000);
      session.restore(asked); // the question has as long as it had left
      clock.advance(3_599_000);
      await session.continue();
      expect(session.status).toBe("waiting");
      clock.advance(1000);
      await session.continue();
      expect([session.status, session.frontier.error?.code]).toEqual(expected);
    }
  });
});

describe("pausing and stopping around a subgraph", () => {
  const slow = (release: { open: () => void }): Handlers => ({
    ...doubling("a", "c", "z"),
    b: () => new Promise((resolve) => (release.open = () => resolve({ log: ["b"] }))),
  });

  test("a pause stops the inner run at its next boundary, and the outer superstep stays open", async () => {
    const gate = { open: () => {} };
    const { session, services: given } = start(outer, slow(gate), { graphs: { "./inner": inner }, input: { x: 1 } });
    const running = session.continue();
    await turn();
    void session.drain();
    gate.open();
    await running;
    expect([session.status, session.frontier.open, session.frontier.nested]).toMatchObject(["paused", true, [{ task: "2/sub" }]]);
    const resumed = RunSession.resume(
      session.id,
      compile(outer),
      services(slow(gate), { store: given.store, graphs: { "./inner": inner } }),
    );
    await resumed.continue();
    expect([resumed.status, resumed.channels["log"]]).toEqual(["completed", ["a", "b", "c", "z"]]);
  });

  test("a stop ends both at once", async () => {
    const { session, services: given } = start(outer, slow({ open: () => {} }), { graphs: { "./inner": inner } });
    const running = session.continue();
    await turn();
    await session.stop();
    await running;
    const [nested] = given.store.nested(session.id);
    expect([session.status, given.store.latest(nested?.id ?? "")?.frontier.status]).toEqual(["cancelled", "cancelled"]);
  });

  test("time is up: the inner run is aborted, and goes on where it was", async () => {
    const gate = { open: () => {} };
    const graph = { ...outer, nodes: { ...outer.nodes, sub: { ...outer.nodes["sub"], timeout: "1s" } } };
    const { session, clock } = start(graph, slow(gate), { graphs: { "./inner": inner } });
    const running = session.continue();
    await turn();
    clock.advance(1000);
    await running;
    expect([session.status, session.frontier.error?.code]).toEqual(["failed", "TIMED_OUT"]);
    const again = session.continue();
    await turn();
    gate.open();
    await again;
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "c", "z"]]);
  });
});

describe("stepping", () => {
  test("one step of the outer run is all of the subgraph", async () => {
    const { session } = start(outer, doubling("a", "b", "c", "z"), { graphs: { "./inner": inner } });
    await session.step();
    await session.step();
    expect([session.status, session.channels["log"]]).toEqual(["paused", ["a", "b", "c"]]);
  });

  test("stepping into it moves the inner run by one superstep at a time", async () => {
    const { session } = start(outer, doubling("a", "b", "c", "z"), { graphs: { "./inner": inner } });
    await session.step();
    const seen: JsonValue[] = [];
    for (let n = 0; n < 3; n += 1) {
      await session.stepInto("2/sub");
      const nested = session.nested("2/sub");
      seen.push([session.status, session.frontier.open, nested?.status ?? null, nested?.channels["log"] ?? null]);
    }
    expect(seen).toEqual([
      ["paused", true, "paused", ["a"]],
      ["paused", true, "paused", ["a", "b"]],
      ["paused", false, null, null],
    ]);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "c", "z"]);
    await expect(session.stepInto("2/sub")).rejects.toThrow("completed");
  });

  test("steps deeper, and leaves siblings alone", async () => {
    const middle: ShortGraph = {
      channels: { ...logChannel },
      nodes: { in: { kind: "subgraph", graph: "./leaf" } },
      edges: { e: "@start -> in" },
    };
    const graph: ShortGraph = {
      ...outer,
      nodes: { sub: { kind: "subgraph", graph: "./middle" }, a: {} },
      edges: { e1: "@start -> sub", e2: "@start -> a" },
    };
    const { session } = start(graph, doubling("a", "b", "c"), { graphs: { "./middle": middle, "./leaf": inner } });
    await session.stepInto("1/sub");
    await session.stepInto("1/sub", "1/in");
    await session.stepInto("1/sub", "1/in");
    const leaf = session.nested("1/sub")?.nested("1/in");
    expect([session.frontier.results, leaf?.channels["log"]]).toEqual([[], ["b"]]);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["b", "c", "a"]]);
  });
});

describe("going back", () => {
  test("an earlier checkpoint of the outer run has the inner one where it was", async () => {
    const runs: string[] = [];
    const handlers = Object.fromEntries(["a", "b", "c", "z"].map((node) => [node, () => (runs.push(node), { log: [node] })]));
    const { session, services: given } = start(outer, handlers, { graphs: { "./inner": asking }, input: { x: 1 } });
    await session.continue();
    const asked = session.head;
    session.decide("sub/ask", yes);
    await session.continue();
    expect([session.status, runs.splice(0)]).toEqual(["completed", ["a", "b", "c", "z"]]);
    const before = given.store.nested(session.id).flatMap(({ id }) => given.store.list(id).map((each) => each.id));
    session.restore(asked);
    expect([session.status, session.openQuestions.map(({ key }) => key)]).toEqual(["waiting", ["sub/ask"]]);
    session.decide("sub/ask", { action: "reject", actor: "ann" });
    await session.continue();
    expect([session.status, runs]).toEqual(["waiting", ["b"]]);
    const after = given.store.nested(session.id).flatMap(({ id }) => given.store.list(id).map((each) => each.id));
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test("a checkpoint from inside a finished subgraph takes the outer run back before its end", async () => {
    const runs: string[] = [];
    const handlers = Object.fromEntries(["a", "b", "c", "z"].map((node) => [node, () => (runs.push(node), { log: [node] })]));
    const { session, services: given } = start(outer, handlers, { graphs: { "./inner": inner }, input: { x: 1 } });
    await session.continue();
    const [nested] = given.store.nested(session.id);
    const afterB = given.store.list(nested?.id ?? "").find((each) => each.superstep === 1);
    runs.splice(0);
    session.restore(afterB?.id ?? "", { mode: "live" });
    expect([session.status, session.frontier.open, session.channels["log"]]).toEqual(["paused", true, ["a"]]);
    expect(session.nested("2/sub")?.channels["log"]).toEqual(["a", "b"]);
    await session.continue();
    expect([session.status, session.channels["log"], runs]).toEqual(["completed", ["a", "b", "c", "z"], ["c", "z"]]);
  });

  test("so does one two graphs deep, also with a question inside", async () => {
    const middle: ShortGraph = { ...inner, nodes: { in: { kind: "subgraph", graph: "./leaf" } }, edges: { e: "@start -> in" } };
    const { session, services: given } = start(outer, doubling("a", "b", "c", "z"), {
      graphs: { "./inner": middle, "./leaf": asking },
      input: { x: 1 },
    });
    await session.continue();
    expect(session.openQuestions.map(({ key }) => key)).toEqual(["sub/in/ask"]);
    session.decide("sub/in/ask", yes);
    await session.continue();
    expect(session.status).toBe("completed");
    const [second] = given.store.nested(session.id);
    const [third] = given.store.nested(second?.id ?? "");
    const list = given.store.list(third?.id ?? "");
    const afterB = list.find((each) => each.superstep === 1 && each.trigger === "superstep");
    session.restore(afterB?.id ?? "");
    await session.continue();
    expect(session.openQuestions.map(({ key }) => key)).toEqual(["sub/in/ask"]);
    session.decide("sub/in/ask", { action: "reject", actor: "ann" });
    await session.continue();
    session.decide("sub/in/ask", yes);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "b", "c", "z"]]);
  });

  test("an inner run that is moved by hand takes the outer one's questions along", async () => {
    const { session } = start(outer, doubling("a", "b", "c", "z"), { graphs: { "./inner": asking }, input: { x: 1 } });
    await session.continue();
    const nested = session.nested("2/sub");
    const [first] = (nested?.trace ?? []).flatMap((event) => (event.type === "checkpoint" ? [event.checkpoint] : []));
    nested?.restore(first ?? "");
    expect([session.status, session.openQuestions]).toEqual(["paused", []]);
    await session.continue();
    expect([session.status, session.openQuestions.map(({ key }) => key)]).toEqual(["waiting", ["sub/ask"]]);
    nested?.decide("ask", yes);
    expect(session.openQuestions).toEqual([]);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "c", "z"]]);
  });
});

describe("a copy of the history", () => {
  test("has runs inside of its own: the two go different ways", async () => {
    const graphs = { "./inner": asking };
    const { session, services: given } = start(outer, doubling("a", "b", "c", "z"), { graphs, input: { x: 1 } });
    await session.continue();
    const copy = RunSession.resume(
      cloneRun(session.head, given),
      compile(outer),
      services(doubling("a", "b", "c", "z"), { store: given.store, graphs }),
    );
    expect([copy.status, copy.openQuestions.map(({ key }) => key)]).toEqual(["waiting", ["sub/ask"]]);
    session.decide("sub/ask", { action: "reject", actor: "ann" });
    await session.continue();
    copy.decide("sub/ask", yes);
    await copy.continue();
    expect([copy.status, copy.channels["log"]]).toEqual(["completed", ["a", "b", "c", "z"]]);
    expect(session.status).toBe("waiting");
    session.decide("sub/ask", yes);
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b", "b", "c", "z"]);
    expect(given.store.nested(session.id).map(({ id }) => id)).not.toEqual(given.store.nested(copy.id).map(({ id }) => id));
  });
});

describe("an edit", () => {
  test("of the inner graph is seen by new runs, reroutes one that stands, and blocks one that cannot go on", async () => {
    const graphs: Record<string, ShortGraph> = { "./inner": inner };
    const { session } = start(outer, doubling("a", "b", "c", "d", "z"), { graphs });
    await session.step();
    await session.stepInto("2/sub");
    await session.stepInto("2/sub");
    graphs["./inner"] = { ...inner, nodes: { c: {}, d: {} }, edges: { e1: "@start -> c", e2: "c -> d" } };
    await session.continue();
    expect([session.status, session.frontier.error]).toMatchObject(["failed", { code: "NOT_RESUMABLE", details: { place: ["sub", "b"] } }]);
    graphs["./inner"] = { ...inner, nodes: { b: {}, d: {} }, edges: { e1: "@start -> b", e2: "b -> d" } };
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "d", "z"]]);
  });
});
