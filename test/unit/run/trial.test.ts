import { describe, expect, test } from "vitest";
import { lastGiven, givenAt, MemoryStore, RunSession, tryNode, type JsonObject, type TrialInput } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, services, start, type Handlers } from "./harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

const number = { schema: { type: "number" } };
const graph: ShortGraph = {
  channels: { ...logChannel, n: number, total: { ...number, reducer: "sum", default: 5 } },
  nodes: { a: {}, b: { retry: { attempts: 2, delay: "0ms" } }, c: {}, x: {}, ask: { kind: "barrier", prompt: "Go?" } },
  edges: {
    s: "@start -> a",
    ab: "a -> b when n < 5",
    ax: "a -> x else",
    bc: "b -> c",
    bx: "b -> x on @error",
    ca: "c -> ask",
    y: "ask -> @end on approve",
    no: "ask -> a on reject",
  },
};

function tried(node: string, handlers: Handlers, given: Partial<TrialInput> = {}, of = graph) {
  return tryNode(compile(of), { node, values: {}, ...given }, services(handlers));
}

describe("a node that is run alone", () => {
  test("works on what it is given, and tells what it wrote and where the run would go on", async () => {
    const seen: unknown[] = [];
    const outcome = await tried("a", { a: (state) => (seen.push(state), { n: 7, total: 1 }) }, { values: { n: 1 } });
    expect(seen).toEqual([{ log: [], n: 1, total: 5 }]);
    expect(outcome).toMatchObject({
      node: "a",
      status: "done",
      writes: { n: 7, total: 1 },
      routes: [{ edge: "ax", to: "x", why: "else" }],
      questions: [],
      attempts: 1,
    });
  });

  test("is tried as often as its policy says; where it fails for good the edges for that are named", async () => {
    const failing = (): never => {
      throw new Error("broken");
    };
    expect(await tried("b", { b: failing })).toMatchObject({
      status: "failed",
      attempts: 2,
      error: { code: "HANDLER_FAILED" },
      routes: [{ edge: "bx", to: "x" }],
    });
    expect(await tried("a", { a: failing })).toMatchObject({ status: "failed", error: { code: "HANDLER_FAILED" }, routes: [] });
  });

  test("fails by what it writes as it would in a run, and shows it", async () => {
    const outcome = await tried("a", { a: () => ({ n: "seven" }) });
    expect(outcome).toMatchObject({ status: "failed", writes: { n: "seven" }, error: { code: "CHANNEL_SCHEMA" }, routes: [] });
  });

  test("tells what it asks; a decision may come with what it is given", async () => {
    expect(await tried("ask", {})).toMatchObject({ status: "asked", questions: [{ key: "ask", prompt: "Go?" }], routes: [] });
    const decisions = { ask: { action: "reject", actor: "ann", at: 0 } };
    expect(await tried("ask", {}, { decisions })).toMatchObject({ status: "done", action: "reject", routes: [{ edge: "no", to: "a" }] });
  });

  test("runs the graph in it", async () => {
    const inner: ShortGraph = { channels: { n: number }, nodes: { i: {} }, edges: { s: "@start -> i", e: "i -> @end" } };
    const outer: ShortGraph = {
      channels: { n: number },
      nodes: { sub: { kind: "subgraph", graph: "./inner", in: { n: "n" }, out: { n: "n" } } },
      edges: { s: "@start -> sub", e: "sub -> @end" },
    };
    const given = services({ i: (state) => ({ n: Number(state["n"]) + 1 }) }, { graphs: { "./inner": inner } });
    const outcome = await tryNode(compile(outer), { node: "sub", values: { n: 1 } }, given);
    expect(outcome).toMatchObject({ status: "done", writes: { n: 2 }, routes: [{ edge: "e", to: "@end" }] });
  });

  test("can be stopped", async () => {
    const stop = new AbortController();
    const endless = (_state: JsonObject, { signal }: { readonly signal: AbortSignal }): Promise<JsonObject> =>
      new Promise((_done, fail) => {
        signal.addEventListener("abort", () => fail(new Error("stopped")));
        stop.abort();
      });
    const outcome = await tryNode(compile(graph), { node: "a", values: {} }, services({ a: endless }), { signal: stop.signal });
    expect(outcome).toMatchObject({ status: "cancelled", writes: {}, routes: [] });
  });

  const refused: readonly (readonly [what: string, given: TrialInput, code: string])[] = [
    ["a node that the graph does not have", { node: "nobody", values: {} }, "UNKNOWN_TARGET"],
    ["a value that its channel cannot have", { node: "a", values: { n: "one" } }, "INPUT_INVALID"],
  ];
  test.each(refused)("%s is refused", async (_what, given, expected) => {
    await expect(tryNode(compile(graph), given, services(logs("a")))).rejects.toThrow(code(expected));
  });
});

describe("what a node was given", () => {
  const handlers = logs("a", "b", "c", "x");
  const loop: ShortGraph = {
    channels: { ...logChannel, rounds: { ...number, reducer: "sum", default: 0 } },
    nodes: { a: {}, b: {} },
    edges: { s: "@start -> a", ab: "a -> b", ba: "b -> a when rounds < 3.0", e: "b -> @end else" },
  };
  const counting: Handlers = { ...handlers, b: () => ({ log: ["b"], rounds: 1 }) };

  const policies = ["every-superstep", "minimal"] as const;
  test.each(policies)("when it was due last is found under the policy %s", async (policy) => {
    const store = new MemoryStore();
    const { session } = start({ ...loop, checkpoints: { policy } }, counting, { store, run: "r" });
    await session.continue();
    expect(lastGiven(store, session.plan, session.head, "b")).toEqual({
      node: "b",
      superstep: 6,
      values: { log: ["a", "b", "a", "b", "a"], rounds: 2 },
    });
    expect(lastGiven(store, session.plan, session.head, "nobody")).toBeUndefined();
  });

  test("at a checkpoint has the input of a task that was sent", async () => {
    const sends: ShortGraph = { channels: logChannel, nodes: { a: {}, b: {} }, edges: { s: "@start -> a" } };
    const store = new MemoryStore();
    const a: Handlers[string] = (_state, ctx) => ctx.command({ send: [{ to: "b", input: { item: 1 } }] });
    const { session, services: given } = start(sends, { ...handlers, a }, { store, run: "r" });
    await session.step();
    const before = store.trace("r").length;
    const found = givenAt(store, session.head, "b");
    expect(found).toEqual({ node: "b", superstep: 2, values: { log: [] }, input: { item: 1 } });
    const seen: unknown[] = [];
    const looking = { ...given, handlers: services({ b: (_s, ctx) => (seen.push(ctx.input), { log: ["tried"] }) }).handlers };
    expect(await tryNode(compile(sends), found, looking)).toMatchObject({ writes: { log: ["tried"] } });
    expect(seen).toEqual([{ item: 1 }]);
    // The run that it was taken from stands as it stood.
    expect([session.status, session.channels, store.trace("r").length, store.runs().length]).toEqual(["paused", { log: [] }, before, 1]);
    const again = RunSession.resume("r", compile(sends), given);
    await again.continue();
    expect(again.channels).toEqual({ log: ["b"] });
  });
});
