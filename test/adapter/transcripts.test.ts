import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterAll, expect, test } from "vitest";
import type { AllAnswers } from "../../extension/debug/adapter/protocol.js";
import type { ShortGraph } from "../support/graph-text.js";
import type { Given, Handlers } from "../unit/run/harness.js";
import { openTranscript, type Transcript } from "./transcript.js";

/** Every request that is answered: one that is added must be in a transcript, too. */
const all: Readonly<Record<keyof AllAnswers | "initialize", true>> = {
  initialize: true,
  launch: true,
  attach: true,
  configurationDone: true,
  terminate: true,
  disconnect: true,
  setBreakpoints: true,
  breakpointLocations: true,
  dataBreakpointInfo: true,
  setDataBreakpoints: true,
  setExceptionBreakpoints: true,
  exceptionInfo: true,
  loadedSources: true,
  threads: true,
  stackTrace: true,
  scopes: true,
  variables: true,
  setVariable: true,
  setExpression: true,
  completions: true,
  evaluate: true,
  continue: true,
  next: true,
  stepIn: true,
  stepOut: true,
  stepBack: true,
  reverseContinue: true,
  restartFrame: true,
  gotoTargets: true,
  goto: true,
  pause: true,
};
const asked = new Set<string>();
afterAll(() => expect([...asked].toSorted()).toEqual(expect.arrayContaining(Object.keys(all).toSorted())));

const number = { schema: { type: "number" }, default: 0 };
const loop: ShortGraph = {
  channels: { n: number, order: { schema: { type: "object" } }, log: { schema: { type: "array" }, reducer: "append" } },
  nodes: { count: { label: "Count up" }, end: {} },
  edges: { begin: "@start -> count", again: "count -> count when n < 4.0", done: "count -> end else" },
};
const counting: Handlers = {
  count: (state) => ({
    n: Number(state["n"]) + 1,
    order: { items: [{ price: Number(state["n"]) }], note: "x" },
    log: [{ at: state["n"] ?? 0 }],
  }),
  end: () => ({ log: [] }),
};
const outer: ShortGraph = {
  channels: { n: number },
  nodes: { a: {}, b: {}, sub: { kind: "subgraph", graph: "./inner" }, z: { join: "all" } },
  edges: { sa: "@start -> a", sb: "@start -> b", as: "a -> sub", sz: "sub -> z", bz: "b -> z" },
};
const inner: ShortGraph = { channels: { n: number }, nodes: { x: {}, y: {} }, edges: { s: "@start -> x", xy: "x -> y" } };
const add: Handlers[string] = (state) => ({ n: Number(state["n"]) + 1 });
const adding: Handlers = { a: add, b: () => ({}), x: add, y: add, z: () => ({}) };

const source = { path: "/graphs/main" };

async function begin(it: Transcript, args: object = {}): Promise<void> {
  await it.ask("initialize", { adapterID: "patchbay", linesStartAt1: true, columnsStartAt1: true, pathFormat: "path" });
  await it.ask("launch", { graph: "/graphs/main", ...args });
}

/** The number of the thread with this name, and of its first frame. */
async function frameOf(it: Transcript, name: string): Promise<{ readonly threadId: number; readonly frameId: number }> {
  const { threads } = await it.ask<DebugProtocol.ThreadsResponse["body"]>("threads");
  const threadId = threads.find((thread) => thread.name === name)?.id ?? 0;
  const { stackFrames } = await it.ask<DebugProtocol.StackTraceResponse["body"]>("stackTrace", { threadId, levels: 20 });
  return { threadId, frameId: stackFrames[0]?.id ?? 0 };
}

