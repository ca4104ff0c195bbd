import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RetryPolicy } from "../../../runtime/model/policies.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { backoffMs } from "../../../runtime/run/backoff.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { turn } from "../../support/turn.js";
import { eventsOf, logChannel, start, type Given, type Handlers } from "./harness.js";

const plain: RetryPolicy = { attempts: 9, delayMs: 100, backoff: 2, jitter: 0, capMs: 1000 };

describe("the wait before another attempt", () => {
  const table: readonly (readonly [name: string, policy: Partial<RetryPolicy>, chances: readonly number[], waits: readonly number[]])[] = [
    ["doubles up to its cap", {}, [0, 0, 0, 0, 0], [100, 200, 400, 800, 1000]],
    ["stays the same without backoff", { backoff: 1 }, [0, 0, 0], [100, 100, 100]],
    ["is longer or shorter by its jitter", { jitter: 0.5, backoff: 1 }, [0, 0.5, 0.75], [50, 100, 125]],
    ["is capped after its jitter", { jitter: 1, backoff: 10 }, [0.75, 0.75], [150, 1000]],
    ["may be none", { delayMs: 0 }, [0.9], [0]],
    ["is still a number when its growth is not", { attempts: 3, delayMs: 0, backoff: Number.MAX_VALUE }, [0, 0, 0], [0, 0, 0]],
    ["is capped when its growth is beyond numbers", { delayMs: 9, backoff: Number.MAX_VALUE, jitter: 1 }, [0.5, 0, 0.5], [9, 0, 1000]],
  ];
  test.each(table)("%s", (_name, policy, chances, waits) => {
    expect(chances.map((chance, index) => backoffMs({ ...plain, ...policy }, index + 1, chance))).toEqual(waits);
  });

  test("is never below zero or above the cap", () => {
    const policy = fc.record({
      attempts: fc.constant(9),
      delayMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      backoff: fc.double({ min: 1, max: 10, noNaN: true }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
      capMs: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(
        policy,
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (each, n, chance) => {
          const ms = backoffMs(each, n, chance);
          return ms >= 0 && ms <= each.capMs;
        },
      ),
    );
  });
});

const retry = { attempts: 3, delay: "100ms", backoff: 2, jitter: 0 };
const lone = (fields: object): ShortGraph => ({
  channels: { ...logChannel, n: { schema: { type: "number", maximum: 9 } } },
  nodes: { a: fields, b: {} },
  edges: { e1: "@start -> a", e2: "a -> b" },
});

/** A handler of `a` that fails until attempt `good`, beside a `b` that logs. */
function failsUntil(good: number): Handlers {
  return {
    a: (_state: unknown, { attempt }: HandlerContext) => {
      if (attempt < good) throw new Error(`attempt ${attempt}`);
      return { log: [`a${attempt}`] };
    },
    b: () => ({ log: ["b"] }),
  };
}

/** Runs a graph to where it stops, each wait passed as soon as it is the only thing to wait for; how long it waited. */
async function timed(graph: ShortGraph, handlers: Handlers, given: Given = {}) {
  const { session, clock } = start(graph, handlers, given);
  const running = session.continue();
  await turn();
  while (clock.waiting > 0) {
    clock.advance(1);
    await turn();
  }
  await running;
  return { session, waited: clock.monotonic() };
}

describe("retries", () => {
  test("try again after a growing wait, and the trace has every failure", async () => {
    const { session, waited } = await timed(lone({ retry }), failsUntil(3));
    expect([session.status, session.channels["log"], waited]).toEqual(["completed", ["a3", "b"], 300]);
    expect(eventsOf(session, "a")).toEqual([
      "task-started",
      "task-retried 1 HANDLER_FAILED 100",
      "task-retried 2 HANDLER_FAILED 200",
      "task-finished",
    ]);
  });

  test("end with the last error when they are used up", async () => {
    const { session } = await timed(lone({ retry }), failsUntil(4));
    expect([session.status, session.frontier.error]).toMatchObject(["failed", { code: "HANDLER_FAILED", message: "attempt 3" }]);
    expect(eventsOf(session, "a").filter((event) => event.startsWith("task-retried"))).toHaveLength(2);
    expect(session.tally.nodes.get("a")).toMatchObject({ finished: 0, failed: 1 });
  });

  test("take chance from its port alone, once a task, and spread it over the attempts", async () => {
    const { waited } = await timed(lone({ retry: { ...retry, jitter: 0.5 } }), failsUntil(3), { chances: [0] });
    expect(waited).toBe(50 + 224);
  });

  test("count for each task, not for the node: two tasks of a loop have all their attempts", async () => {
    const seen: number[] = [];
    const { session } = await timed(
      {
        channels: { turns: { reducer: "sum" } },
        nodes: { a: { retry } },
        edges: { e1: "@start -> a", e2: "a -> a when turns < 2", e3: "a -> @end else" },
      },
      {
        a: (_state: unknown, { attempt }: HandlerContext) => {
          seen.push(attempt);
          if (attempt < 3) throw new Error("not yet");
          return { turns: 1 };
        },
      },
    );
    expect([session.status, seen]).toEqual(["completed", [1, 2, 3, 1, 2, 3]]);
  });

  test("keep the idempotency key of their task", async () => {
    const keys = new Set<string>();
    await timed(lone({ retry }), {
      a: (_state: unknown, { idempotencyKey }: HandlerContext) => {
        keys.add(idempotencyKey);
        throw new Error("no");
      },
    });
    expect([...keys]).toHaveLength(1);
  });

  test.each<readonly [string, () => unknown]>([
    ["UNDECLARED_WRITE", () => ({ n: 1 })],
    ["HANDLER_RESULT", () => 7],
  ])("do not repeat %s, which only an edit can mend", async (code, handler) => {
    const { session } = await timed(lone({ retry, writes: ["log"] }), { a: handler });
    expect([session.frontier.error?.code, eventsOf(session, "a")]).toEqual([code, ["task-started", "task-failed"]]);
  });

  test("give a value that does not fit another chance", async () => {
    const { session } = await timed(lone({ retry }), {
      a: (_state: unknown, { attempt }: HandlerContext) => ({ n: attempt === 1 ? 10 : 9 }),
      b: () => ({}),
    });
    expect([session.status, session.channels["n"]]).toEqual(["completed", 9]);
    expect(eventsOf(session, "a")[1]).toBe("task-retried 1 CHANNEL_SCHEMA 100");
  });

  test("run beside siblings, whose results are kept when they are used up", async () => {
    const calls: string[] = [];
    const graph: ShortGraph = { ...lone({ retry }), edges: { e1: "@start -> a", e2: "@start -> b" } };
    let good = 9;
    const handlers: Handlers = {
      a: (_state: unknown, { attempt }: HandlerContext) => {
        calls.push(`a${attempt}`);
        if (attempt < good) throw new Error("no");
        return {};
      },
      b: () => (calls.push("b"), {}),
    };
    const { session } = await timed(graph, handlers);
    expect([session.status, calls]).toEqual(["failed", ["a1", "b", "a2", "a3"]]);
    good = 1;
    await session.continue();
    expect([session.status, calls.slice(4)]).toEqual(["completed", ["a1"]]);
  });

  test("end at once when the run is stopped, also while they wait", async () => {
    const { session, clock } = start(lone({ retry }), failsUntil(9));
    const running = session.continue();
    await turn();
    expect(clock.waiting).toBe(1);
    await session.stop();
    await running;
    expect([session.status, clock.waiting, eventsOf(session, "a")]).toEqual([
      "cancelled",
      0,
      ["task-started", "task-retried 1 HANDLER_FAILED 100", "task-failed"],
    ]);
  });

  test("are waited for by a run that is drained: it stops at the next boundary, with nothing half done", async () => {
    const { session, clock } = start(lone({ retry }), failsUntil(2));
    const running = session.continue();
    await turn();
    void session.drain();
    clock.advance(100);
    await running;
    expect([session.status, session.channels["log"], session.frontier.open, session.frontier.due.map(({ node }) => node)]).toEqual([
      "paused",
      ["a2"],
      false,
      ["b"],
    ]);
  });
});
