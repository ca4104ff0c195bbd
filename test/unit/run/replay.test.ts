import { describe, expect, test } from "vitest";
import { RunSession, type JsonObject, type ReplayTerms } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, offer, services, start, type Given, type Handlers } from "./harness.js";

const channels = { ...logChannel, n: { schema: { type: "number" } }, m: { schema: { type: "number" } } };
const chain: ShortGraph = {
  channels,
  nodes: { a: { reads: ["n"] }, b: { reads: ["m"] }, c: { reads: [] }, d: {} },
  edges: { s: "@start -> a", ab: "a -> b", bc: "b -> c", cd: "c -> d", z: "d -> @end" },
};

/** Handlers that write their node's name to `log`, and what they were called for. */
function counted(...nodes: readonly string[]): { readonly handlers: Handlers; readonly calls: string[] } {
  const calls: string[] = [];
  const of = (node: string) => [
    node,
    (_state: object, ctx: HandlerContext): JsonObject => (calls.push(ctx.idempotencyKey), { log: [node] }),
  ];
  return { calls, handlers: Object.fromEntries(nodes.map(of)) };
}

/** A run of a graph that has come to its end, and what can be done with it. */
async function ran(graph: ShortGraph, handlers: Handlers, given: Given & { readonly input?: JsonObject } = {}) {
  const { session, services: brought } = start(graph, handlers, { run: "r", input: { n: 1, m: 1 }, ...given });
  await session.continue();
  const at = (superstep: number): string =>
    brought.store
      .list("r")
      .toReversed()
      .find((each) => each.superstep === superstep && each.trigger !== "edited")?.id ?? "";
  return { session, services: brought, at };
}

/** The nodes whose tasks ran or were taken since the last restore, in that order. */
function since(session: RunSession): readonly string[] {
  const events = session.trace.slice(session.trace.findLastIndex(({ type }) => type === "restored"));
  return events.flatMap((event) => {
    if (event.type === "task-replayed") return [`${event.node} taken`];
    if (event.type === "task-started") return [event.anew === undefined ? event.node : `${event.node} as ${event.anew}`];
    return [];
  });
}

