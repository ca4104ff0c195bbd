import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { MemoryStore, RunSession, type JsonValue } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, eventsOf, logChannel, services, start, type Handlers } from "./harness.js";

type Ctx = HandlerContext;
const graph: ShortGraph = {
  channels: { ...logChannel, x: {} },
  nodes: { a: {}, b: {} },
  edges: { e1: "@start -> a", e2: "@start -> b" },
};
const answer = (value: string) => ({ action: "answer", value, actor: "test" });
const keysOf = (session: RunSession) => session.frontier.questions.map(({ key }) => key);

/** Asks one question after the other and writes the answers. */
async function twoInTurn(_state: unknown, { ask }: Ctx) {
  const first = await ask("first", { prompt: "One?" });
  const second = await ask("second", { prompt: "Two?", actions: ["yes", "no"], schema: { type: "string" } });
  return { x: [first.value ?? null, second.action, second.value ?? null, second.actor] };
}

describe("ctx.ask", () => {
  test("parks its task, and gives the answers by key when the handler is run again from the top", async () => {
    let runs = 0;
    const { session } = start(graph, { a: (state: object, ctx: Ctx) => ((runs += 1), twoInTurn(state, ctx)), b: () => ({ log: ["b"] }) });
    await session.continue();
    expect([session.status, keysOf(session)]).toEqual(["waiting", ["a/first"]]);
    expect(session.frontier.questions[0]).toMatchObject({ node: "a", prompt: "One?", actions: ["answer"] });
    session.decide("a/first", answer("1"));
    expect(session.status).toBe("paused");
    await session.continue();
    expect([session.status, keysOf(session)]).toEqual(["waiting", ["a/first", "a/second"]]);
    session.decide("a/second", { action: "yes", value: "2", actor: "ann" });
    await session.continue();
    expect([session.status, session.channels["x"], runs]).toEqual(["completed", ["1", "yes", "2", "ann"], 3]);
    expect([session.frontier.questions, session.frontier.decisions]).toEqual([[], {}]);
  });

  test("answers by key, not by order: an edit that asks in another order changes no answer", async () => {
    let order = ["one", "two"];
    const handler = async (_state: unknown, { ask }: Ctx) => {
      const said: Record<string, JsonValue> = {};
      for (const key of order) said[key] = (await ask(key, { prompt: `${key}?` })).value ?? null;
      return { x: said };
    };
    const { session } = start(graph, { a: handler, b: () => ({}) });
    await session.continue();
    session.decide("a/one", answer("1"));
    order = ["zero", "two", "one"]; // the handler was edited while the question waited
    await session.continue();
    session.decide("a/zero", answer("0"));
    await session.continue();
    session.decide("a/two", answer("2"));
    await session.continue();
    expect([session.status, session.channels["x"]]).toEqual(["completed", { zero: "0", two: "2", one: "1" }]);
  });

  test("beside a sibling: what that wrote is kept, and it is not run again", async () => {
    let runs = 0;
    const { session } = start(graph, { a: twoInTurn, b: () => ((runs += 1), { log: ["b"] }) });
    await session.continue();
    expect(session.frontier.results).toMatchObject([{ node: "b", writes: { log: ["b"] } }]);
    session.decide("a/first", answer("1"));
    await session.continue();
    session.decide("a/second", { action: "no", actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"], runs]).toEqual(["completed", ["b"], 1]);
  });

  test("five questions of a task and two of a sibling are answered by one map, all or none", async () => {
    const several =
      (keys: readonly string[]) =>
      async (_state: unknown, { ask }: Ctx) => {
        const answers = await Promise.all(keys.map((key) => ask(key, { prompt: key })));
        return { log: answers.map(({ value }) => value ?? null) };
      };
    const { session } = start(graph, { a: several(["1", "2", "3", "4", "5"]), b: several(["1", "2"]) });
    await session.continue();
    expect(keysOf(session)).toEqual(["a/1", "a/2", "a/3", "a/4", "a/5", "b/1", "b/2"]);
    const answers = Object.fromEntries(keysOf(session).map((key) => [key, answer(key)]));
    expect(() => session.decideAll({ ...answers, "b/2": { action: "no", actor: "test" } })).toThrow("no answer");
    expect(session.frontier.decisions).toEqual({});
    session.decideAll(answers);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", Object.keys(answers)]);
  });

  test("a task waits until all that it asked is answered", async () => {
    let runs = 0;
    const { session } = start(graph, {
      a: async (_state: unknown, { ask }: Ctx) => {
        runs += 1;
        await Promise.all([ask("1", { prompt: "?" }), ask("2", { prompt: "?" })]);
        return {};
      },
      b: () => ({}),
    });
    await session.continue();
    session.decide("a/1", answer("x"));
    await session.continue();
    expect([session.status, runs]).toEqual(["waiting", 1]);
  });

  test("questions and answers survive a restart", async () => {
    const store = new MemoryStore();
    const handlers: Handlers = { a: twoInTurn, b: () => ({ log: ["b"] }) };
    const first = start(graph, handlers, { store, run: "r" }).session;
    await first.continue();
    first.decide("a/first", answer("1"));
    const second = RunSession.resume("r", compile(graph), services(handlers, { store }));
    await second.continue();
    const third = RunSession.resume("r", compile(graph), services(handlers, { store }));
    expect([third.status, keysOf(third)]).toEqual(["waiting", ["a/first", "a/second"]]);
    third.decide("a/second", { action: "yes", actor: "test" });
    await third.continue();
    expect([third.status, third.channels]).toEqual(["completed", { log: ["b"], x: ["1", "yes", null, "test"] }]);
  });

  test("aborts the signal of a handler that it leaves", async () => {
    let aborted = false;
    const { session } = start(graph, {
      a: async (_state: unknown, { ask, signal }: Ctx) => {
        signal.addEventListener("abort", () => (aborted = true));
        await ask("one", { prompt: "?" });
      },
      b: () => ({}),
    });
    await session.continue();
    expect([session.status, aborted]).toEqual(["waiting", true]);
  });

  test("a handler that fails after an answer keeps it for the next time", async () => {
    let broken = true;
    const { session } = start(graph, {
      a: async (_state: unknown, { ask }: Ctx) => {
        const { value } = await ask("one", { prompt: "?" });
        if (broken) throw new Error("broken");
        return { x: value ?? null };
      },
      b: () => ({}),
    });
    await session.continue();
    session.decide("a/one", answer("1"));
    await session.continue();
    expect(session.status).toBe("failed");
    broken = false;
    await session.continue();
    expect([session.status, session.channels["x"]]).toEqual(["completed", "1"]);
  });

  test("a sibling that fails does not swallow the question", async () => {
    let broken = true;
    const { session } = start(graph, {
      a: twoInTurn,
      b: () => {
        if (broken) throw new Error("broken");
        return {};
      },
    });
    await session.continue();
    expect([session.status, keysOf(session)]).toEqual(["failed", ["a/first"]]);
    broken = false;
    await session.continue();
    expect([session.status, eventsOf(session, "a")]).toEqual(["waiting", ["task-started", "question"]]);
  });

  test("an answer is used once: a loop asks again", async () => {
    const { session } = start(
      {
        channels: { turns: { reducer: "sum" } },
        nodes: { a: {} },
        edges: { e1: "@start -> a", e2: "a -> a when turns < 2", e3: "a -> @end else" },
      },
      { a: async (_state: unknown, { ask }: Ctx) => (await ask("more", { prompt: "?" }), { turns: 1 }) },
    );
    await session.continue();
    session.decide("a/more", answer("1"));
    await session.continue();
    expect([session.status, session.frontier.superstep, session.channels["turns"]]).toEqual(["waiting", 1, 1]);
  });

  const wrong: readonly (readonly [string, string, (ctx: Ctx) => unknown])[] = [
    ["no key", "HANDLER_FAILED", ({ ask }) => ask("", { prompt: "?" })],
    ["no prompt", "HANDLER_FAILED", ({ ask }) => ask("k", {} as { prompt: string })],
    ["no actions", "HANDLER_FAILED", ({ ask }) => ask("k", { prompt: "?", actions: [] })],
    ["an action twice", "HANDLER_FAILED", ({ ask }) => ask("k", { prompt: "?", actions: ["a", "a"] })],
    ["a built-in action", "HANDLER_FAILED", ({ ask }) => ask("k", { prompt: "?", actions: ["@timeout"] })],
    ["rerouting", "HANDLER_FAILED", ({ ask }) => ask("k", { prompt: "?", actions: ["reroute"] })],
    ["a field nobody knows", "HANDLER_FAILED", ({ ask }) => ask("k", { prompt: "?", timeout: "1d" } as { prompt: string })],
    ["a schema that is none", "HANDLER_RESULT", ({ ask }) => ask("k", { prompt: "?", schema: { type: "nmber" } })],
  ];
  test.each(wrong)("refuses a question with %s", async (_name, code, handler) => {
    const { session } = start(graph, { a: async (_state: unknown, ctx: Ctx) => void (await handler(ctx)), b: () => ({}) });
    await session.continue();
    expect([session.status, session.frontier.error?.code]).toEqual(["failed", code]);
  });

  test("an answer must be one that the question offers, with a value that fits", async () => {
    const { session } = start(graph, {
      a: async (_state: unknown, { ask }: Ctx) => void (await ask("k", { prompt: "?", actions: ["modify"], schema: { type: "number" } })),
      b: () => ({}),
    });
    await session.continue();
    const refused = expect.objectContaining({ code: "DECISION_INVALID" }) as Error;
    for (const given of [
      { action: "answer" },
      { action: "modify" },
      { action: "modify", value: "1" },
      { action: "modify", value: 1, target: "b" },
    ])
      expect(() => session.decide("a/k", { ...given, actor: "test" })).toThrow(refused);
    session.decide("a/k", { action: "modify", value: 1, actor: "test" });
  });
});
