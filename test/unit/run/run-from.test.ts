import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession, standBefore, type FromNode, type JsonObject } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, services, start, tasksRun, type Handlers } from "./harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

const number = { schema: { type: "number" } };
/** `left` and `right` run beside one another, `join` when both have. */
const graph: ShortGraph = {
  channels: { ...logChannel, rounds: { ...number, reducer: "sum", default: 0 } },
  nodes: { a: {}, left: {}, right: {}, join: { join: "all" }, end: {}, never: {} },
  edges: {
    s: "@start -> a",
    l: "a -> left",
    r: "a -> right",
    lj: "left -> join",
    rj: "right -> join",
    back: "join -> a when rounds < 2.0",
    on: "join -> end else",
    n: "end -> never when false",
    e: "end -> @end else",
  },
};

/** Handlers that log their node, and count how often each was called. */
function counted(): { readonly handlers: Handlers; readonly calls: Record<string, number> } {
  const calls: Record<string, number> = {};
  const handlers = Object.fromEntries(
    ["a", "left", "right", "join", "end", "never"].map((node) => [
      node,
      (): JsonObject => {
        calls[node] = (calls[node] ?? 0) + 1;
        return node === "join" ? { log: [node], rounds: 1 } : { log: [node] };
      },
    ]),
  );
  return { handlers, calls };
}

async function finished(policy: "every-superstep" | "minimal" = "every-superstep") {
  const { handlers, calls } = counted();
  const store = new MemoryStore();
  const { session, services: given } = start({ ...graph, checkpoints: { policy } }, handlers, { store, run: "r" });
  await session.continue();
  for (const node of Object.keys(calls)) calls[node] = 0;
  return { session, store, calls, given };
}

const from = (node: string, more: Partial<FromNode> = {}): FromNode => ({ node, actor: "ann", ...more });
const whole = ["a", "left", "right", "join", "a", "left", "right", "join", "end"];

describe("a run that goes on from a node", () => {
  test("runs that node again as it was due last; what ran beside it, and what comes of the same, is taken as it is recorded", async () => {
    const { session, store, calls } = await finished();
    standBefore(session, store, from("left"));
    expect([session.status, session.frontier.superstep, session.channels["rounds"]]).toEqual(["paused", 4, 1]);
    await session.continue();
    expect([session.status, session.channels["log"], calls]).toEqual(["completed", whole, { a: 0, left: 1, right: 0, join: 0, end: 0 }]);
  });

  test("runs all from there on where nothing that is recorded counts", async () => {
    const { session, store, calls } = await finished();
    standBefore(session, store, from("left", { replay: { mode: "live" } }));
    await session.continue();
    expect([session.channels["log"], calls]).toEqual([whole, { a: 0, left: 1, right: 1, join: 1, end: 1 }]);
  });

  test("is led there by what is recorded where the policy left its superstep out", async () => {
    const { session, store, calls } = await finished("minimal");
    standBefore(session, store, from("end"));
    await session.continue();
    expect([session.status, session.channels["log"], calls]).toEqual(["completed", whole, { a: 0, left: 0, right: 0, join: 0, end: 1 }]);
  });

  test("runs a node again that has finished while others wait, and those that failed with it", async () => {
    const asks: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, ask: { kind: "barrier", prompt: "?" }, end: {} },
      edges: { s: "@start -> a", t: "@start -> ask", e: "a -> end", y: "ask -> @end on approve", n: "ask -> @end on reject" },
    };
    const { handlers, calls } = counted();
    const store = new MemoryStore();
    const { session } = start(asks, handlers, { store, run: "r" });
    await session.continue();
    standBefore(session, store, from("a"));
    await session.continue();
    expect([session.status, calls]).toEqual(["waiting", { a: 2 }]);
  });

  test("goes on from a checkpoint that is named where the node is not due there: it takes the place of what is", async () => {
    const { session, store, calls } = await finished();
    const [first] = store.list("r", { superstep: 1 });
    standBefore(session, store, from("never", { checkpoint: first?.id ?? "" }));
    expect([session.status, session.channels["log"], session.frontier.due.map(({ node }) => node)]).toEqual(["paused", ["a"], ["never"]]);
    expect(store.trace("r").findLast(({ type }) => type === "edited")).toMatchObject({ node: "never", goto: ["never"], actor: "ann" });
    await session.continue();
    expect([session.status, session.channels["log"], calls["never"]]).toEqual(["completed", ["a", "never"], 1]);
    const again = RunSession.resume("r", compile(graph), services(counted().handlers, { store }));
    standBefore(again, store, from("left", { checkpoint: first?.id ?? "" }));
    expect(tasksRun(again).at(-1)).toEqual([1, ["a"]]);
  });

  test("stands where it stood where that cannot be", async () => {
    const { session, store } = await finished();
    const { head } = session;
    const refused = (given: FromNode) => () => standBefore(session, store, given);
    expect(refused(from("nobody"))).toThrow(code("UNKNOWN_TARGET"));
    expect(refused(from("never"))).toThrow(code("NOT_FOUND"));
    expect(refused(from("a", { checkpoint: "none" }))).toThrow(code("NOT_FOUND"));
    expect([session.head, session.status]).toEqual([head, "completed"]);
  });
});