describe("back and forward again", () => {
  test.each<[string, ReplayTerms | undefined, readonly string[]]>([
    ["nothing runs twice", undefined, ["b taken", "c taken", "d taken"]],
    ["everything runs where all is live", { mode: "live" }, ["b", "c", "d"].map((node) => `${node} as all results are live`)],
    [
      "a node runs that is live, and all that depend on it are the same",
      { mode: "recorded", live: ["b"] },
      ["b as its node is live", "c taken", "d taken"],
    ],
  ])("%s", async (_name, terms, expected) => {
    const { handlers, calls } = counted("a", "b", "c", "d");
    const { session, at, services: given } = await ran(chain, handlers);
    const [first, state] = [[...calls], session.channels];
    session.restore(at(1), terms);
    await session.continue();
    expect(since(session)).toEqual(expected);
    expect([session.status, session.channels]).toEqual(["completed", state]);
    const again = expected
      .filter((each) => !each.endsWith("taken"))
      .map((each) => `r/${"abcd".indexOf(each[0] ?? "") + 1}/${each[0] ?? ""}`);
    expect(calls).toEqual([...first, ...again]); // the same task has the same key
    expect(given.store.verify()).toEqual([]);
  });

  test("what depends on a channel that has another value now runs, and nothing else", async () => {
    const { handlers } = counted("a", "b", "c", "d");
    let written = 2;
    const writing: Handlers = { ...handlers, a: () => ({ m: written }) };
    const { session, at } = await ran({ ...chain, nodes: { ...chain.nodes, d: { reads: ["n"] } } }, writing);
    written = 3;
    session.restore(at(0), { mode: "recorded", live: ["a"] });
    await session.continue();
    expect(since(session)).toEqual(["a as its node is live", 'b as channel "m" has another value', "c taken", "d taken"]);
  });

  test("what reads an edited channel runs, and nothing else", async () => {
    const { handlers } = counted("a", "b", "c", "d");
    const { session, at } = await ran({ ...chain, nodes: { ...chain.nodes, d: { reads: ["n"] } } }, handlers);
    session.restore(at(1));
    session.edit({ values: { m: 2 } });
    await session.continue();
    expect(since(session)).toEqual(['b as channel "m" has another value', "c taken", "d taken"]);
    session.restore(at(1));
    session.edit({ values: { m: 2 } }); // the branch before has that, too
    await session.continue();
    expect(since(session)).toEqual(["b taken", "c taken", "d taken"]);
  });

  test("a branch on which more was done is not taken for the same", async () => {
    const wide: ShortGraph = {
      channels,
      nodes: { z: {}, a: {}, b: {}, c: {} },
      edges: { s: "@start -> z", za: "z -> a", zb: "z -> b", ac: "a -> c" },
    };
    const writing: Handlers = { z: () => ({}), a: () => ({ log: ["a"] }), b: () => ({ m: 5 }), c: () => ({ log: ["c"] }) };
    const { session, at } = await ran(wide, writing);
    session.restore(at(0));
    await session.step();
    session.override("z", ["a"]);
    await session.continue();
    expect(since(session)).toEqual(["z taken", "a taken", 'c as channel "m" has another value']);
  });

  test("a task that begins anew takes what the run inside it had before, but for what is another", async () => {
    const around: ShortGraph = { channels, nodes: { sub: { kind: "subgraph", graph: "./inner" } }, edges: { s: "@start -> sub" } };
    const inside: ShortGraph = { ...chain, nodes: { ...chain.nodes, d: { reads: ["n"] } } };
    const { handlers, calls } = counted("a", "b", "c", "d");
    const { session, at } = await ran(around, handlers, { graphs: { "./inner": inside } });
    calls.splice(0);
    session.restore(at(0));
    session.edit({ values: { m: 7 } });
    await session.continue();
    expect([session.status, calls.map((key) => key.replace(/^.*\//, ""))]).toEqual(["completed", ["b"]]);
    calls.splice(0);
    session.restore(at(0), { mode: "recorded", live: ["sub"] }); // with all that is inside
    await session.continue();
    expect(calls).toHaveLength(4);
  });

  test("results that were kept of an open superstep count, too", async () => {
    const wide: ShortGraph = { channels, nodes: { a: {}, b: {} }, edges: { s: "@start -> a", t: "@start -> b" } };
    let fails = true;
    const { handlers, calls } = counted("a");
    const failing: Handlers = { ...handlers, b: () => (fails ? Promise.reject(new Error("no")) : { log: ["b"] }) };
    const { session, at } = await ran(wide, failing);
    expect(session.status).toBe("failed");
    fails = false;
    session.restore(at(0));
    await session.continue();
    expect([session.status, session.channels["log"], calls]).toEqual(["completed", ["a", "b"], ["r/1/a"]]);
    expect(since(session)).toEqual(["a taken", "b"]);
  });

  test("another handler runs, and the others do not", async () => {
    const versions = { b: "1" };
    const files = (path: string) => (path === "./b.ts" ? { version: versions.b, commands: false } : undefined);
    const { handlers } = counted("a", "b", "c", "d");
    const given = services(handlers);
    const session = RunSession.start(compile(chain, files), { graph: "test", run: "r", input: { n: 1, m: 1 } }, given);
    await session.continue();
    session.restore(given.store.list("r").at(-1)?.id ?? "");
    versions.b = "2";
    offer(session, compile(chain, files));
    await session.continue();
    expect(since(session)).toEqual(["a taken", "b as its node has another code", "c taken", "d taken"]);
  });

  test("a run that is taken up again goes on with what is recorded", async () => {
    const { handlers, calls } = counted("a", "b", "c", "d");
    const { session, at, services: given } = await ran(chain, handlers);
    session.restore(at(1));
    const again = () => RunSession.resume("r", compile(chain), services(handlers, { store: given.store }));
    await again().step();
    await again().step();
    await again().continue();
    expect(calls).toHaveLength(4);
    const last = again();
    expect([last.status, last.replay]).toEqual(["completed", { mode: "recorded" }]);
  });

  test("past what is recorded nothing is looked for any more", async () => {
    const loop: ShortGraph = {
      channels,
      nodes: { a: {} },
      edges: { s: "@start -> a", again: "a -> a when size(log) < 6", end: "a -> @end else" },
    };
    const { handlers, calls } = counted("a");
    const { session, services: given } = start(loop, handlers, { run: "r", input: { n: 1 } });
    for (let step = 0; step < 3; step += 1) await session.step();
    session.restore(given.store.list("r").at(-1)?.id ?? "");
    await session.continue();
    expect([calls.length, session.replay]).toEqual([6, undefined]);
    expect(given.store.load(session.head).frontier.replay).toBeUndefined();
  });
});
