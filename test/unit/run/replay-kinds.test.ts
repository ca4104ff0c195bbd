// What is recorded of a task is what counted in the end, whatever its kind and however it came to that.
import { describe, expect, test } from "vitest";
import type { JsonObject, ReplayTerms, RunSession } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { logChannel, start, type Handlers } from "./harness.js";

const channels = { ...logChannel, n: { schema: { type: "number" }, default: 0 } };

/** Handlers of which every call is counted. */
function counting(handlers: Handlers): { readonly handlers: Handlers; readonly calls: string[] } {
  const calls: string[] = [];
  const counted = Object.entries(handlers).map(([name, handler]) => [
    name,
    (state: object, ctx: HandlerContext): unknown => {
      calls.push(name);
      return (handler as (state: object, ctx: HandlerContext) => unknown)(state, ctx);
    },
  ]);
  return { calls, handlers: Object.fromEntries(counted) as Handlers };
}

async function toEnd(session: RunSession): Promise<void> {
  while (session.status !== "completed" && session.status !== "failed") {
    await session.continue();
    const [question] = session.openQuestions;
    if (question !== undefined) session.decide(question.key, { action: question.actions[0] ?? "", actor: "test" });
  }
}

interface Case {
  readonly graph: ShortGraph;
  readonly handlers: Handlers;
  readonly graphs?: Readonly<Record<string, ShortGraph>>;
}

const fail = (): never => {
  throw new Error("no");
};
const log = (text: string) => (): JsonObject => ({ log: [text] });
const inner: ShortGraph = { channels, nodes: { x: {}, y: {} }, edges: { s: "@start -> x", xy: "x -> y", z: "y -> @end" } };

