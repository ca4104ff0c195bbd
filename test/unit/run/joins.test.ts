import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import { continueBothWays, logChannel, logs, tasksRun } from "./harness.js";

interface Case {
  readonly name: string;
  /** Join of `m`, and of any other node that has one. */
  readonly joins: Readonly<Record<string, unknown>>;
  readonly edges: readonly string[];
  /** What runs in each superstep. */
  readonly due: readonly string[];
}

/** Three branches of unequal depth into `m`: a (1), b (2), c (3). */
const branches = ["@start -> a", "@start -> b1", "b1 -> b", "@start -> c1", "c1 -> c2", "c2 -> c", "a -> m", "b -> m", "c -> m"];
const nodes = ["a", "b1", "b", "c1", "c2", "c", "m", "n", "last"];

const table: readonly Case[] = [
  { name: "any: each superstep in which one arrives", joins: {}, edges: branches, due: ["a b1 c1", "b c2 m", "c m", "m"] },
  { name: "all: after the last", joins: { m: "all" }, edges: branches, due: ["a b1 c1", "b c2", "c", "m"] },
  { name: "count 1: the first, and the rest is swallowed", joins: { m: { count: 1 } }, edges: branches, due: ["a b1 c1", "b c2 m", "c"] },
  { name: "count 2: the second, and the rest is swallowed", joins: { m: { count: 2 } }, edges: branches, due: ["a b1 c1", "b c2", "c m"] },
  { name: "count 3 of 3 is all", joins: { m: { count: 3 } }, edges: branches, due: ["a b1 c1", "b c2", "c", "m"] },
  { name: "count beyond the edges: never", joins: { m: { count: 4 } }, edges: branches, due: ["a b1 c1", "b c2", "c"] },
  {
    name: "count: more than enough at once trigger once",
    joins: { m: { count: 2 } },
    edges: ["@start -> a", "@start -> b", "@start -> c", "a -> m", "b -> m", "c -> m"],
    due: ["a b c", "m"],
  },
  { name: "deferred: after all else", joins: { m: "deferred" }, edges: branches, due: ["a b1 c1", "b c2", "c", "m"] },
  {
    name: "deferred waits for branches that do not lead to it",
    joins: { m: "deferred" },
    edges: ["@start -> a", "a -> m", "@start -> b1", "b1 -> b", "b -> last"],
    due: ["a b1", "b", "last", "m"],
  },
  {
    name: "two deferred nodes run together, and what follows them after",
    joins: { m: "deferred", n: "deferred" },
    edges: ["@start -> a", "a -> m", "a -> n", "@start -> b1", "b1 -> b", "m -> last", "n -> last"],
    due: ["a b1", "b", "m n", "last"],
  },
  {
    name: "deferred behind deferred",
    joins: { m: "deferred", n: "deferred" },
    edges: ["@start -> a", "a -> m", "m -> n", "@start -> b1", "b1 -> b"],
    due: ["a b1", "b", "m", "n"],
  },
  {
    name: "a deferred node that nothing reaches does not run",
    joins: { m: "deferred" },
    edges: ["@start -> a", "a -> m when false"],
    due: ["a"],
  },
];

describe("joins", () => {
  for (const { name, joins, edges, due } of table) {
    test.each([
      ["as written", edges],
      ["with the edges the other way round", edges.toReversed()],
    ])(`${name}, %s`, async (_order, listed) => {
      const used = nodes.filter((node) => listed.some((edge) => edge.split(" ").includes(node)));
      const graph = {
        channels: logChannel,
        nodes: Object.fromEntries(used.map((node) => [node, joins[node] === undefined ? {} : { join: joins[node] }])),
        edges: Object.fromEntries(listed.map((edge, index) => [`e${index}`, edge])),
      };
      for (const session of await continueBothWays(graph, logs(...used))) {
        expect(session.status).toBe("completed");
        expect(tasksRun(session).map(([, keys]) => keys.join(" "))).toEqual(due);
      }
    });
  }

  const loop = (join: unknown) => ({
    channels: { ...logChannel, turns: { reducer: "sum" } },
    nodes: {
      again: { kind: "expression", set: { turns: "1" } },
      a: {},
      b: {},
      c1: {},
      c: {},
      m: { join },
      wait: {},
    },
    edges: {
      s: "@start -> again",
      e1: "again -> a",
      e2: "again -> b",
      e3: "again -> c1",
      e4: "c1 -> c",
      ma: "a -> m",
      mb: "b -> m",
      mc: "c -> m",
      w: "m -> wait",
      r: "wait -> again when turns < 3",
      x: "wait -> @end else",
    },
  });

  test.each([
    ["all", 3],
    [{ count: 2 }, 3],
    [{ count: 1 }, 3],
    ["deferred", 3],
  ])("%j is armed again in a loop, and late arrivals of a round are not the next one's", async (join, rounds) => {
    for (const session of await continueBothWays(loop(join), logs("a", "b", "c1", "c", "m", "wait"))) {
      const log = session.channels["log"] as readonly string[];
      expect(log.filter((node) => node === "m")).toHaveLength(rounds);
    }
  });

  test("a count join goes on in a loop that takes other branches each round", async () => {
    // Nobody may wait for the branch that was left out.
    const picks = ["a b", "b c", "c a"];
    const graph = {
      channels: { ...logChannel, turns: { reducer: "sum" } },
      nodes: { pick: {}, a: {}, b: {}, c: {}, m: { join: { count: 2 } } },
      edges: {
        s: "@start -> pick",
        ma: "a -> m",
        mb: "b -> m",
        mc: "c -> m",
        r: "m -> pick when turns < 3",
        x: "m -> @end else",
      },
    };
    const handlers = {
      ...logs("a", "b", "c", "m"),
      pick: (state: Readonly<Record<string, unknown>>, ctx: HandlerContext) =>
        ctx.command({ update: { turns: 1 }, goto: (picks[Number(state["turns"])] ?? "").split(" ") }),
    };
    const [session] = await continueBothWays(graph, handlers);
    expect(session?.status).toBe("completed");
    expect(session?.channels["log"]).toEqual(["a", "b", "m", "b", "c", "m", "a", "c", "m"]);
  });
});
