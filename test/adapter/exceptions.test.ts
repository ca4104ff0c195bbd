import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEach, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import type { Handlers } from "../unit/run/harness.js";
import { debug, type Debugged, type Stop } from "./harness.js";

const graph: ShortGraph = {
  channels: {},
  nodes: { a: { retry: { attempts: 2, delay: "0s" } }, b: {} },
  edges: { s: "@start -> a", ab: "a -> b on yes" },
};
const failing = (...messages: readonly string[]): Handlers => {
  const left = [...messages];
  return {
    a: (_state, ctx) => {
      const message = left.shift();
      if (message !== undefined) throw new Error(message);
      return ctx.command({ action: "no" });
    },
    b: () => ({}),
  };
};

let debugged: Debugged;
afterEach(() => debugged.close());

async function launch(handlers: Handlers, filters: readonly string[]): Promise<Stop> {
  debugged = await debug(graph, handlers);
  await debugged.launch({ stopOnEntry: true });
  await debugged.client.setExceptionBreakpointsRequest({ filters: [...filters] });
  return debugged.move("continue");
}

async function info(): Promise<DebugProtocol.ExceptionInfoResponse["body"]> {
  return ((await debugged.client.customRequest("exceptionInfo", { threadId: 1 })) as DebugProtocol.ExceptionInfoResponse).body;
}

test.each<[name: string, handlers: Handlers, filters: readonly string[], reason: string, about: object]>([
  ["a task that fails for good", failing("one", "two"), ["failed"], "exception", { exceptionId: "HANDLER_FAILED", description: "two" }],
  ["nothing of it where that is not chosen", failing("one", "two"), ["unknownAction"], "terminated", { exceptionId: "" }],
  ["an action that no edge takes", failing(), ["unknownAction"], "exception", { exceptionId: "UNKNOWN_ACTION", breakMode: "unhandled" }],
  ["nothing of it where that is not chosen", failing(), ["failed"], "terminated", { exceptionId: "" }],
  [
    "an attempt that another one follows",
    failing("one", "two"),
    ["retried"],
    "exception",
    { exceptionId: "HANDLER_FAILED", breakMode: "always", description: 'Attempt 1 of "a" failed: one', details: { message: "one" } },
  ],
])("%s", async (_name, handlers, filters, reason, about) => {
  expect((await launch(handlers, filters)).reason).toBe(reason);
  expect(await info()).toMatchObject(about);
});

test("the stack of what failed is the user's own, and going on makes the next attempt", async () => {
  await launch(failing("one", "two"), ["retried", "failed"]);
  expect((await info()).details?.stackTrace).toContain("exceptions.test");
  expect(await debugged.move("continue")).toMatchObject({ reason: "exception", event: { body: { text: "two" } } });
});
