import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, continueBothWays, logChannel, logs, services, start, tasksRun, type Handlers } from "./harness.js";

const fails = () => {
  throw new Error("out of order");
};
const logsErrors = (_state: unknown, ctx: HandlerContext): unknown => ({ log: [ctx.input ?? null] });

interface Case {
  readonly name: string;
  readonly nodes: Readonly<Record<string, object>>;
  readonly edges: readonly string[];
  readonly handlers: Handlers;
  readonly tasks: readonly string[];
}

const table: readonly Case[] = [
  {
    name: "they fire instead of the others, and the run goes on",
    nodes: { a: {}, b: {}, sorry: {}, after: {} },
    edges: ["@start -> a", "a -> b", "a -> sorry on @error", "sorry -> after"],
    handlers: { a: fails, ...logs("b", "sorry", "after") },
    tasks: ["a", "sorry", "after"],
  },
  {
    name: "they do not fire when the node did well",
    nodes: { a: {}, b: {}, sorry: {} },
    edges: ["@start -> a", "a -> b", "a -> sorry on @error"],
    handlers: logs("a", "b", "sorry"),
    tasks: ["a", "b"],
  },
  {
    name: "all of them fire",
    nodes: { a: {}, sorry: {}, report: {} },
    edges: ["@start -> a", "a -> sorry on @error", "a -> report on @error"],
    handlers: { a: fails, ...logs("sorry", "report") },
    tasks: ["a", "sorry report"],
  },
  {
    name: "an else edge is not an alternative to failing",
    nodes: { a: {}, b: {}, sorry: {} },
    edges: ["@start -> a", "a -> b else", "a -> sorry on @error", "a -> b on yes"],
    handlers: { a: fails, ...logs("b", "sorry") },
    tasks: ["a", "sorry"],
  },
  {
    name: "an `@error` edge beside plain ones leaves their node as it was",
    nodes: { ok: { kind: "barrier", prompt: "?", actions: ["yes"] }, b: {}, sorry: {} },
    edges: ["@start -> ok", "ok -> b", "ok -> sorry on @error"],
    handlers: logs("b", "sorry"),
    // Its question is asked, and answered by the decision that came early.
    tasks: ["ok ok", "b"],
  },
  {
    name: "an expression that cannot be evaluated is a failure too",
    nodes: { a: { kind: "expression", set: { log: "[1 / run.superstep, int('x')]" } }, sorry: {} },
    edges: ["@start -> a", "a -> sorry on @error"],
    handlers: logs("sorry"),
    tasks: ["a", "sorry"],
  },
  {
    name: "so is a write that its channel refuses",
    nodes: { a: {}, c: {}, sorry: {} },
    edges: ["@start -> a", "@start -> c", "a -> sorry on @error"],
    handlers: { a: () => ({ n: "text" }), c: () => ({ n: 1 }), ...logs("sorry") },
    tasks: ["a c", "sorry"],
  },
  {
    name: "a branch that failed can go round again",
    nodes: { a: {}, b: {} },
    edges: ["@start -> a", "a -> a on @error", "a -> b"],
    handlers: { a: (_state, ctx) => (ctx.input === undefined ? fails() : {}), ...logs("b") },
    tasks: ["a", "a", "b"],
  },
];

const channels = { ...logChannel, n: { schema: { type: "number" } } };
const decisions = { ok: { action: "yes", actor: "test", at: 0 } };

