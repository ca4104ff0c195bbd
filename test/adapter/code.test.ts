import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ShortGraph } from "../support/graph-text.js";
import { InspectorClient } from "../support/inspector-client.js";
import { HostHarness } from "../unit/platform/host-harness.js";
import { debug, type Debugged } from "./harness.js";

const processes = new HostHarness();
beforeAll(() => processes.prepare());
afterAll(() => processes.clean());

let debugged: Debugged;
afterEach(() => debugged.close());

const number = { schema: { type: "number" }, default: 0 };
const graphOf = (timeout: string): ShortGraph => ({
  channels: { n: number },
  nodes: {
    double: { label: "Double", handler: "./double.ts", timeout },
    more: { kind: "expression", set: { n: "n + 1.0" } },
    again: { handler: "./double.ts" },
  },
  edges: { begin: "@start -> double", on: "double -> more", next: "more -> again", end: "again -> @end" },
});
/** Its first line is the second. */
const DOUBLE = `export default async ({ n }: { readonly n: number }): Promise<{ readonly n: number }> => {
  const twice = 2 * n;
  return { n: twice };
};
`;

/** Debugs the graph; `starts`: whether a debugger of JavaScript starts. */
async function open(starts = true, timeout = "300ms") {
  const module = processes.write("double.ts", DOUBLE);
  const attached = Promise.withResolvers<string>();
  const attach = async (name: string, address: string): Promise<boolean> => {
    expect(name).toBe("Double");
    attached.resolve(address);
    return starts;
  };
  const handlers = processes.host({ processes: 1 });
  debugged = await debug(graphOf(timeout), {}, { host: { handlers, folder: processes.workspace, attach } });
  expect((await debugged.launch({ stopOnEntry: true, input: { n: 4 } })).reason).toBe("entry");
  return { module, attached: attached.promise, handlers };
}

test("stepping into a code node stops in the user's file, at the first line of the handler; then the graph stands after it", async () => {
  const { module, attached, handlers } = await open();
  const stopped = debugged.move("stepIn");
  const client = await InspectorClient.attach(await attached);
  expect(await client.paused()).toEqual({ url: pathToFileURL(module).href, line: 2 });
  expect(readFileSync(module, "utf8").split("\n")[1]).toContain("const twice");
  await client.send("Debugger.resume");
  expect(await stopped).toMatchObject({ reason: "step", threads: { more: [expect.stringMatching(/^more:/)] } });
  await client.closed;
  expect(debugged.run.channels["n"]).toBe(8);
  expect((await debugged.move("continue")).reason).toBe("terminated");
  expect([debugged.run.channels["n"], handlers.counters.processes]).toEqual([18, 1]);
});

test("no time passes for the run while a person stands there: its time-outs wait", async () => {
  const { attached } = await open();
  const stopped = debugged.move("stepIn");
  const client = await InspectorClient.attach(await attached);
  await client.paused();
  await new Promise((resolve) => setTimeout(resolve, 900)); // three times what the node may take
  await client.send("Debugger.resume");
  expect(await stopped).toMatchObject({ reason: "step" });
  expect(debugged.run.channels["n"]).toBe(8);
});

test("terminated where it stands, the run is cancelled and its process gone", async () => {
  const { attached } = await open();
  const ended = debugged.client.waitForEvent("terminated");
  void debugged.move("stepIn").catch(() => undefined);
  const client = await InspectorClient.attach(await attached);
  await client.paused();
  await debugged.client.terminateRequest();
  await Promise.all([ended, client.closed]);
  expect(debugged.run.status).toBe("cancelled");
});

test("where that debugger does not start, the handler runs as it would", async () => {
  const { attached } = await open(false, "1m");
  const stopped = debugged.move("stepIn");
  await attached;
  expect(await stopped).toMatchObject({ reason: "step" });
  expect(debugged.run.channels["n"]).toBe(8);
});
