import { describe, expect, test } from "vitest";
import type { RoutedTask } from "../../../runtime/checkpoint/checkpoint.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { logChannel, services, start, type Handlers } from "./harness.js";

type Given = ReturnType<typeof services>;

/** What the checkpoints of a run say of the tasks that finished, oldest first. */
function routed(given: Given, run: string): readonly RoutedTask[] {
  return given.store
    .list(run)
    .toReversed()
    .map(({ id }) => given.store.load(id))
    .filter(({ trigger }) => ["superstep", "barrier-resolved", "decided", "completed"].includes(trigger))
    .flatMap(({ frontier }) => frontier.routed);
}

describe("of a finished task is kept", () => {
  test("to whom it sent tasks, with what it gave them standing with those", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, b: {}, c: {} },
      edges: { s: "@start -> a", ab: "a -> b", ac: "a -> c" },
    };
    const handlers: Handlers = {
      a: (_state: object, ctx: HandlerContext) =>
        ctx.command({
          send: [
            { to: "b", input: 1 },
            { to: "c", input: 2 },
            { to: "b", input: 3 },
          ],
        }),
      b: () => ({}),
      c: () => ({}),
    };
    const { session, services: given } = start(graph, handlers, { run: "r" });
    await session.continue();
    expect(routed(given, "r").find(({ node }) => node === "a")?.sent).toEqual(["b", "c", "b"]);
    expect(routed(given, "r").filter(({ node, sent }) => node !== "a" && sent !== undefined)).toEqual([]);
  });

  test.each([
    ["a barrier", { ask: { kind: "barrier", prompt: "?" } }, {}],
    ["a handler that asks", { ask: {} }, { ask: async (_state: object, ctx: HandlerContext) => (await ctx.ask("k", { prompt: "?" }), {}) }],
  ] as const)("that what was decided is part of the result of %s", async (_name, ask, asking) => {
    const key = "kind" in ask.ask ? "ask" : "ask/k";
    const on = "kind" in ask.ask ? " on approve" : "";
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, ...ask, z: {} },
      edges: { s: "@start -> a", q: "a -> ask", e: `ask -> z${on}` },
    };
    const handlers: Handlers = { a: () => ({}), z: () => ({}), ...asking };
    const { session, services: given } = start(graph, handlers, { run: "r" });
    await session.continue();
    session.decide(key, { action: "kind" in ask.ask ? "approve" : "answer", actor: "test" });
    await session.continue();
    expect(session.status).toBe("completed");
    expect(routed(given, "r").flatMap(({ node, answered }) => (answered === true ? [node] : []))).toEqual(["ask"]);
  });
});
