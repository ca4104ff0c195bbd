import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import type { Handlers } from "../unit/run/harness.js";
import { debug, type Debugged } from "./harness.js";

const loop: ShortGraph = {
  channels: { n: { schema: { type: "number" }, default: 0 }, word: { schema: { type: "string" } } },
  nodes: { count: {}, end: {} },
  edges: { begin: "@start -> count", again: "count -> count when n < 4.0", done: "count -> end else" },
};
const counting: Handlers = { count: (state) => ({ n: Number(state["n"]) + 1 }), end: () => ({ word: "done" }) };

let debugged: Debugged;
const open = async (handlers = counting): Promise<Debugged> => (debugged = await debug(loop, handlers));
afterEach(() => debugged.close());

/** The first frame, and its channels. */
async function top({ client }: Debugged) {
  const [thread] = (await client.threadsRequest()).body.threads;
  const [frame] = (await client.stackTraceRequest({ threadId: thread?.id ?? 0 })).body.stackFrames;
  const frameId = frame?.id ?? 0;
  const [channels] = (await client.scopesRequest({ frameId })).body.scopes;
  return { frameId, channels: channels?.variablesReference ?? 0 };
}

test("a channel is watched: the run stops where it is written", async () => {
  const it = await open();
  await it.launch({ stopOnEntry: true });
  const { channels } = await top(it);
  const { body } = await it.client.dataBreakpointInfoRequest({ name: "word", variablesReference: channels });
  expect(body).toMatchObject({ dataId: expect.any(String) as string, accessTypes: ["write"] });
  const nothing = await it.client.dataBreakpointInfoRequest({ name: "other", variablesReference: channels });
  expect(nothing.body.dataId).toBeNull();
  const watched = await it.client.dataBreakpointInfoRequest({ name: "n", variablesReference: channels });
  const set = await it.client.setDataBreakpointsRequest({
    breakpoints: [{ dataId: watched.body.dataId ?? "", condition: "n > 1.0" }, { dataId: "elsewhere\nn" }],
  });
  expect(set.body.breakpoints.map(({ verified }) => verified)).toEqual([true, true]);
  expect(await it.move("continue")).toMatchObject({ reason: "data breakpoint" });
  expect(it.run.channels["n"]).toBe(2);
});

test("a channel is given another value, as JSON or as an expression, in the name of who debugs", async () => {
  const it = await open();
  await it.launch({ stopOnEntry: true });
  const { channels, frameId } = await top(it);
  const set = await it.client.setVariableRequest({ variablesReference: channels, name: "n", value: "2" });
  expect([set.body.value, it.run.channels["n"]]).toEqual(["2", 2]);
  await it.client.setVariableRequest({ variablesReference: (await top(it)).channels, name: "word", value: "'a' + 'b'" });
  expect(it.run.channels["word"]).toBe("ab");
  expect(it.run.trace.findLast(({ type }) => type === "state-edited")).toMatchObject({ actor: "ann", values: { word: "ab" } });
  const refused = it.client.setVariableRequest({ variablesReference: (await top(it)).channels, name: "n", value: "'text'" });
  await expect(refused).rejects.toThrow(/INPUT_INVALID/);
  expect([it.run.channels["n"], frameId > 0]).toEqual([2, true]);
});

test("expressions are evaluated over the channels, and what they come to is opened", async () => {
  const it = await open();
  await it.launch({ stopOnEntry: true });
  const { frameId } = await top(it);
  const evaluate = async (expression: string) => (await it.client.evaluateRequest({ expression, frameId, context: "watch" })).body;
  expect(await evaluate("n + 1.0")).toMatchObject({ result: "1", type: "number", variablesReference: 0 });
  const list = await evaluate("[n, 5.0]");
  expect(list).toMatchObject({ result: "list of 2", indexedVariables: 2 });
  const { variables } = (
    await it.client.variablesRequest({ variablesReference: list.variablesReference, filter: "indexed", start: 1, count: 1 })
  ).body;
  expect(variables).toMatchObject([{ name: "1", value: "5" }]);
  await expect(evaluate("nobody")).rejects.toThrow(/nobody/);
});

