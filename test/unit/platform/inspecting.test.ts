import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HandlerHostOptions } from "../../../runtime/platform/handler-host.js";
import { ModuleSnapshots } from "../../../runtime/platform/modules/module-snapshots.js";
import { InspectorClient } from "../../support/inspector-client.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
beforeAll(() => harness.prepare());
afterAll(() => harness.clean());

/** Its first line is the seventh. */
const CODE = `interface State {
  readonly n: number;
}

/** Adds one. */
export default async ({ n }: State): Promise<{ readonly n: number }> => {
  const next = n + 1;
  return { n: next };
};
export const quick = () => ({ quick: process.pid });
`;

interface Opened {
  readonly address: string;
  readonly release: () => void;
}

/** A call that is looked into, and what is told of that. */
function look(options: Partial<HandlerHostOptions> = {}, file = "looked.ts", code = CODE, exportName = "default") {
  const module = harness.write(file, code);
  const host = harness.host({ processes: 1, ...options });
  const opened = Promise.withResolvers<Opened>();
  const closed = Promise.withResolvers<void>();
  const stop = new AbortController();
  const { lines, events } = recorder();
  host.inspect("run", "node", { opened: (address, release) => opened.resolve({ address, release }), closed: () => closed.resolve() });
  const version = new ModuleSnapshots(harness.workspace).version(module);
  const call = handlerCall(module, exportName, { n: 1 }, version === undefined ? {} : { version });
  const outcome = host.call(call, events, stop.signal);
  return { host, module, outcome, opened: opened.promise, closed: closed.promise, stop, lines };
}

const pidOf = async (host: Parameters<typeof callExport>[0], module: string) => updateOf(await callExport(host, module, "quick"))["quick"];

describe("a handler that is looked into with a debugger", () => {
  test("stops on its first line in the user's file; goes on when told, and then no port is open and the process works on", async () => {
    const { host, module, outcome, opened, closed, lines } = look();
    const { address } = await opened;
    expect(new URL(address).hostname).toBe("127.0.0.1");
    const client = await InspectorClient.attach(address);
    expect(await client.paused()).toEqual({ url: pathToFileURL(module).href, line: 7 });
    await client.send("Debugger.resume");
    expect(updateOf(await outcome)).toEqual({ n: 2 });
    await Promise.all([closed, client.closed]);
    await expect(InspectorClient.connect(address)).rejects.toThrow("Nobody listens.");
    expect(updateOf(await host.call(handlerCall(module, "default", { n: 5 }), recorder().events, new AbortController().signal))).toEqual({
      n: 6,
    });
    expect([host.counters.processes, lines]).toEqual([1, []]);
  });

  test("of several parts stops in the first", async () => {
    const parts = `export const exec = (n: number) => n * 2;\nexport const prep = ({ n }: { readonly n: number }) => {\n  return n + 1;\n};\nexport const post = (_s: unknown, _p: unknown, result: number) => {\n  return "done" + result;\n};\n`;
    const { outcome, opened } = look({}, "parts.ts", parts);
    const client = await InspectorClient.attach((await opened).address);
    expect(await client.paused()).toMatchObject({ line: 3 });
    await client.send("Debugger.resume");
    expect(await outcome).toMatchObject({ ok: true, result: { action: "done4" } });
  });

  test("goes on where nobody attaches in the end, and where the debugger leaves it standing", async () => {
    const released = look();
    (await released.opened).release();
    expect(updateOf(await released.outcome)).toEqual({ n: 2 });
    const left = look();
    const client = await InspectorClient.attach((await left.opened).address);
    await client.paused();
    client.close();
    expect(updateOf(await left.outcome)).toEqual({ n: 2 });
    await left.closed;
  });

  test("is stopped by force where it stands, before a debugger has come and after, and the next call works", async () => {
    for (const attach of [false, true]) {
      const { host, module, outcome, opened, closed, stop } = look({ grace: 50 });
      const { address } = await opened;
      const client = attach ? await InspectorClient.attach(address) : undefined;
      await client?.paused();
      stop.abort();
      expect(await outcome).toMatchObject({ ok: false, error: { code: "CANCELLED" } });
      await Promise.all([closed, client?.closed]);
      expect(await pidOf(host, module)).toEqual(expect.any(Number));
    }
  });

  test("stands alone in its process, and is not taken for one that hangs", async () => {
    const { host, module, outcome, opened } = look({ processes: 2, stuckAfter: 200 });
    const client = await InspectorClient.attach((await opened).address);
    await client.paused();
    const others = await Promise.all(Array.from({ length: 8 }, () => pidOf(host, module)));
    expect(new Set(others).size).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await client.send("Debugger.resume");
    expect(updateOf(await outcome)).toEqual({ n: 2 });
  });

  test("whose process is killed has failed, and nothing waits for it", async () => {
    const { host, module, outcome, opened, closed } = look();
    const client = await InspectorClient.attach((await opened).address);
    await client.paused();
    const { result } = await client.send("Runtime.evaluate", { expression: "process.pid" });
    process.kill(Number(result?.result?.value), "SIGKILL");
    expect(await outcome).toMatchObject({ ok: false, error: { code: "HANDLER_PROCESS" } });
    await Promise.all([closed, client.closed]);
    expect(await pidOf(host, module)).toEqual(expect.any(Number));
  });

  test("that cannot be loaded opens nothing; one that nobody wants to look into any more does not either", async () => {
    const { outcome, closed } = look({}, "none.ts", "export const other = 1;\n");
    expect(await outcome).toMatchObject({ ok: false, error: { code: "HANDLER_EXPORT" } });
    await closed;
    const module = harness.write("looked.ts", CODE);
    const host = harness.host();
    host.inspect("run", "node", { opened: () => expect.unreachable(), closed: () => expect.unreachable() })();
    expect(await pidOf(host, module)).toEqual(expect.any(Number));
  });
});