const sessions: Readonly<Record<string, readonly [ShortGraph, Handlers, Given, (it: Transcript) => Promise<void>]>> = {
  breakpoints: [
    loop,
    counting,
    {},
    async (it) => {
      const at = it.debuggee.line.bind(it.debuggee);
      await begin(it, { breakpoints: [{ edge: "done", mode: "tested", logMessage: "n is {n}" }] });
      await it.ask("breakpointLocations", { source, line: 1, endLine: at("end") });
      await it.ask("setBreakpoints", {
        source,
        breakpoints: [
          { line: at("count"), condition: "n == 2.0" },
          { line: at("done"), hitCondition: "% 2" },
          { line: 1 },
          { line: at("end"), condition: "n +" },
        ],
      });
      await it.ask("setExceptionBreakpoints", { filters: ["failed"] });
      await it.until("stopped", "configurationDone");
      const { frameId } = await frameOf(it, "count");
      await it.ask("dataBreakpointInfo", { name: "order.items[0].price", frameId });
      await it.ask("dataBreakpointInfo", { name: "n + 1.0", frameId });
      await it.ask("setDataBreakpoints", { breakpoints: [{ dataId: "/graphs/main\norder.items[0].price", accessType: "write" }] });
      await it.until("stopped", "continue", { threadId: 1 });
      await it.ask("setDataBreakpoints", { breakpoints: [] });
      await it.until("stopped", "reverseContinue", { threadId: 1 });
      await it.until("stopped", "reverseContinue", { threadId: 1 });
      await it.ask("setBreakpoints", { source, breakpoints: [] });
      await it.until("terminated", "continue", { threadId: 1 });
    },
  ],
  values: [
    loop,
    counting,
    {},
    async (it) => {
      await begin(it, { stopOnEntry: true });
      await it.until("stopped", "configurationDone");
      await it.until("stopped", "next", { threadId: 1 });
      const { frameId } = await frameOf(it, "count");
      const { scopes } = await it.ask<DebugProtocol.ScopesResponse["body"]>("scopes", { frameId });
      const opened = async (reference: number | undefined, page: object = {}) =>
        (await it.ask<DebugProtocol.VariablesResponse["body"]>("variables", { variablesReference: reference, ...page })).variables;
      const channels = scopes[0]?.variablesReference;
      const shown = await opened(channels);
      const named = (name: string) => shown.find((each) => each.name === name)?.variablesReference;
      await opened(named("order"));
      await opened(named("log"), { filter: "indexed", start: 0, count: 1 });
      for (const { variablesReference } of scopes.slice(1)) await opened(variablesReference);
      await it.ask("evaluate", { expression: "order.items.map(i, i.price)", frameId, context: "watch" });
      await it.ask("evaluate", { expression: "output", frameId, context: "clipboard" });
      await it.ask("evaluate", { expression: "nobody", frameId, context: "repl" });
      await it.ask("completions", { frameId, text: "n > 1.0 && order.it", column: 20 });
      await it.until("invalidated", "setVariable", { variablesReference: channels, name: "n", value: "2" });
      await it.until("invalidated", "setExpression", { expression: "order.note", value: "'a' + 'b'", frameId });
      await it.ask("setExpression", { expression: "n", value: "'text'", frameId });
      await it.ask("evaluate", { expression: "[n, order.note]", frameId, context: "hover" });
      await it.ask("disconnect", {});
    },
  ],
  branches: [
    outer,
    adding,
    { graphs: { "./inner": inner } },
    async (it) => {
      await begin(it, { stopOnEntry: true });
      await it.until("stopped", "configurationDone");
      await it.ask("loadedSources");
      const { threadId } = await frameOf(it, "a");
      await it.until("stopped", "next", { threadId, singleThread: true });
      const other = await frameOf(it, "b");
      await it.until("stopped", "next", { threadId: other.threadId });
      await it.until("stopped", "stepIn", { threadId: (await frameOf(it, "sub")).threadId });
      await it.until("stopped", "next", { threadId: (await frameOf(it, "sub › x")).threadId });
      await it.until("stopped", "stepOut", { threadId: (await frameOf(it, "sub › y")).threadId });
      await it.until("stopped", "stepBack", { threadId: (await frameOf(it, "z")).threadId });
      await it.until("terminated", "terminate", {});
    },
  ],
  "other-ways": [
    loop,
    counting,
    {},
    async (it) => {
      await begin(it, { stopOnEntry: true, replay: { count: "live" } });
      await it.until("stopped", "configurationDone");
      await it.until("stopped", "next", { threadId: 1 });
      const { threadId, frameId } = await frameOf(it, "count");
      await it.until("stopped", "restartFrame", { frameId });
      const { targets } = await it.ask<DebugProtocol.GotoTargetsResponse["body"]>("gotoTargets", { source, line: it.debuggee.line("end") });
      await it.ask("gotoTargets", { source, line: it.debuggee.line("done") });
      await it.until("stopped", "goto", { threadId, targetId: targets[0]?.id });
      await it.ask("goto", { threadId, targetId: 9 });
      await it.meanwhile("invalidated", () => it.debuggee.edit({ ...loop, edges: { ...loop.edges, over: "end -> @end" } }));
      await it.meanwhile("terminated", () => it.debuggee.run.step());
    },
  ],
  exceptions: [
    { channels: {}, nodes: { a: { retry: { attempts: 2, delay: "0s" } } }, edges: { s: "@start -> a", over: "a -> @end on yes" } },
    {
      a: () => {
        throw new Error("no luck");
      },
    },
    {},
    async (it) => {
      await begin(it);
      await it.ask("setExceptionBreakpoints", { filters: ["retried", "failed"] });
      await it.until("stopped", "configurationDone");
      await it.ask("exceptionInfo", { threadId: 1 });
      await it.until("stopped", "continue", { threadId: 1 });
      await it.ask("exceptionInfo", { threadId: 1 });
      await it.ask("setExceptionBreakpoints", { filters: [] });
      await it.until("terminated", "continue", { threadId: 1 });
    },
  ],
  attaching: [
    loop,
    counting,
    {},
    async (it) => {
      await it.ask("initialize", { adapterID: "patchbay", linesStartAt1: false, columnsStartAt1: false, pathFormat: "path" });
      await it.ask("attach", {});
      await it.ask("launch", { graph: "/graphs/main", replay: "sometimes" });
      await it.ask("launch", { graph: "/graphs/main", stopOnEntry: true });
      await it.until("stopped", "configurationDone");
      await it.until("stopped", "next", { threadId: 1 });
      const { id, head } = it.debuggee.run;
      await it.until("stopped", "next", { threadId: 1 });
      await it.ask("attach", { run: id, checkpoint: head });
      await it.until("stopped", "configurationDone");
      await frameOf(it, "count");
      await it.ask("pause", { threadId: 1 });
      await it.ask("readMemory", { memoryReference: "0", count: 1 });
      await it.ask("disconnect", { terminateDebuggee: false });
    },
  ],
};

test.each(Object.entries(sessions))("%s", async (name, [graph, handlers, given, play]) => {
  const it = await openTranscript(graph, handlers, given);
  try {
    await play(it);
  } finally {
    it.close();
  }
  for (const command of it.commands) asked.add(command);
  await expect(it.text()).toMatchFileSnapshot(`transcripts/${name}.txt`);
});