test("a failed task stops the run, with its error; unwanted, the session ends there", async () => {
  const broken: Handlers = {
    ...counting,
    count: () => {
      throw new Error("no luck");
    },
  };
  const it = await open(broken);
  const stop = await it.launch();
  expect(stop).toMatchObject({ reason: "exception", event: { body: { text: expect.stringContaining("no luck") as string } } });
  const info = await it.client.customRequest("exceptionInfo", { threadId: 1 });
  expect((info as DebugProtocol.ExceptionInfoResponse).body).toMatchObject({ description: expect.stringContaining("no luck") as string });
  await it.client.setExceptionBreakpointsRequest({ filters: [] });
  expect((await it.move("continue")).reason).toBe("terminated");
});

test("a message is told at its place; lines without an entry, conditions and hit counts that cannot be read say so", async () => {
  const it = await open();
  await it.client.initializeRequest();
  await it.client.launchRequest({ graph: "/graphs/main" } as never);
  const at = it.line("count");
  const { body } = await it.client.setBreakpointsRequest({
    source: { path: "/graphs/main" },
    breakpoints: [
      { line: at, logMessage: "n is {n}" },
      { line: 1 },
      { line: it.line("done"), condition: "n +" },
      { line: it.line("end"), hitCondition: "x" },
    ],
  });
  expect(body.breakpoints.map(({ verified }) => verified)).toEqual([true, false, false, false]);
  expect(body.breakpoints.slice(1).map(({ message = "" }) => message.length > 0)).toEqual([true, true, true]);
  const output = it.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
  const places = (await it.client.customRequest("breakpointLocations", {
    source: { path: "/graphs/main" },
    line: 1,
    endLine: at,
  })) as DebugProtocol.BreakpointLocationsResponse;
  expect(places.body.breakpoints).toContainEqual({ line: at });
  expect(places.body.breakpoints).not.toContainEqual({ line: 1 });
  await it.client.configurationDoneRequest();
  expect((await output).body).toMatchObject({ output: "n is 0\n", line: at, source: { path: "/graphs/main" } });
  const sources = (await it.client.customRequest("loadedSources", {})) as DebugProtocol.LoadedSourcesResponse;
  const handler = (name: string) => ({ name, path: `/graphs/${name}`, origin: "handler" });
  expect(sources.body.sources).toEqual([{ name: "main", path: "/graphs/main" }, handler("count.ts"), handler("end.ts")]);
});

test("after a node, and where an edge is tested: as the mode of a breakpoint says", async () => {
  const it = await open();
  const modes = [
    { line: it.line("count"), mode: "after", condition: "output.n == 2.0" },
    { line: it.line("done"), mode: "tested", hitCondition: "3" },
  ];
  await it.launch({}, modes);
  expect(it.run.frontier.superstep).toBe(2);
  expect(await it.move("continue")).toMatchObject({ hits: [2] });
  expect(it.run.frontier.superstep).toBe(3);
});

test("what others do to the run is told, and it is ended on request", async () => {
  const it = await open();
  await it.launch({ stopOnEntry: true });
  const stopped = it.client.waitForEvent("stopped") as Promise<DebugProtocol.StoppedEvent>;
  await it.run.step();
  expect((await stopped).body.reason).toMatch(/step|goto/);
  expect(it.run.frontier.superstep).toBe(1);
  const ended = it.client.waitForEvent("terminated");
  await it.client.terminateRequest();
  await ended;
  expect(it.run.status).toBe("cancelled");
});

test("a run that goes on by itself is paused between two supersteps, and goes on from there", async () => {
  let [calls, pausedAt] = [0, Infinity];
  const it = await open({
    ...counting,
    // Does not come to its end before it was paused.
    count: async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      return { n: calls > pausedAt ? 4 : 0 };
    },
  });
  const stop = it.launch();
  await expect.poll(() => calls).toBeGreaterThan(3);
  await it.client.pauseRequest({ threadId: 1 });
  expect(await stop).toMatchObject({ reason: "pause", threads: { count: [expect.stringContaining("count")] } });
  pausedAt = calls;
  expect(it.run.frontier).toMatchObject({ superstep: calls, open: false });
  expect((await it.move("continue")).reason).toBe("terminated");
});
