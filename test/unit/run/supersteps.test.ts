import { describe, expect, test } from "vitest";
import { RunSession } from "../../../runtime/index.js";
import { compile, history, logChannel, logs, services, start } from "./harness.js";

/** What ran in each superstep, for graphs whose nodes only log. */
const table: readonly {
  readonly name: string;
  readonly nodes: Readonly<Record<string, object>>;
  readonly edges: Readonly<Record<string, string>>;
  readonly due: readonly (readonly string[])[];
}[] = [
  {
    name: "a chain",
    nodes: { a: {}, b: {}, c: {} },
    edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c", e4: "c -> @end" },
    due: [["a"], ["b"], ["c"]],
  },
  {
    name: "plain edges of unequal depth trigger twice",
    nodes: { a: {}, b: {}, c: {}, m: {} },
    edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> m", e4: "a -> c", e5: "c -> d", e6: "d -> m" },
    due: [["a"], ["b", "c"], ["m", "d"], ["m"]],
  },
  {
    name: "plain edges of equal depth trigger once",
    nodes: { a: {}, b: {}, c: {}, m: {} },
    edges: { e1: "@start -> a", e2: "a -> b", e3: "a -> c", e4: "b -> m", e5: "c -> m" },
    due: [["a"], ["b", "c"], ["m"]],
  },
  {
    name: "an `all` join waits for both",
    nodes: { a: {}, b: {}, c: {}, d: {}, m: { join: "all" } },
    edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> m", e4: "a -> c", e5: "c -> d", e6: "d -> m" },
    due: [["a"], ["b", "c"], ["d"], ["m"]],
  },
  {
    name: "an `all` join with a skipped parent never fires and the run ends",
    nodes: { a: {}, b: {}, c: {}, m: { join: "all" } },
    edges: { e1: "@start -> a", e2: "a -> b", e3: "a -> c when false", e4: "b -> m", e5: "c -> m" },
    due: [["a"], ["b"]],
  },
  {
    name: "task order is document order, not edge order",
    nodes: { a: {}, z: {}, b: {} },
    edges: { e1: "@start -> a", e2: "a -> b", e3: "a -> z" },
    due: [["a"], ["z", "b"]],
  },
  {
    name: "else fires when nothing else did, and not beside a choice",
    nodes: { a: {}, b: {}, c: {}, d: {} },
    edges: { e1: "@start -> a", e2: "a -> b when false", e3: "a -> c else", e4: "c -> d when true", e5: "c -> b else" },
    due: [["a"], ["c"], ["d"]],
  },
];

describe("supersteps", () => {
  for (const { name, nodes, edges, due } of table) {
    test(name, async () => {
      const all = name.includes("unequal") ? { ...nodes, d: {} } : nodes;
      const { session } = start({ channels: logChannel, nodes: all, edges }, logs(...Object.keys(all)));
      await session.continue();
      expect(session.status).toBe("completed");
      expect(history(session)).toEqual(due.map((nodesDue, index) => [index + 1, nodesDue]));
      expect(session.channels["log"]).toEqual(due.flat());
    });
  }

  test("an `all` join is armed again in a loop", async () => {
    const { session } = start(
      {
        channels: { ...logChannel, turns: { reducer: "sum" } },
        nodes: { a: {}, b: {}, m: { join: "all" }, again: { kind: "expression", set: { turns: "1" } } },
        edges: {
          e0: "@start -> again",
          e1: "again -> a",
          e2: "again -> b",
          e3: "a -> m",
          e4: "b -> m",
          e5: "m -> again when turns < 3",
          e6: "m -> @end else",
        },
      },
      logs("a", "b", "m"),
    );
    await session.continue();
    expect(session.channels).toEqual({ log: ["a", "b", "m", "a", "b", "m", "a", "b", "m"], turns: 3 });
  });

  test("writes are applied in task order, whatever finishes first", async () => {
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 20));
    const { session } = start(
      { channels: logChannel, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "@start -> b" } },
      { a: async () => (await slow, { log: ["a"] }), b: () => ({ log: ["b"] }) },
    );
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "b"]);
  });

  test("the next superstep waits for the slowest sibling", async () => {
    const order: string[] = [];
    const { session } = start(
      { nodes: { slow: {}, quick: {}, after: {} }, edges: { e1: "@start -> slow", e2: "@start -> quick", e3: "quick -> after" } },
      {
        slow: async () => (await new Promise((resolve) => setTimeout(resolve, 20)), order.push("slow"), {}),
        quick: () => (order.push("quick"), {}),
        after: () => (order.push("after"), {}),
      },
    );
    await session.continue();
    expect(order).toEqual(["quick", "slow", "after"]);
  });

  test("the superstep limit is exact", async () => {
    const loop = (supersteps: number) =>
      start(
        { nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "a -> b" }, limits: { supersteps } },
        { a: () => ({}), b: () => ({}) },
      ).session;
    const enough = loop(2);
    await enough.continue();
    expect(enough.status).toBe("completed");
    const tooFew = loop(1);
    await tooFew.continue();
    expect([tooFew.status, tooFew.frontier.error?.code, tooFew.frontier.superstep]).toEqual(["failed", "SUPERSTEP_LIMIT", 1]);
  });

  test("expressions see numbers, lists and what the node wrote", async () => {
    const { session } = start(
      {
        channels: {
          n: { schema: { type: "number" } },
          big: { schema: { type: "boolean" } },
          items: { schema: { type: "array" }, reducer: "append" },
        },
        nodes: { a: {}, b: { kind: "expression", set: { big: "n * 2 > 80 && size(items) == 2", items: "[n + 1]" } }, c: {} },
        edges: { e1: "@start -> a", e2: "a -> b when output.n == 42", e3: "b -> c when big && run.superstep == 2" },
      },
      { a: () => ({ n: 42, items: ["x", "y"] }), c: () => ({ items: ["end"] }) },
    );
    await session.continue();
    expect(session.channels).toEqual({ n: 42, big: true, items: ["x", "y", 43, "end"] });
  });

  test("a run that is let go of is forgotten by the handler host", async () => {
    const released: string[] = [];
    const given = services(logs("a"));
    const handlers = { ...given.handlers, release: (run: string) => void released.push(run) };
    const graph = compile({ channels: logChannel, nodes: { a: {} }, edges: { e1: "@start -> a" } });
    const session = RunSession.start(graph, { graph: "test" }, { ...given, handlers });
    await session.continue();
    expect(released).toEqual([]);
    await session.dispose();
    expect(released).toEqual([session.id]);
  });
});
