import { describe, expect, test } from "vitest";
import { RunSession } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { turn } from "../../support/turn.js";
import { compile, eventsOf, logChannel, logs, services, start, type Handlers } from "./harness.js";

const chain: ShortGraph = {
  channels: logChannel,
  nodes: { a: {}, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> c", e4: "b -> c" },
};

/** A handler that ends when it is told to. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, handler: async () => (await promise, { log: ["a"] }) };
}

const due = ({ frontier }: RunSession) => frontier.due.map(({ node }) => node);

describe("draining a run", () => {
  test("finishes what is at work, starts nothing new, and leaves the run paused", async () => {
    const { open, handler } = gate();
    const { session } = start(chain, { ...logs("b", "c"), a: handler });
    const running = session.continue();
    await turn();
    let drained = false;
    const draining = session.drain().then(() => (drained = true));
    await turn();
    expect([drained, session.status, session.runningTasks.map(({ node }) => node)]).toEqual([false, "running", ["a"]]);
    open();
    await draining;
    expect([session.status, session.channels["log"], session.frontier.open, due(session)]).toEqual(["paused", ["a", "b"], false, ["c"]]);
    expect(session.trace.at(-1)).toMatchObject({ type: "run-paused", reason: "user" });
    await running;
  });

  test("is saved when it is done: the run goes on from there in another process", async () => {
    const { open, handler } = gate();
    const { session, services: given } = start(chain, { ...logs("b", "c"), a: handler });
    const running = session.continue();
    await turn();
    const draining = session.drain();
    open();
    await draining;
    await running;
    const resumed = RunSession.resume(session.id, compile(chain), services(logs("a", "b", "c"), { store: given.store }));
    expect([resumed.status, due(resumed)]).toEqual(["paused", ["c"]]);
    await resumed.continue();
    expect([resumed.status, resumed.channels["log"], eventsOf(resumed, "a")]).toEqual([
      "completed",
      ["a", "b", "c"],
      ["task-started", "task-finished"],
    ]);
  });

  test("does not start what a decision has made ready in the meantime", async () => {
    const { open, handler } = gate();
    let asked = 0;
    const asks: Handlers = {
      b: async (_state: unknown, { ask }: HandlerContext) => ((asked += 1), { log: [(await ask("q", { prompt: "?" })).action] }),
    };
    const { session } = start(chain, { ...logs("c"), a: handler, ...asks });
    const running = session.continue();
    await turn();
    session.decide("b/q", { action: "answer", actor: "test" });
    const draining = session.drain();
    open();
    await draining;
    await running;
    expect([session.status, asked, session.frontier.open, session.frontier.results.map(({ node }) => node)]).toEqual([
      "paused",
      1,
      true,
      ["a"],
    ]);
    await session.continue();
    expect([session.status, asked, session.channels["log"]]).toEqual(["completed", 2, ["a", "answer", "c"]]);
  });

  test("of a run that completes meanwhile, or that does not run, changes nothing", async () => {
    const { open, handler } = gate();
    const { session } = start({ ...chain, edges: { e1: "@start -> a" } }, { a: handler });
    await session.drain();
    expect(session.status).toBe("paused");
    const running = session.continue();
    const draining = session.drain();
    open();
    await Promise.all([running, draining]);
    await session.drain();
    expect(session.status).toBe("completed");
  });

  test("lasts for one going on only", async () => {
    const { open, handler } = gate();
    const { session } = start(chain, { ...logs("b", "c"), a: handler });
    const running = session.continue();
    const draining = session.drain();
    open();
    await Promise.all([running, draining]);
    await session.continue();
    expect(session.status).toBe("completed");
  });

  test("gives way to a stop, which is at once", async () => {
    const { session } = start(chain, {
      ...logs("b", "c"),
      a: (_state: unknown, { signal }: HandlerContext) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    });
    const running = session.continue();
    await turn();
    const draining = session.drain();
    await session.stop();
    await Promise.all([draining, running]);
    expect([session.status, session.frontier.results.map(({ node }) => node)]).toEqual(["cancelled", ["b"]]);
  });
});

test("a task that goes on after its answer is not run again in another process, though a sibling still waits", async () => {
  const asks: ShortGraph = { ...chain, edges: { e1: "@start -> a", e2: "@start -> b" } };
  const runs: string[] = [];
  const asking =
    (node: string) =>
    async (_state: unknown, { ask }: HandlerContext) => {
      await ask("q", { prompt: "?" });
      runs.push(node);
      return {};
    };
  const handlers = { a: asking("a"), b: asking("b") };
  const { session, services: given } = start(asks, handlers);
  await session.continue();
  session.decide("a/q", { action: "answer", actor: "test" });
  await session.continue();
  expect([session.status, runs]).toEqual(["waiting", ["a"]]);
  const resumed = RunSession.resume(session.id, compile(asks), services(handlers, { store: given.store }));
  resumed.decide("b/q", { action: "answer", actor: "test" });
  await resumed.continue();
  expect([resumed.status, runs]).toEqual(["completed", ["a", "b"]]);
});
