import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, describe, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import type { Handlers } from "../unit/run/harness.js";
import { debug, type Debugged } from "./harness.js";

const graph: ShortGraph = {
  channels: {
    order: { schema: { type: "object", properties: { items: { type: "array" }, note: { type: "string" } } } },
    plan: { schema: { type: "object", properties: { goal: { type: "string" }, "due date": {} } } },
    n: { schema: { type: "number" }, default: 0 },
  },
  nodes: { a: {}, b: {}, c: {}, d: {} },
  edges: { s: "@start -> a", ab: "a -> b", bc: "b -> c", cd: "c -> d" },
};
const handlers: Handlers = {
  a: () => ({ order: { items: [{ price: 1 }, { price: 2 }], note: "x", "in full": true }, n: 1 }),
  b: (state) => ({ n: Number(state["n"]) + 1 }),
  c: (state) => ({ order: { ...(state["order"] as object), note: "y" } }),
  d: () => ({}),
};

let debugged: Debugged;
afterEach(() => debugged.close());

/** A session that stands after `a`, with the first frame and its channels. */
async function standing(): Promise<{ readonly it: Debugged; readonly frameId: number; readonly channels: number }> {
  const it = (debugged = await debug(graph, handlers));
  await it.launch({ stopOnEntry: true });
  await it.move("next");
  const [thread] = (await it.client.threadsRequest()).body.threads;
  const [frame] = (await it.client.stackTraceRequest({ threadId: thread?.id ?? 0 })).body.stackFrames;
  const [channels] = (await it.client.scopesRequest({ frameId: frame?.id ?? 0 })).body.scopes;
  return { it, frameId: frame?.id ?? 0, channels: channels?.variablesReference ?? 0 };
}

async function ask<Response extends DebugProtocol.Response>(
  { client }: Debugged,
  command: string,
  args: object,
): Promise<Response["body"]> {
  return ((await client.customRequest(command, args)) as Response).body;
}

describe("completions", () => {
  test.each<[text: string, some: readonly string[], none: readonly string[]]>([
    ["", ["order", "n", "input", "output", "run", "size", "has"], ["price", "contains"]],
    ["or", ["order"], ["n", "output"]],
    ["n > 1.0 && ou", ["output"], ["order"]],
    ["order.", ["items", "note", "all"], ["in full", "order", "n"]],
    ["order.items[1].p", ["price"], ["items"]],
    ["order.items.", ["size", "exists", "filter"], ["price", "startsWith"]],
    ["order.note.", ["startsWith", "contains"], ["exists"]],
    ["plan.", ["goal"], ["due date"]],
    ["output.", ["n", "order"], []],
    ["run.s", ["superstep"], ["id"]],
    ["nobody.", [], ["order"]],
  ])("%s", async (text, some, none) => {
    const { it, frameId } = await standing();
    const { targets } = await ask<DebugProtocol.CompletionsResponse>(it, "completions", { frameId, text, column: text.length + 1 });
    const labels = targets.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining([...some]));
    for (const label of none) expect(labels).not.toContain(label);
    const begun = /\w*$/.exec(text)?.[0].length ?? 0;
    for (const { start, length } of targets) expect([start, length]).toEqual([text.length - begun + 1, begun]);
  });
});

