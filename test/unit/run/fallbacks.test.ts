import { describe, expect, test } from "vitest";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { turn } from "../../support/turn.js";
import { eventsOf, logChannel, start, type Handlers } from "./harness.js";

const graph = (fields: object): ShortGraph => ({
  channels: { ...logChannel, x: {}, n: { schema: { type: "number" } } },
  nodes: { a: fields, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "a -> c on give-up" },
});

const fails = () => {
  throw new RangeError("no order 7");
};

async function run(fields: object, handlers: Handlers) {
  const { session } = start(graph(fields), { a: fails, b: () => ({ log: ["b"] }), c: () => ({ log: ["c"] }), ...handlers });
  await session.continue();
  return session;
}

describe("a fallback", () => {
  test("of values takes the place of the result, and is no action", async () => {
    const session = await run({ fallback: { x: { none: true }, log: ["fallback"] } }, {});
    expect([session.status, session.channels]).toEqual(["completed", { log: ["fallback", "b"], x: { none: true } }]);
    expect(eventsOf(session, "a")).toEqual(["task-started", "task-fallback", "task-finished"]);
    expect(session.trace.find((event) => event.type === "task-fallback")).toMatchObject({ error: { message: "no order 7" } });
  });

  test("of a handler sees the state and the error, and may choose an action", async () => {
    const session = await run(
      { fallback: "./a.ts#late", reads: ["n"] },
      {
        "a#late": (state, ctx) =>
          ctx.command({ update: { x: [state, ctx.error?.code ?? null, ctx.error?.message ?? null] }, action: "give-up" }),
      },
    );
    expect([session.channels["x"], session.channels["log"]]).toEqual([
      [{}, "HANDLER_FAILED", "no order 7"],
      ["b", "c"],
    ]);
  });

  test("comes after the last attempt", async () => {
    const attempts: number[] = [];
    const session = await run(
      { fallback: { x: 1 }, retry: { attempts: 3, delay: "0ms" } },
      {
        a: (_state: unknown, { attempt }: HandlerContext) => {
          attempts.push(attempt);
          return fails();
        },
      },
    );
    expect([session.status, attempts]).toEqual(["completed", [1, 2, 3]]);
  });

  test.each<readonly [string, string, object, Handlers]>([
    ["that fails too", "HANDLER_FAILED", { fallback: "./a.ts#late" }, { "a#late": fails }],
    ["that is not there", "HANDLER_MISSING", { fallback: "./a.ts#late" }, {}],
    ["whose value does not fit", "CHANNEL_SCHEMA", { fallback: { n: "one" } }, {}],
  ])("%s: the run fails with %s", async (_name, code, fields, handlers) => {
    const session = await run(fields, handlers);
    expect([session.status, session.frontier.error?.code]).toEqual(["failed", code]);
  });

  test("is not used for a node that succeeds, nor for a run that is stopped", async () => {
    expect(eventsOf(await run({ fallback: { x: 1 } }, { a: () => ({}) }), "a")).toEqual(["task-started", "task-finished"]);
    const { session } = start(graph({ fallback: { x: 1 } }), { a: () => new Promise<never>(() => {}) });
    const running = session.continue();
    await turn();
    await session.stop();
    await running;
    expect([session.status, eventsOf(session, "a")]).toEqual(["cancelled", ["task-started", "task-failed"]]);
  });

  test("has the time of the node anew when the node used it up", async () => {
    const { session, clock } = start(graph({ fallback: "./a.ts#late", timeout: "1s" }), {
      a: () => new Promise<never>(() => {}),
      "a#late": () => ({ x: 2 }),
      b: () => ({}),
    });
    const running = session.continue();
    await turn();
    clock.advance(1000);
    await running;
    expect([session.status, session.channels["x"]]).toEqual(["completed", 2]);
  });
});

describe("a disabled node", () => {
  const edges = { e1: "@start -> a", plain: "a -> b", on: "a -> c on yes", when: "a -> d when n > 1", not: "a -> e when n > 5" };
  const nodes = { a: { disabled: true }, b: {}, c: {}, d: {}, e: {} };

  test("is not run; plain edges and true conditions are taken, `on` edges are not", async () => {
    const { session } = start(
      { channels: { n: { default: 3 }, ...logChannel }, nodes, edges },
      {
        a: fails,
        ...Object.fromEntries(["b", "c", "d", "e"].map((node) => [node, () => ({ log: [node] })])),
      },
    );
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["b", "d"]]);
    expect(eventsOf(session, "a")).toEqual(["task-started", "task-bypassed", "task-finished"]);
  });

  test("takes `else` where only an action could have chosen", async () => {
    const { session } = start(
      {
        channels: logChannel,
        nodes: { a: { kind: "barrier", prompt: "?", disabled: true }, b: {}, c: {} },
        edges: { e1: "@start -> a", e2: "a -> b on approve", e3: "a -> c else" },
      },
      { b: () => ({ log: ["b"] }), c: () => ({ log: ["c"] }) },
    );
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["c"]]);
  });
});
