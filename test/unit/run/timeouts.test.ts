import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { HandlerHost, HandlerOutcome } from "../../../runtime/ports.js";
import { RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { turn } from "../../support/turn.js";
import { compile, eventsOf, logChannel, services, start, type Handlers } from "./harness.js";

const lone = (fields: object): ShortGraph => ({ channels: logChannel, nodes: { a: fields }, edges: { e1: "@start -> a" } });
const never = () => new Promise<never>(() => {});

/** Starts a run whose handler of `a` is at work. */
async function working(fields: object, handler: Handlers[string]) {
  const { session, clock } = start(lone(fields), { a: handler });
  const running = session.continue();
  await turn();
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turn();
  };
  return { session, clock, running, pass };
}

describe("time-outs", () => {
  test.each([
    ["a string", "2s"],
    ["run", { run: "2s" }],
  ])("%s: the whole run of a task, to the millisecond", async (_name, timeout) => {
    const { session, running, pass } = await working({ timeout }, never);
    await pass(1999);
    expect(session.status).toBe("running");
    await pass(1);
    await running;
    expect(session.frontier.error).toMatchObject({ code: "TIMED_OUT", details: { node: "a", limit: "run", ms: 2000 } });
  });

  test("abort the handler's signal", async () => {
    let aborted = false;
    const { running, pass } = await working({ timeout: "1s" }, (_state: unknown, { signal }: HandlerContext) => {
      signal.addEventListener("abort", () => (aborted = true));
      return never();
    });
    await pass(1000);
    await running;
    expect(aborted).toBe(true);
  });

  test("leave no timer behind when the task ends in time", async () => {
    const { session, clock, running } = await working({ timeout: { run: "2s", idle: "1s" }, retry: { timeout: "1s" } }, () => ({
      log: ["a"],
    }));
    await running;
    expect([session.status, clock.waiting]).toEqual(["completed", 0]);
  });

  test.each<readonly [string, (ctx: HandlerContext) => void]>([
    ["a log line", ({ log }) => log("still here")],
    ["progress", ({ progress }) => progress(0.5)],
  ])("idle: %s is a sign of life", async (_name, sign) => {
    let ctx: HandlerContext | undefined;
    const { session, running, pass } = await working({ timeout: { idle: "1s" } }, (_state: unknown, given: HandlerContext) => {
      ctx = given;
      return never();
    });
    await pass(900);
    if (ctx !== undefined) sign(ctx);
    await pass(999);
    expect(session.status).toBe("running");
    await pass(1);
    await running;
    expect(session.frontier.error).toMatchObject({ code: "TIMED_OUT", details: { limit: "idle", ms: 1000 } });
  });

  test("of an attempt are followed by another attempt, that of the whole by none", async () => {
    const fields = { retry: { attempts: 9, delay: "1s", backoff: 1, jitter: 0, timeout: "2s" }, timeout: "7s" };
    const { session, running, pass } = await working(fields, never);
    for (let second = 0; second < 7; second += 1) await pass(1000);
    await running;
    expect(eventsOf(session, "a")).toEqual([
      "task-started",
      "task-retried 1 TIMED_OUT 1000",
      "task-retried 2 TIMED_OUT 1000",
      "task-failed",
    ]);
    expect(session.frontier.error).toMatchObject({ code: "TIMED_OUT", details: { ms: 7000 } });
  });

  test("a run that is stopped is cancelled, not late", async () => {
    const { session, clock, running } = await working({ timeout: "1s" }, never);
    await session.stop();
    await running;
    expect([session.status, clock.waiting]).toEqual(["cancelled", 0]);
  });
});

/** A host whose calls end when the test says so, and that does not listen to signals. */
function deafHost() {
  const calls: { end: (outcome: HandlerOutcome) => void; say: (message: string) => void }[] = [];
  const host: HandlerHost = {
    call: (_call, events) => new Promise((resolve) => calls.push({ end: resolve, say: (message) => events.log("info", message) })),
    dispose: async () => {},
  };
  return { host, calls };
}

describe("what comes late", () => {
  const late: HandlerOutcome = { ok: true, result: { update: { log: ["late"] } } };

  async function deaf(fields: object) {
    const { host, calls } = deafHost();
    const given = { ...services({}), handlers: host };
    const session = RunSession.start(compile(lone(fields)), { graph: "test" }, given);
    const running = session.continue();
    await turn();
    return { session, running, calls, clock: given.clock };
  }

  test("is dropped: the write and what is said", async () => {
    const { session, running, calls, clock } = await deaf({ timeout: "1s" });
    clock.advance(1000);
    calls[0]?.say("too late");
    calls[0]?.end(late);
    await running;
    expect([session.frontier.error?.code, session.channels["log"], eventsOf(session, "a")]).toEqual([
      "TIMED_OUT",
      [],
      ["task-started", "task-failed"],
    ]);
  });

  test("is waited for, a while, before the next attempt: two never run at once", async () => {
    const { calls, clock, session, running } = await deaf({ retry: { attempts: 3, delay: "0ms", timeout: "1s" } });
    clock.advance(1000);
    await turn();
    expect(calls).toHaveLength(1);
    calls[0]?.end(late);
    await turn();
    expect(calls).toHaveLength(2);
    clock.advance(1000);
    clock.advance(5000); // it does not end at all, and is given up
    await turn();
    expect(calls).toHaveLength(3);
    calls[1]?.end(late);
    calls[2]?.end({ ok: true, result: { update: { log: ["in time"] } } });
    await running;
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["in time"]]);
  });
});
