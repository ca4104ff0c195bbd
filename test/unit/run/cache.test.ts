import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { compile, eventsOf, services, start, type Handlers } from "./harness.js";

const graph = (fields: object, channels: object = {}): ShortGraph => ({
  channels: { ticket: {}, noise: {}, n: { schema: { type: "number" } }, ...channels },
  nodes: { a: { reads: ["ticket"], ...fields }, b: {} },
  edges: { e1: "@start -> a", e2: "a -> b on yes", e3: "a -> @end else" },
});

/** Runs graphs one after the other in one store; what each wrote to `n`, and how often `a` was called in all. */
function lab(handler: (state: never, ctx: HandlerContext) => unknown = () => ({})) {
  const [store, clock] = [new MemoryStore(), new ManualClock()];
  let calls = 0;
  let version = "1";
  const handlers: Handlers = {
    a: (state: object, ctx: HandlerContext) => {
      calls += 1;
      const made = handler(state as never, ctx);
      return made instanceof Promise || Object.keys(made as object).length > 0 ? made : { n: calls };
    },
    b: () => ({}),
  };
  const run = async (given: ShortGraph, input: object = {}) => {
    const base = services(handlers, { store, clock });
    const host = { ...base.handlers, version: () => version };
    const session = RunSession.start(compile(given), { graph: "test", input: { ...input } }, { ...base, handlers: host });
    await session.continue();
    return session;
  };
  return { run, clock, calls: () => calls, edit: () => (version += "1") };
}

const cached = graph({ cache: { key: "ticket.id" } });

describe("a cached node", () => {
  test("is not run again for the same key: the result, its action included, is that of before, and the trace says so", async () => {
    const { run, calls } = lab((_state: unknown, ctx: HandlerContext) => ctx.command({ update: { n: 5 }, action: "yes" }));
    await run(cached, { ticket: { id: 7, text: "one" } });
    const again = await run(cached, { ticket: { id: 7, text: "two" }, noise: 1 });
    expect([again.status, again.channels["n"], calls()]).toEqual(["completed", 5, 1]);
    expect(eventsOf(again, "a")).toEqual(["task-started", "task-cached", "task-finished"]);
    expect(eventsOf(again, "b")).toEqual(["task-started", "task-finished"]);
  });

  const misses: readonly (readonly [string, ShortGraph, object])[] = [
    ["another key", cached, { ticket: { id: 8 } }],
    ["another handler", graph({ cache: { key: "ticket.id" }, handler: "./b.ts" }), { ticket: { id: 7 } }],
    ["other channels to read", graph({ cache: { key: "ticket.id" }, reads: ["ticket", "n"] }), { ticket: { id: 7 } }],
    [
      "a channel that the old result does not fit",
      graph({ cache: { key: "ticket.id" } }, { n: { schema: { type: "number", minimum: 2 } } }),
      { ticket: { id: 7 } },
    ],
  ];
  test.each(misses)("is run for %s", async (_name, other, input) => {
    const { run, calls } = lab();
    await run(cached, { ticket: { id: 7 } });
    const again = await run(other, input);
    expect([again.status, eventsOf(again, "a").includes("task-cached")]).toEqual(["completed", false]);
    expect(calls()).toBeLessThanOrEqual(2);
  });

  test.each([
    ["how it is run", { retry: { attempts: 9 }, timeout: "1d", cache: { key: "ticket.id", ttl: "1h" } }],
    ["what people call it", { label: "A", note: "!", cache: { key: "ticket.id" } }],
  ])("does not care for %s", async (_name, fields) => {
    const { run, calls } = lab();
    await run(cached, { ticket: { id: 7 } });
    await run(graph(fields), { ticket: { id: 7 } });
    expect(calls()).toBe(1);
  });

  test("without a key is known by all that it reads, and by nothing else", async () => {
    const { run, calls } = lab();
    const own = graph({ cache: {} });
    await run(own, { ticket: { id: 7, text: "one" } });
    await run(own, { ticket: { text: "one", id: 7 }, noise: 1 });
    expect(calls()).toBe(1);
    await run(own, { ticket: { id: 7, text: "two" } });
    expect(calls()).toBe(2);
  });

  test("is run again when its time is over", async () => {
    const { run, calls, clock } = lab();
    const brief = graph({ cache: { key: "ticket.id", ttl: "1m" } });
    await run(brief, { ticket: { id: 7 } });
    clock.advance(59_999);
    await run(brief, { ticket: { id: 7 } });
    expect(calls()).toBe(1);
    clock.advance(1);
    await run(brief, { ticket: { id: 7 } });
    expect(calls()).toBe(2);
  });

  test("is run again when the text of its handler has changed", async () => {
    const { run, calls, edit } = lab();
    await run(cached, { ticket: { id: 7 } });
    edit();
    await run(cached, { ticket: { id: 7 } });
    expect(calls()).toBe(2);
  });

  test("is cached in a loop of one run too", async () => {
    let calls = 0;
    const { session } = start(
      {
        channels: { turns: { reducer: "sum" } },
        nodes: { a: { cache: { key: "1" } } },
        edges: { e1: "@start -> a", e2: "a -> a when turns < 3", e3: "a -> @end else" },
      },
      { a: () => ((calls += 1), { turns: 1 }) },
    );
    await session.continue();
    expect([session.status, session.channels["turns"], calls]).toEqual(["completed", 3, 1]);
  });

  test("keeps neither a failure, nor its fallback, nor a value that does not fit", async () => {
    for (const [handler, fallback] of [
      [() => Promise.reject(new Error("no")), { n: 0 }],
      [() => ({ n: "one" }), { n: 0 }],
    ] as const) {
      const { run, calls } = lab(handler);
      const given = graph({ cache: { key: "ticket.id" }, fallback });
      await run(given, { ticket: { id: 7 } });
      const again = await run(given, { ticket: { id: 7 } });
      expect([again.status, again.channels["n"], calls()]).toEqual(["completed", 0, 2]);
    }
  });

  test("keeps nothing that a person had a part in", async () => {
    const { run } = lab(async (_state: unknown, { ask }: HandlerContext) => ({ n: Number((await ask("n", { prompt: "?" })).value) }));
    const first = await run(cached, { ticket: { id: 7 } });
    first.decide("a/n", { action: "answer", value: 3, actor: "test" });
    await first.continue();
    expect([first.status, first.channels["n"]]).toEqual(["completed", 3]);
    expect((await run(cached, { ticket: { id: 7 } })).status).toBe("waiting");
  });

  test("fails where its key cannot be told", async () => {
    const { run } = lab();
    const session = await run(cached, { ticket: {} });
    expect([session.status, session.frontier.error?.code, session.frontier.error?.message]).toEqual([
      "failed",
      "EXPRESSION",
      expect.stringContaining('cache key of "a"'),
    ]);
  });
});
