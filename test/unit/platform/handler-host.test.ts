import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
const items = Array.from({ length: 3 }, (_, i) => ({ name: `item ${i}` }));
let host: HandlerProcesses;
let samples: string;

beforeAll(async () => {
  await harness.prepare();
  host = harness.host();
  samples = harness.path("samples.ts");
});
afterAll(() => harness.clean());

const call = (name: string, values = {}) => callExport(host, samples, name, values);
const never = new AbortController().signal;

describe("a call", () => {
  it("returns the update, and what was written undefined apart", async () => {
    expect(await call("double", { n: 21 })).toEqual({ ok: true, result: { update: { n: 42 }, cleared: ["skipped"] } });
  });

  it("returns a command", async () => {
    expect(await call("command")).toEqual({ ok: true, result: { update: { n: 1 }, action: "go" } });
    expect(await call("targets")).toEqual({
      ok: true,
      result: { update: {}, goto: ["a", "b"], send: [{ to: "a" }, { to: "b", input: { n: [1] } }] },
    });
  });

  it("may return nothing", async () => {
    expect(await call("nothing")).toEqual({ ok: true, result: { update: {} } });
  });

  it("sees the channels it was given, and those that hold nothing not at all", async () => {
    const channels = {
      text: { version: 1, value: "é\u{1f600}" },
      none: { version: 1, value: undefined },
      nil: { version: 0, value: null },
    };
    const outcome = await host.call(handlerCall(samples, "echo", {}, { channels }), recorder().events, never);
    expect(updateOf(outcome)).toEqual({ seen: { text: "é\u{1f600}", nil: null } });
  });

  it.each([
    [{ n: [1] }, { input: { n: [1] }, frozen: true }],
    [undefined, { input: "none", frozen: true }],
    [0, { input: 0, frozen: true }],
  ])("sees the task's own input %j", async (input, seen) => {
    const seeing = handlerCall(samples, "seesInput", {}, input === undefined ? {} : { input });
    expect(updateOf(await host.call(seeing, recorder().events, never))).toEqual(seen);
  });

  it("is told its attempt and key", async () => {
    const outcome = await host.call(handlerCall(samples, "facts", {}, { attempt: 3, idempotencyKey: "once" }), recorder().events, never);
    expect(updateOf(outcome)).toEqual({ attempt: 3, idempotencyKey: "once", aborted: false });
  });

  it("takes a file URL for a path", async () => {
    expect(updateOf(await callExport(host, new URL(`file://${samples.replaceAll(" ", "%20")}`).href, "double", { n: 1 }))).toEqual({
      n: 2,
    });
  });

  it("reports logs and progress in order, the console included", async () => {
    const { lines, events } = recorder();
    await host.call(handlerCall(samples, "reports"), events, never);
    expect(lines).toEqual([
      "info plain { a: 1 }",
      "warn careful",
      "error from the console",
      "progress 0.5 half",
      "progress 1",
      "info after a while",
    ]);
  });

  it("passes on what is emitted, in order and before the outcome", async () => {
    const { lines, events } = recorder();
    const outcome = await host.call(handlerCall(samples, "emits", { count: 500 }), events, never);
    lines.push("done");
    expect(outcome).toMatchObject({ ok: true });
    expect(lines).toEqual([...Array.from({ length: 500 }, (_, i) => `emit "${i}"`), 'emit {"last":true}', "done"]);
  });

  it("leaves out what is emitted beyond a limit, and says so", async () => {
    const { lines, events } = recorder();
    await host.call(handlerCall(samples, "emitsTooMuch"), events, never);
    expect(lines.map((line) => line.slice(0, 9))).toEqual([...lines.slice(0, -1).map(() => 'emit "xxx'), "warn This"]);
    expect(lines.length).toBeLessThan(40);
  });

  it("keeps the logs of concurrent calls apart", async () => {
    const recorders = [recorder(), recorder(), recorder()];
    await Promise.all(recorders.map(({ events }, i) => host.call(handlerCall(samples, "reports", {}, { taskId: `t${i}` }), events, never)));
    for (const { lines } of recorders) expect(lines).toHaveLength(6);
  });

  it("gives raw output to the only call at work", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const lone = harness.host({ onOutput: () => resolve() });
    const { lines, events } = recorder(resolve);
    const { signal } = new AbortController();
    // The call stays at work until its output has come through the pipe.
    const module = harness.write(
      "prints.ts",
      "export default async (_: unknown, ctx: any) => { process.stdout.write('raw\\n'); await new Promise((r) => setTimeout(r, 200)); };",
    );
    await Promise.all([promise, lone.call(handlerCall(module), events, signal)]);
    expect(lines).toEqual(["info raw"]);
  });

  it("runs in the workspace, without the options of this process, and cannot speak for its process", async () => {
    process.env["NODE_OPTIONS"] = "--no-deprecation";
    try {
      const given = harness.host({ env: { PATCHBAY_TEST: "yes" } });
      expect(updateOf(await callExport(given, samples, "environment"))).toEqual({
        given: "yes",
        options: null,
        folder: harness.workspace,
        channel: "undefined",
      });
    } finally {
      delete process.env["NODE_OPTIONS"];
    }
  });

  it.each([
    [false, null],
    [true, expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\//)],
  ])("has a debugging port only where asked (%s)", async (debug, url) => {
    expect(updateOf(await callExport(harness.host({ debug }), samples, "inspector"))).toEqual({ url });
  });
});

