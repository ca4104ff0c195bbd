import { expect, test } from "vitest";
import { start, offer } from "./harness.js";

const text = { schema: { type: "string" } };
const graph = (stateBytes: string) => ({
  channels: { big: text, other: text, small: text },
  nodes: { a: {}, b: {}, z: {} },
  edges: { sa: "@start -> a", sb: "@start -> b", az: "a -> z" },
  limits: { stateBytes },
});

test("a run that would take more than its budget fails, names what is large, and goes on with a larger one", async () => {
  let calls = 0;
  const { session } = start(graph("64KB"), {
    a: () => ((calls += 1), { big: "x".repeat(60_000), small: "s" }),
    b: () => ({ other: "y".repeat(10_000) }),
    z: () => ({ small: "end" }),
  });
  await session.continue();
  const { status, error, results, superstep } = session.frontier;
  expect([status, error?.code, superstep, results.map(({ node }) => node)]).toEqual(["failed", "STATE_BUDGET", 0, ["a", "b"]]);
  expect(error?.message).toMatch(/may take 64 KB\. Its largest channels: "big" 118 KB, "other" 20 KB, "small" /);
  expect(session.channels).toEqual({});
  offer(session, graph("1MB"));
  await session.continue();
  expect([session.status, session.channels["small"], calls]).toEqual(["completed", "end", 1]);
});

test("what wrote too much is run again when nobody has raised the budget", async () => {
  const sizes = [60_000, 10];
  const { session } = start(
    { ...graph("64KB"), nodes: { a: {} }, edges: { sa: "@start -> a" } },
    { a: () => ({ big: "x".repeat(sizes.shift() ?? 0) }) },
  );
  await session.continue();
  expect(session.frontier.error?.code).toBe("STATE_BUDGET");
  await session.continue();
  expect([session.status, session.channels]).toEqual(["completed", { big: "x".repeat(10) }]);
});

test("a value that takes another's place counts once, also in a channel that accumulates", async () => {
  const { session } = start(
    {
      channels: { talk: { schema: { type: "array" }, reducer: "messages" }, n: { schema: { type: "number" }, default: 0 } },
      nodes: { a: {} },
      edges: { s: "@start -> a", again: "a -> a when n < 50.0" },
      limits: { stateBytes: "64KB" },
    },
    { a: ({ n }) => ({ n: Number(n) + 1, talk: [{ id: "m", role: "user", content: "x".repeat(10_000) }] }) },
  );
  await session.continue();
  expect([session.status, session.frontier.error]).toEqual(["completed", undefined]);
});

test("input counts too", () => {
  const { session } = start(graph("64KB"), {}, { input: { big: "x".repeat(60_000) } });
  expect([session.frontier.status, session.frontier.error?.code]).toEqual(["failed", "STATE_BUDGET"]);
});