describe("values are given", () => {
  test.each<[expression: string, value: string, path: (order: never) => unknown, expected: unknown]>([
    ["order.items[0].price", "5", (order: { items: { price: number }[] }) => order.items[0]?.price, 5],
    ['order["in full"]', "false", (order: { "in full": boolean }) => order["in full"], false],
    ["order.items", "[]", (order: { items: unknown[] }) => order.items, []],
    ["order.note", "order.note + '!'", (order: { note: string }) => order.note, "x!"],
    ["order.more", "1", (order: { more: number }) => order.more, 1],
  ])("to what %s names: %s", async (expression, value, path, expected) => {
    const { it, frameId } = await standing();
    await ask(it, "setExpression", { expression, value, frameId });
    expect(path(it.run.channels["order"] as never)).toEqual(expected);
    expect(it.run.trace.findLast(({ type }) => type === "state-edited")).toMatchObject({ actor: "ann" });
  });

  test("to what is in a list or an object, and what was shown of it is told to be no more", async () => {
    const { it, channels } = await standing();
    const invalidated = it.client.waitForEvent("invalidated");
    const { variables } = (await it.client.variablesRequest({ variablesReference: channels })).body;
    const order = variables.find(({ name }) => name === "order")?.variablesReference ?? 0;
    await it.client.setVariableRequest({ variablesReference: order, name: "note", value: '"z"' });
    expect(it.run.channels["order"]).toMatchObject({ note: "z", items: [{ price: 1 }, { price: 2 }] });
    expect((await invalidated).body).toEqual({ areas: ["variables"] });
  });

  test.each(["order.items[7]", "n.more", "nobody", "1 + 1", "output.n"])("not to %s", async (expression) => {
    const { it, frameId } = await standing();
    await expect(ask(it, "setExpression", { expression, value: "1", frameId })).rejects.toThrow(/INPUT_INVALID/);
  });
});

test("what was written last is looked at, and a value is copied whole", async () => {
  const { it, frameId } = await standing();
  expect((await it.client.evaluateRequest({ expression: "output.n + n", frameId, context: "hover" })).body.result).toBe("2");
  const copied = await it.client.evaluateRequest({ expression: "order.items", frameId, context: "clipboard" });
  expect(JSON.parse(copied.body.result)).toEqual([{ price: 1 }, { price: 2 }]);
});

test("a place in a channel is watched: the run stops where another value stands there", async () => {
  const { it, channels } = await standing();
  const info = async (args: object): Promise<string> =>
    String((await ask<DebugProtocol.DataBreakpointInfoResponse>(it, "dataBreakpointInfo", args)).dataId);
  const { variables } = (await it.client.variablesRequest({ variablesReference: channels })).body;
  const order = variables.find(({ name }) => name === "order")?.variablesReference ?? 0;
  expect(await info({ variablesReference: order, name: "note" })).toBe(await info({ name: "order.note" }));
  expect(await info({ name: "output.note" })).toBe("null");
  await it.client.setDataBreakpointsRequest({ breakpoints: [{ dataId: await info({ name: "order.note" }) }] });
  expect(await it.move("continue")).toMatchObject({ reason: "data breakpoint" });
  expect(it.run.frontier.superstep).toBe(3);
});

describe("a breakpoint is looked at again", () => {
  test("when the node that it is at is gone, and when it is there again", async () => {
    const it = (debugged = await debug(graph, handlers));
    await it.launch({ stopOnEntry: true }, [{ line: it.line("c") }, { line: it.line("b") }]);
    const changed = async (): Promise<DebugProtocol.BreakpointEvent["body"]> =>
      ((await it.client.waitForEvent("breakpoint")) as DebugProtocol.BreakpointEvent).body;
    const { c: _gone, ...nodes } = graph.nodes;
    const gone = changed();
    it.edit({ ...graph, nodes, edges: { s: "@start -> a", ab: "a -> b", bd: "b -> d" } });
    expect(await gone).toMatchObject({
      reason: "changed",
      breakpoint: { id: 1, verified: false, message: 'The graph has no node "c".' },
    });
    const back = changed();
    it.edit(graph);
    expect(await back).toMatchObject({ breakpoint: { id: 1, verified: true, line: it.line("c") } });
  });

  test("when there is a plan, which says whether its condition can be read", async () => {
    const it = (debugged = await debug(graph, handlers));
    await it.client.initializeRequest();
    const set = await it.client.setBreakpointsRequest({
      source: { path: "/graphs/main" },
      breakpoints: [{ line: it.line("b"), condition: "n +" }],
    });
    expect(set.body.breakpoints[0]?.verified).toBe(true);
    const changed = it.client.waitForEvent("breakpoint") as Promise<DebugProtocol.BreakpointEvent>;
    await it.client.launchRequest({ graph: "/graphs/main" } as never);
    expect((await changed).body.breakpoint).toMatchObject({
      id: 1,
      verified: false,
      message: expect.stringContaining("condition") as string,
    });
  });
});
