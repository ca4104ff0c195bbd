import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession, type JsonValue } from "../../../runtime/index.js";
import type { CommandParts, HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, continueBothWays, logChannel, logs, services, start, tasksRun, type Handlers } from "./harness.js";

type State = Readonly<Record<string, JsonValue>>;

/** A handler that returns a command, made of the state and the task's input. */
const commands =
  (parts: (state: State, input: JsonValue | undefined) => CommandParts) =>
  (state: State, ctx: HandlerContext): unknown =>
    ctx.command(parts(state, ctx.input));

/** A handler that logs its input. */
const logsInput = (_state: State, ctx: HandlerContext): unknown => ({ log: [ctx.input ?? null] });

interface Case {
  readonly name: string;
  readonly graph: Omit<ShortGraph, "channels">;
  readonly handlers: Handlers;
  /** The tasks of each superstep, in task order. */
  readonly tasks: readonly string[];
  readonly log?: readonly JsonValue[];
}

const routes: readonly Case[] = [
  {
    name: "goto replaces the edges",
    graph: { nodes: { a: {}, b: {}, c: {} }, edges: { e1: "@start -> a", e2: "a -> b" } },
    handlers: { ...logs("b", "c"), a: commands(() => ({ goto: "c" })) },
    tasks: ["a", "c"],
  },
  {
    name: "goto needs no edge at all, takes several targets, and each once",
    graph: { nodes: { a: {}, b: {}, c: {} }, edges: { e1: "@start -> a" } },
    handlers: { ...logs("b", "c"), a: commands(() => ({ goto: ["c", "b", "c"] })) },
    tasks: ["a", "b c"],
  },
  {
    name: "goto @end ends the branch, not the run",
    graph: { nodes: { a: {}, b: {}, c: {} }, edges: { e1: "@start -> a", e2: "a -> b", e3: "@start -> c", e4: "c -> b" } },
    handlers: { ...logs("b", "c"), a: commands(() => ({ goto: "@end" })) },
    tasks: ["a c", "b"],
  },
  {
    name: "an edge that terminates ends the run: what is due, waits at a join or was sent is dropped",
    graph: {
      nodes: { a: {}, b: {}, c: {}, m: { join: "all" } },
      edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> m", e4: "b -> c", e5: "c -> m", e6: "a -> @end terminate" },
    },
    handlers: { ...logs("a", "c", "m"), b: commands(() => ({ update: { log: ["b"] }, send: { to: "c" } })) },
    tasks: ["a b"],
    log: ["a", "b"],
  },
  {
    name: "goto goes before an action and an expression",
    graph: { nodes: { a: {}, b: {}, c: {}, d: {} }, edges: { e1: "@start -> a", e2: "a -> b on yes", e3: "a -> d when true" } },
    handlers: { ...logs("b", "c", "d"), a: commands(() => ({ action: "yes", goto: "c" })) },
    tasks: ["a", "c"],
  },
  {
    name: "goto and an edge to one node trigger it once",
    graph: { nodes: { a: {}, b: {}, c: {} }, edges: { e1: "@start -> a", e2: "@start -> b", e3: "b -> c" } },
    handlers: { ...logs("b", "c"), a: commands(() => ({ goto: "c" })) },
    tasks: ["a b", "c"],
  },
  {
    name: "goto does not wait for a join, and is not an arrival at it",
    graph: {
      nodes: { a: {}, b: {}, b2: {}, m: { join: "all" } },
      edges: { e1: "@start -> a", e2: "@start -> b", e3: "b -> b2", e4: "b2 -> m", e5: "a -> m" },
    },
    handlers: { ...logs("b", "b2", "m"), a: commands(() => ({ goto: "m" })) },
    tasks: ["a b", "b2 m"],
  },
  {
    name: "goto to a deferred node waits until nothing else is due",
    graph: { nodes: { a: {}, b: {}, b2: {}, m: { join: "deferred" } }, edges: { e1: "@start -> a", e2: "@start -> b", e3: "b -> b2" } },
    handlers: { ...logs("b", "b2", "m"), a: commands(() => ({ goto: "m" })) },
    tasks: ["a b", "b2", "m"],
  },
  {
    name: "send adds tasks with their own input beside the edges, in task order",
    graph: { nodes: { a: {}, w: {}, b: {} }, edges: { e1: "@start -> a", e2: "a -> b" } },
    handlers: {
      ...logs("b"),
      a: commands(() => ({
        update: { log: ["a"] },
        send: [
          { to: "w", input: "x" },
          { to: "b", input: 1 },
          { to: "w", input: { deep: ["y"] } },
        ],
      })),
      w: logsInput,
    },
    tasks: ["a", "w#0 w#1 b b#0"],
    log: ["a", "x", { deep: ["y"] }, "b", "b"],
  },
  {
    name: "sends of several tasks are numbered in task order, whatever finishes first",
    graph: { nodes: { a: {}, b: {}, w: {} }, edges: { e1: "@start -> a", e2: "@start -> b" } },
    handlers: {
      a: async (_state, ctx) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return ctx.command({ send: { to: "w", input: "a" } });
      },
      b: commands(() => ({ send: { to: "w", input: "b" } })),
      w: logsInput,
    },
    tasks: ["a b", "w#0 w#1"],
    log: ["a", "b"],
  },
  {
    name: "sends nest",
    graph: { nodes: { a: {}, w: {}, leaf: {} }, edges: { e1: "@start -> a" } },
    handlers: {
      a: commands(() => ({ send: [1, 2].map((n) => ({ to: "w", input: n })) })),
      w: commands((_state, input) => ({ send: ["x", "y"].map((part) => ({ to: "leaf", input: `${JSON.stringify(input)}${part}` })) })),
      leaf: logsInput,
    },
    tasks: ["a", "w#0 w#1", "leaf#0 leaf#1 leaf#2 leaf#3"],
    log: ["1x", "1y", "2x", "2y"],
  },
  {
    name: "a node sends to itself until it is done",
    graph: { nodes: { a: {} }, edges: { e1: "@start -> a" } },
    handlers: {
      a: commands((_state, input) => {
        const n = Number(input ?? 0);
        return { update: { log: [n] }, send: n < 2 ? [{ to: "a", input: n + 1 }] : [] };
      }),
    },
    tasks: ["a", "a#0", "a#0"],
    log: [0, 1, 2],
  },
  {
    name: "sending nothing is no error, and the edges fire",
    graph: { nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "a -> b" } },
    handlers: { ...logs("b"), a: commands(() => ({ send: [] })) },
    tasks: ["a", "b"],
  },
  {
    name: "sent tasks meet in a join by their node's edge, once",
    graph: { nodes: { a: {}, w: {}, m: { join: "all" } }, edges: { e1: "@start -> a", e2: "w -> m" } },
    handlers: { a: commands(() => ({ send: [1, 2, 3].map((n) => ({ to: "w", input: n })) })), w: logsInput, ...logs("m") },
    tasks: ["a", "w#0 w#1 w#2", "m"],
    log: [1, 2, 3, "m"],
  },
  {
    name: "deferred waits for sent tasks too",
    graph: {
      nodes: { a: {}, w: {}, leaf: {}, m: { join: "deferred" } },
      edges: { e1: "@start -> a", e2: "a -> m" },
    },
    handlers: {
      a: commands(() => ({ send: { to: "w" } })),
      w: commands(() => ({ send: { to: "leaf" } })),
      leaf: logsInput,
      ...logs("m"),
    },
    tasks: ["a", "w#0", "leaf#0", "m"],
    log: [null, "m"],
  },
  {
    name: "expressions see the input of their task, in nodes and on edges, each task its own output",
    graph: {
      nodes: { a: {}, w: { kind: "expression", set: { log: "[input.n]" } }, big: {}, small: {} },
      edges: {
        e1: "@start -> a",
        e2: "w -> big when input.n > 5 && output.log[0] > 5",
        e3: "w -> small when output.log[0] < 5",
        e4: "a -> @end when input == null",
      },
    },
    handlers: { ...logs("big", "small"), a: commands(() => ({ send: [9, 1].map((n) => ({ to: "w", input: { n } })) })) },
    tasks: ["a", "w#0 w#1", "big small"],
    log: [9, 1, "big", "small"],
  },
];