const cases: Readonly<Record<string, Case>> = {
  "a task that was tried again": {
    graph: { channels, nodes: { a: { retry: { attempts: 2, delay: "0ms" } } }, edges: { s: "@start -> a" } },
    handlers: { a: (_state: object, ctx: HandlerContext) => (ctx.attempt === 1 ? fail() : { log: [ctx.attempt] }) },
  },
  "a task that its fallback replaced": {
    graph: { channels, nodes: { a: { fallback: { log: ["instead"] } } }, edges: { s: "@start -> a" } },
    handlers: { a: fail },
  },
  "a failure that an edge caught": {
    graph: { channels, nodes: { a: {}, b: {} }, edges: { s: "@start -> a", e: "a -> b on @error" } },
    handlers: { a: fail, b: log("b") },
  },
  "what does not fit and an edge caught": {
    graph: { channels, nodes: { a: {}, b: {} }, edges: { s: "@start -> a", e: "a -> b on @error" } },
    handlers: { a: () => ({ n: "no number" }), b: log("b") },
  },
  "an action, and where it led": {
    graph: { channels, nodes: { a: {}, b: {}, c: {} }, edges: { s: "@start -> a", x: "a -> b on x", y: "a -> c on y" } },
    handlers: { a: (_state: object, ctx: HandlerContext) => ctx.command({ action: "y" }), b: log("b"), c: log("c") },
  },
  "a goto": {
    graph: { channels, nodes: { a: {}, b: {}, c: {} }, edges: { s: "@start -> a", ab: "a -> b", ac: "a -> c" } },
    handlers: { a: (_state: object, ctx: HandlerContext) => ctx.command({ goto: "c" }), b: log("b"), c: log("c") },
  },
  "sent tasks with what they were given": {
    graph: { channels, nodes: { a: {}, k: {}, b: {} }, edges: { s: "@start -> a", t: "@start -> k", ab: "a -> b", kb: "k -> b" } },
    handlers: {
      a: (_state: object, ctx: HandlerContext) => ctx.command({ send: [{ to: "b", input: 1 }, { to: "b" }] }),
      k: (_state: object, ctx: HandlerContext) => ctx.command({ send: [{ to: "b", input: { deep: [2] } }] }),
      b: (_state: object, ctx: HandlerContext) => ({ log: [ctx.input ?? null] }),
    },
  },
  "a channel that was cleared": {
    graph: { channels, nodes: { a: {}, b: {} }, edges: { s: "@start -> a", ab: "a -> b" } },
    handlers: { a: () => ({ n: 5 }), b: () => ({ n: undefined, log: ["b"] }) },
  },
  "the items of a list": {
    graph: {
      channels,
      nodes: { m: { kind: "map", over: "[1, 2, 3]", handler: "./each.ts", output: "log" } },
      edges: { s: "@start -> m" },
    },
    handlers: { each: (item: unknown) => item },
  },
  "a graph inside, as one task": {
    graph: { channels, nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner" } }, edges: { s: "@start -> a", as: "a -> sub" } },
    handlers: { a: log("a"), x: log("x"), y: log("y") },
    graphs: { "./inner": inner },
  },
};

describe("back at the start and forward again", () => {
  test.each(Object.entries(cases))("%s counts again", async (_name, { graph, handlers: given, graphs = {} }) => {
    const { handlers, calls } = counting(given);
    const { session, services } = start(graph, handlers, { run: "r", graphs });
    await toEnd(session);
    const [state, first, figures] = [session.channels, calls.length, session.tally.nodes];
    expect([session.status, first > 0]).toEqual(["completed", true]);
    session.restore(services.store.list("r").at(-1)?.id ?? "");
    await toEnd(session);
    expect([session.status, session.channels, calls.length]).toEqual(["completed", state, first]);
    for (const [node, { figures: now }] of session.tally.nodes)
      expect([node, now.runs, now.failed, now.replayed > 0, now.ms]).toEqual([node, 0, 0, true, null]);
    expect(session.tally.nodes.size).toBe(figures.size);
    // What is recorded of what was recorded is the same again.
    session.restore(services.store.list("r").at(-1)?.id ?? "");
    await toEnd(session);
    expect([session.status, session.channels, calls.length]).toEqual(["completed", state, first]);
  });
});

describe("what people decided", () => {
  const barrier: ShortGraph = {
    channels,
    nodes: { a: {}, ask: { kind: "barrier", prompt: "?" }, z: {} },
    edges: { s: "@start -> a", q: "a -> ask", yes: "ask -> z on approve", no: "ask -> @end on reject" },
  };
  const asks: ShortGraph = { channels, nodes: { a: {}, ask: {}, z: {} }, edges: { s: "@start -> a", q: "a -> ask", yes: "ask -> z" } };
  const around: ShortGraph = {
    channels,
    nodes: { a: {}, sub: { kind: "subgraph", graph: "./inner", in: {}, out: {} }, z: {} },
    edges: { s: "@start -> a", q: "a -> sub", yes: "sub -> z" },
  };
  const handlers: Handlers = {
    a: log("a"),
    z: log("z"),
    ask: async (_state: object, ctx: HandlerContext) => ({ log: [(await ctx.ask("k", { prompt: "?" })).action] }),
  };
  const inside = { "./inner": barrier };
  const decided: readonly (readonly [string, ShortGraph, ReplayTerms | undefined, number])[] = [
    ["is asked again of a barrier", barrier, undefined, 1],
    ["is asked again of a handler", asks, undefined, 1],
    ["is asked again of a graph inside", around, undefined, 1],
    ["counts again of a barrier where that is said", barrier, { mode: "decisions" }, 0],
    ["counts again of a handler where that is said", asks, { mode: "decisions" }, 0],
    ["counts again of a graph inside where that is said", around, { mode: "decisions" }, 0],
  ];
  test.each(decided)("%s", async (_name, graph, terms, questions) => {
    const { handlers: counted, calls } = counting(handlers);
    const { session, services } = start(graph, counted, { run: "r", graphs: inside });
    await toEnd(session);
    const first = calls.filter((each) => each !== "ask").length;
    session.restore(services.store.list("r").at(-1)?.id ?? "", terms);
    await session.continue();
    expect(session.openQuestions).toHaveLength(questions);
    await toEnd(session);
    expect([session.status, calls.filter((each) => each !== "ask").length]).toEqual(["completed", first]); // what came before and after is the same
  });

  test.each([
    ["before it is asked", 1],
    ["where it is asked", 2],
  ])("is as somebody decides anew %s, whatever counts of then", async (_name, place) => {
    const { session, services } = start(barrier, counting(handlers).handlers, { run: "r" });
    await toEnd(session);
    const [, before, asked] = services.store.list("r").toReversed();
    session.restore((place === 1 ? before : asked)?.id ?? "", { mode: "decisions" });
    session.decide("ask", { action: "reject", actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a"]]);
  });
});