describe("a failing handler", () => {
  it("is reported with the user's stack and place", async () => {
    const outcome = await call("fails");
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "HANDLER_FAILED", message: "no such order", details: { name: "RangeError", file: "samples.ts", line: 34, column: 9 } },
    });
    const stack = outcome.ok ? "" : (outcome.error.stack ?? "");
    expect(stack).toContain(`${samples}:34:9`);
    expect(stack).toContain("Caused by: Error: the shelf is empty");
    expect(stack).not.toMatch(/file:|node:internal|handler-process/);
  });

  it.each([
    ["throwsText", "just text"],
    ["mutates", "return an update"],
    ["mutatesDeep", "return an update"],
  ])("%s: says what happened", async (name, message) => {
    expect(await call(name, { items })).toMatchObject({
      ok: false,
      error: { code: "HANDLER_FAILED", message: expect.stringContaining(message) },
    });
    expect(updateOf(await call("echo", { items }))).toEqual({ seen: { items } });
  });

  it.each([
    ["absent", 'does not export "absent". It exports "asks", "command"'],
    ["notAFunction", "which is no function"],
  ])("has no export %s", async (name, message) => {
    expect(await call(name)).toMatchObject({
      ok: false,
      error: { code: "HANDLER_EXPORT", message: expect.stringContaining(message), details: { file: "samples.ts", export: name } },
    });
  });
});

describe("a result that is not JSON", () => {
  it.each([
    ["array", "", "an array"],
    ["text", "", "a string"],
    ["date", "order.when", "Date"],
    ["map", "items[1]", "Map"],
    ["instance", "price", "Money"],
    ["bigint", "n", "bigint"],
    ["notANumber", "list[0].score", "NaN"],
    ["infinite", "n", "-Infinity"],
    ["symbol", "n", "symbol"],
    ["callback", '["odd key"]', "function"],
    ["hole", "list[1]", "undefined"],
    ["cyclic", "cycle.self.inner[0]", "contains itself"],
    ["promise", "later", "Promise"],
    ["proto", "x.__proto__", "not allowed"],
    ["getter", "", "not today"],
    ["badAction", "", "action is 7"],
    ["gotoNothing", "goto", "@end"],
    ["gotoNumber", "goto", "not 7"],
    ["sendText", "send[0]", "{ to, input }"],
    ["sendUnknown", "send[1]", 'not "node"'],
    ["sendNowhere", "send[0].to", "undefined"],
    ["sendDate", "send[0].input.at[0]", "Date"],
  ])("%s is refused with its path", async (name, path, message) => {
    const outcome = await callExport(host, harness.path("results.ts"), name);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "HANDLER_RESULT", message: expect.stringContaining(message), details: { path } },
    });
  });

  it("a command with unknown parts fails where it is made", async () => {
    expect(await callExport(host, harness.path("results.ts"), "badCommand")).toMatchObject({
      ok: false,
      error: { code: "HANDLER_FAILED", message: expect.stringContaining('not "jump"'), details: { file: "results.ts" } },
    });
  });

  it("is not mistaken for one that is", async () => {
    const update = updateOf(await callExport(host, harness.path("results.ts"), "fine"));
    expect(update).toEqual({ a: { kept: null }, b: [{ a: 1 }, { a: 1 }], zero: 0, bare: { x: 1 }, ключ: "\ud800" });
    expect(JSON.parse(JSON.stringify(update))).toEqual(update);
    expect(Object.is(update["zero"], 0)).toBe(true);
  });
});

describe("the path of a handler", () => {
  it.each([
    ["HANDLER_MISSING", "nowhere/none.ts", { file: "nowhere/none.ts" }],
    ["HANDLER_MISSING", "folder.ts", { file: "folder.ts" }],
    ["HANDLER_OUTSIDE", "../outside.ts", {}],
    ["HANDLER_OUTSIDE", "../not there.ts", {}],
    ["HANDLER_OUTSIDE", "link.ts", {}],
    ["HANDLER_OUTSIDE", ".", {}],
  ])("%s: %s", async (code, file, details) => {
    mkdirSync(harness.path("folder.ts"), { recursive: true });
    const outside = harness.write("../outside.ts", "export default () => ({})");
    if (file === "link.ts") symlinkSync(outside, harness.path("link.ts"));
    expect(await callExport(host, harness.path(file))).toMatchObject({ ok: false, error: { code, details } });
  });

  it("may lead through a link to the workspace", async () => {
    symlinkSync(harness.workspace, join(harness.root, "alias"));
    const aliased = harness.host({ workspace: join(harness.root, "alias") });
    expect(updateOf(await callExport(aliased, join(harness.root, "alias", "samples.ts"), "double", { n: 2 }))).toEqual({ n: 4 });
    expect(updateOf(await callExport(aliased, samples, "double", { n: 3 }))).toEqual({ n: 6 });
  });
});
