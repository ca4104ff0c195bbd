import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { PatchbayError } from "../../../runtime/index.js";
import { logChannel, start, type Handlers } from "./harness.js";
import type { ShortGraph } from "../../support/graph-text.js";

const pair: ShortGraph = {
  channels: { x: {}, ...logChannel, n: { schema: { type: "number", maximum: 9 } }, total: { reducer: "sum" } },
  nodes: { a: {}, b: {} },
  edges: { e1: "@start -> a", e2: "@start -> b" },
};

/** Runs the pair with these handlers and gives the run's error. */
async function errorOf(handlers: Handlers, graph = pair) {
  const { session } = start(graph, { a: () => ({}), b: () => ({}), ...handlers });
  await session.continue();
  expect(session.status).toBe("failed");
  return session.frontier.error;
}

describe("failures", () => {
  const table: readonly [string, Handlers, object][] = [
    [
      "two writers of a `last` channel",
      { a: () => ({ x: 1 }), b: () => ({ x: 2 }) },
      { code: "CONCURRENT_WRITE", details: { channel: "x", nodes: ["a", "b"] } },
    ],
    ["an undeclared channel", { a: () => ({ y: 1 }) }, { code: "UNKNOWN_CHANNEL", details: { node: "a", channel: "y" } }],
    ["a value that does not fit", { b: () => ({ n: 10 }) }, { code: "CHANNEL_SCHEMA", details: { node: "b", channel: "n", path: "" } }],
    ["text in a sum", { b: () => ({ total: "1" }) }, { code: "CHANNEL_SCHEMA", details: { node: "b", channel: "total", path: "" } }],
    [
      "an action that no edge names",
      { a: (_state: unknown, ctx: HandlerContext) => ctx.command({ action: "up" }) },
      { code: "UNKNOWN_ACTION", details: { node: "a", action: "up" } },
    ],
  ];
  for (const [name, handlers, expected] of table) {
    test(name, async () => expect(await errorOf(handlers)).toMatchObject(expected));
  }

  test("a handler's error keeps its message", async () => {
    const error = await errorOf({
      a: () => {
        throw new Error("no order 7");
      },
    });
    expect(error?.code).toBe("HANDLER_FAILED");
    expect(error?.message).toContain("no order 7");
  });

  test("finished siblings are kept; going on runs only what failed", async () => {
    const calls: string[] = [];
    let broken = true;
    const { session } = start(pair, {
      a: () => (calls.push("a"), { log: ["a"] }),
      b: () => {
        calls.push("b");
        if (broken) throw new Error("broken");
        return { log: ["b"] };
      },
    });
    await session.continue();
    expect(session.status).toBe("failed");
    broken = false;
    await session.continue();
    expect(session.status).toBe("completed");
    expect(calls).toEqual(["a", "b", "b"]);
    expect(session.channels["log"]).toEqual(["a", "b"]);
  });

  test("after a refused write only its writer runs again", async () => {
    const calls: string[] = [];
    let value = 10;
    const { session } = start(pair, { a: () => (calls.push("a"), { x: 1 }), b: () => (calls.push("b"), { n: value }) });
    await session.continue();
    value = 9;
    await session.continue();
    expect([session.status, calls, session.channels["n"]]).toEqual(["completed", ["a", "b", "b"], 9]);
  });

  test("input that does not fit is refused before the run begins", () => {
    expect(() => start(pair, {}, { input: { n: 10 } })).toThrow(PatchbayError);
    expect(() => start(pair, {}, { input: { nope: 10 } })).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }) as Error);
  });

  test("a finished run does not start again", async () => {
    const { session } = start(pair, { a: () => ({}), b: () => ({}) });
    await session.continue();
    await expect(session.step()).rejects.toMatchObject({ code: "RUN_FINISHED" });
  });

  test("stop aborts what runs and keeps what was finished", async () => {
    let aborted = false;
    const { session } = start(pair, {
      a: () => ({ log: ["a"] }),
      b: (_state: unknown, ctx: HandlerContext) =>
        new Promise((_resolve, reject) => {
          ctx.signal.addEventListener("abort", () => {
            aborted = true;
            reject(new Error("aborted"));
          });
        }),
    });
    const running = session.continue();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(session.runningTasks.map((task) => task.node)).toEqual(["b"]);
    await session.stop();
    await running;
    expect([session.status, aborted, session.frontier.results.map((result) => result.node)]).toEqual(["cancelled", true, ["a"]]);
  });
});