describe("error routes", () => {
  for (const { name, nodes, edges, handlers, tasks } of table) {
    test(name, async () => {
      const graph = { channels, nodes, edges: Object.fromEntries(edges.map((edge, index) => [`e${index}`, edge])) };
      for (const session of await continueBothWays(graph, handlers, { decisions })) {
        expect([session.status, session.frontier.error]).toEqual(["completed", undefined]);
        expect(tasksRun(session).map(([, keys]) => keys.join(" "))).toEqual(tasks);
      }
    });
  }

  const pair: ShortGraph = {
    channels,
    nodes: { a: {}, b: {}, c: {}, sorry: {} },
    edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> sorry on @error", e4: "b -> sorry on @error", e5: "b -> c" },
  };

  test("the target is given what failed: node, code, message and no stack", async () => {
    const [session] = await continueBothWays(pair, { a: fails, b: fails, sorry: logsErrors });
    expect(session?.channels["log"]).toEqual([
      {
        errors: [
          { node: "a", code: "HANDLER_FAILED", message: "out of order", details: expect.any(Object) },
          { node: "b", code: "HANDLER_FAILED", message: "out of order", details: expect.any(Object) },
        ],
      },
    ]);
  });

  test("a join that waits keeps what failed meanwhile", async () => {
    const graph: ShortGraph = {
      channels,
      nodes: { a: {}, b: {}, b2: {}, m: { join: "all" } },
      edges: { e1: "@start -> a", e2: "@start -> b", e3: "b -> b2", e4: "a -> m on @error", e5: "b2 -> m" },
    };
    for (const session of await continueBothWays(graph, { a: fails, ...logs("b", "b2"), m: logsErrors })) {
      expect(session.channels["log"]).toMatchObject(["b", "b2", { errors: [{ node: "a" }] }]);
      expect(session.frontier.failures).toBeUndefined();
    }
  });

  test("a failed write names its channel, applies nothing, and leaves its siblings' writes", async () => {
    const [session] = await continueBothWays(pair, {
      a: () => ({ n: "text", log: ["a"] }),
      b: () => ({ n: 1 }),
      c: () => ({}),
      sorry: logsErrors,
    });
    expect(session?.channels).toMatchObject({
      n: 1,
      log: [{ errors: [{ node: "a", code: "CHANNEL_SCHEMA", details: { channel: "n" } }] }],
    });
  });

  test("the trace has the failure, marked as caught", async () => {
    const { session } = start(pair, { a: fails, ...logs("b", "c", "sorry") });
    await session.continue();
    expect(session.trace.filter((event) => event.type === "task-failed")).toMatchObject([
      { node: "a", caught: true, error: { code: "HANDLER_FAILED", message: "out of order" } },
    ]);
    expect(session.trace.filter((event) => event.type === "run-finished")).toMatchObject([{ status: "completed" }]);
  });

  test("`@error` is no action that a node can return", async () => {
    const { session } = start(pair, { a: (_state, ctx) => ctx.command({ action: "@error" }), ...logs("b", "c", "sorry") });
    await session.continue();
    expect(session.frontier.error).toMatchObject({ code: "UNKNOWN_ACTION", details: { node: "a", action: "@error" } });
  });

  test("without one the run fails, and a sibling's caught failure is kept", async () => {
    const calls: string[] = [];
    let broken = true;
    const { session } = start(
      { ...pair, edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> sorry on @error" } },
      {
        a: () => (calls.push("a"), fails()),
        b: () => (calls.push("b"), broken ? fails() : {}),
        ...logs("sorry"),
      },
    );
    await session.continue();
    expect(session.status).toBe("failed");
    broken = false;
    await session.continue();
    expect([session.status, calls, session.channels["log"]]).toEqual(["completed", ["a", "b", "b"], ["sorry"]]);
  });

  test("stopping a run is no failure of its nodes", async () => {
    const { session } = start(pair, {
      a: (_state, ctx) => new Promise((_resolve, reject) => ctx.signal.addEventListener("abort", () => reject(new Error("stopped")))),
      ...logs("b", "c", "sorry"),
    });
    const running = session.continue();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await session.stop();
    await running;
    expect([session.status, session.frontier.results.map((result) => result.node)]).toEqual(["cancelled", ["b"]]);
  });

  test("a sibling's question is not swallowed, and the failed node is not run again", async () => {
    const calls: string[] = [];
    const graph: ShortGraph = {
      channels,
      nodes: { a: {}, ask: { kind: "barrier", prompt: "Go on?" }, sorry: {}, yes: {} },
      edges: {
        e1: "@start -> a",
        e2: "@start -> ask",
        e3: "a -> sorry on @error",
        e4: "ask -> yes on approve",
        e5: "ask -> @end on reject",
      },
    };
    const handlers = { a: () => (calls.push("a"), fails()), ...logs("sorry", "yes") };
    const store = new MemoryStore();
    const first = start(graph, handlers, { store, run: "r" }).session;
    await first.continue();
    expect([first.status, first.frontier.questions.map((question) => question.key)]).toEqual(["waiting", ["ask"]]);
    const session = RunSession.resume("r", compile(graph), services(handlers, { store }));
    session.decide("ask", { action: "approve", actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"], calls]).toEqual(["completed", ["sorry", "yes"], ["a"]]);
  });
});