describe("goto and send", () => {
  for (const { name, graph, handlers, tasks, log } of routes) {
    test(name, async () => {
      for (const session of await continueBothWays({ channels: logChannel, ...graph }, handlers)) {
        expect([session.status, session.frontier.error]).toEqual(["completed", undefined]);
        expect(tasksRun(session).map(([, keys]) => keys.join(" "))).toEqual(tasks);
        if (log !== undefined) expect(session.channels["log"]).toEqual(log);
      }
    });
  }

  const wrong: readonly [string, CommandParts, string][] = [
    ["goto a node that is none", { goto: ["b", "nowhere"] }, "nowhere"],
    ["goto nothing", { goto: "" }, ""],
    ["send to a node that is none", { send: { to: "nowhere" } }, "nowhere"],
    ["send to the end", { send: { to: "@end" } }, "@end"],
    ["goto the start", { goto: "@start" }, "@start"],
  ];
  test.each(wrong)("%s fails and names both", async (_name, parts, target) => {
    const { session } = start(
      { channels: logChannel, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a" } },
      { ...logs("b"), a: commands(() => parts) },
    );
    await session.continue();
    expect([session.status, session.frontier.error]).toMatchObject(["failed", { code: "UNKNOWN_TARGET", details: { node: "a", target } }]);
  });

  test("the trace tells how each task was reached", async () => {
    const { session } = start(
      { channels: logChannel, nodes: { a: {}, b: {}, w: {} }, edges: { e1: "@start -> a", e2: "b -> @end" } },
      { ...logs("b", "w"), a: commands(() => ({ goto: "b", send: [{ to: "w" }, { to: "w" }] })) },
    );
    await session.continue();
    const taken = session.trace.flatMap((event) => (event.type === "route-taken" ? [[event.node, event.edge, event.to, event.why]] : []));
    expect(taken).toEqual([
      ["@start", "e1", "a", "plain"],
      ["a", undefined, "b", "goto"],
      ["a", undefined, "w", "send 2"],
      ["b", "e2", "@end", "plain"],
    ]);
  });

  test("questions of sent tasks have keys of their own, which survive a restart and reruns", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, ask: { kind: "barrier", prompt: "Take {{input}}?", output: "log" }, done: {} },
      edges: { e1: "@start -> a", e2: "ask -> done on approve", e3: "ask -> @end on reject" },
    };
    const handlers = {
      a: commands(() => ({ send: ["x", "y", "z"].map((input) => ({ to: "ask", input })) })),
      ...logs("done"),
    };
    const store = new MemoryStore();
    await start(graph, handlers, { store, run: "r" }).session.continue();
    const session = RunSession.resume("r", compile(graph), services(handlers, { store }));
    expect(session.frontier.questions.map(({ key, node, prompt }) => [key, node, prompt])).toEqual([
      ["ask#0", "ask", "Take x?"],
      ["ask#1", "ask", "Take y?"],
      ["ask#2", "ask", "Take z?"],
    ]);
    session.decide("ask#1", { action: "approve", value: ["second"], actor: "test" });
    await session.continue();
    expect([session.status, session.frontier.results.map((result) => result.task)]).toEqual(["waiting", ["2/ask#1"]]);
    session.decide("ask#2", { action: "reject", value: ["third"], actor: "test" });
    session.decide("ask#0", { action: "reject", value: ["first"], actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["first", "second", "third", "done"]]);
  });

  test("an early decision answers the sent task that it names, and no other", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, ask: { kind: "barrier", prompt: "?" } },
      edges: { e1: "@start -> a", e2: "ask -> @end" },
    };
    const decisions = { "ask#1": { action: "approve", actor: "test", at: 0 } };
    const { session } = start(graph, { a: commands(() => ({ send: [{ to: "ask" }, { to: "ask" }] })) }, { decisions });
    await session.continue();
    const { questions, results, decisions: made } = session.frontier;
    const open = questions.filter(({ key }) => made[key] === undefined).map(({ key }) => key);
    expect([session.status, open, results.map(({ task }) => task)]).toEqual(["waiting", ["ask#0"], ["2/ask#1"]]);
  });

  describe("an answer that cannot be followed is kept", () => {
    const graph: ShortGraph = { channels: logChannel, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "@start -> b" } };

    async function failing(answers: readonly string[]) {
      const calls: string[] = [];
      const handlers = {
        a: (_state: State, ctx: HandlerContext) => {
          calls.push("a");
          return ctx.command({ goto: answers[calls.filter((call) => call === "a").length - 1] });
        },
        b: () => (calls.push("b"), {}),
        ...logs("later"),
      };
      const store = new MemoryStore();
      const { session } = start(graph, handlers, { store, run: "r" });
      await session.continue();
      expect(session.frontier.error?.code).toBe("UNKNOWN_TARGET");
      const resume = (edited: ShortGraph) => RunSession.resume("r", compile(edited), services(handlers, { store }));
      return { session, calls, resume };
    }

    test("a mended graph goes on with it", async () => {
      const { calls, resume } = await failing(["later"]);
      const session = resume({ ...graph, nodes: { ...graph.nodes, later: {} } });
      await session.continue();
      expect([session.status, calls, session.channels["log"]]).toEqual(["completed", ["a", "b"], ["later"]]);
    });

    test("where the graph is the same, the node that gave it is asked again, and nobody else", async () => {
      const { session, calls } = await failing(["later", "@end"]);
      await session.continue();
      expect([session.status, calls]).toEqual(["completed", ["a", "b", "a"]]);
    });
  });
});
