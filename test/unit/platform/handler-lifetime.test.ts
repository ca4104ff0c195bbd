import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "../../../runtime/ports.js";
import type { HandlerHostOptions } from "../../../runtime/platform/handler-host.js";
import { systemClock } from "../../../runtime/platform/system-clock.js";
import { bundle } from "./bundle.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let samples: string;

beforeAll(async () => {
  await harness.prepare();
  samples = harness.path("samples.ts");
});
afterAll(() => harness.clean());

/** A clock whose long waits end when the test says so. */
function patientClock(): Clock & { readonly waits: number[]; elapse(): void } {
  const due: (() => void)[] = [];
  const waits: number[] = [];
  return {
    ...systemClock,
    waits,
    after: (ms, callback) => {
      waits.push(ms);
      due.push(callback);
      return () => void due.splice(due.indexOf(callback), 1);
    },
    elapse: () => due.splice(0).forEach((callback) => callback()),
  };
}

/** A process that has ended may wait for its adoptive parent to notice; on Linux that shows in its state. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

/** Resolves when the process is gone; the test's own time limit is the bound. */
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("a process that dies", () => {
  it.each([
    ["exits", "exited with status 3", { exitCode: 3, node: "node" }, {}],
    ["kills", "ended by SIGSEGV", { signal: "SIGSEGV" }, {}],
    ["rejectsAside", "nobody waits for me", { file: "samples.ts", name: "Error" }, {}],
    ["exhaustsMemory", "ran out of memory", {}, { memoryBytes: 48 * 2 ** 20 }],
  ])("%s: is an outcome, and the next call gets a new one", async (name, message, details, options: Partial<HandlerHostOptions>) => {
    const host = harness.host({ processes: 1, ...options }); // so that a slow machine makes the pool no larger
    expect(await callExport(host, samples, name)).toMatchObject({
      ok: false,
      error: { code: "HANDLER_PROCESS", message: expect.stringContaining(message), details },
    });
    expect(updateOf(await callExport(host, samples, "double", { n: 1 }))).toEqual({ n: 2 });
    expect(host.counters.processes).toBe(2);
  });

  it("ends every call in it once, and loses no outcome that was sent before", async () => {
    const host = harness.host({ processes: 1 });
    const { events, lines } = recorder();
    const waiting = host.call(handlerCall(samples, "waits"), events, new AbortController().signal);
    const done = callExport(host, samples, "double", { n: 1 });
    const [first, second, third] = await Promise.all([done, callExport(host, samples, "exitsSoon"), waiting]);
    expect(updateOf(first)).toEqual({ n: 2 });
    expect([second, third]).toMatchObject([{ error: { code: "HANDLER_PROCESS" } }, { error: { code: "HANDLER_PROCESS" } }]);
    expect(lines).toEqual([]);
  });

  it("is an outcome also where it cannot start", async () => {
    const host = harness.host({ entry: harness.path("no-such-entry.mjs") });
    expect(await callExport(host, samples)).toMatchObject({
      error: { code: "HANDLER_PROCESS", details: { exitCode: 1, output: expect.stringContaining("no-such-entry") } },
    });
    const elsewhere = harness.host({ env: { NODE_OPTIONS: "--no-such-option" } });
    expect(await callExport(elsewhere, samples)).toMatchObject({ error: { code: "HANDLER_PROCESS" } });
  });
});

describe("a stopped call", () => {
  it("is not begun when it was stopped before", async () => {
    const host = harness.host();
    expect(await callExport(host, samples, "double", { n: 1 }, AbortSignal.abort())).toMatchObject({ error: { code: "CANCELLED" } });
    expect(host.counters.processes).toBe(0);
  });

  it.each(["waits", "finishesLate"])("%s: ends by the signal, and the process stays", async (name) => {
    const clock = patientClock();
    const host = harness.host({ clock, grace: 777 });
    const { pid } = updateOf(await callExport(host, samples, "processId"));
    const stop = new AbortController();
    const call = host.call(handlerCall(samples, name), recorder().events, stop.signal);
    await callExport(host, samples, "nothing"); // by now the other call has begun
    stop.abort();
    expect(await call).toMatchObject({ ok: false, error: { code: "CANCELLED" } });
    expect(clock.waits).toContain(777);
    clock.elapse(); // the wait was called off
    expect(updateOf(await callExport(host, samples, "processId"))).toEqual({ pid });
  });

  it("is killed when it does not listen", async () => {
    const clock = patientClock();
    const host = harness.host({ clock, grace: 77, patience: 777, processes: 1 });
    const { pid } = updateOf(await callExport(host, samples, "processId"));
    const stop = new AbortController();
    const began = Promise.withResolvers<void>();
    const call = host.call(handlerCall(samples, "ignoresAbort"), recorder(began.resolve).events, stop.signal);
    await began.promise;
    stop.abort();
    await callExport(host, samples, "nothing");
    const siblingBegan = Promise.withResolvers<void>();
    const sibling = host.call(handlerCall(samples, "ignoresAbort"), recorder(siblingBegan.resolve).events, new AbortController().signal);
    await siblingBegan.promise;
    expect(clock.waits).toContain(77);
    expect(clock.waits).not.toContain(777);
    clock.elapse();
    expect(clock.waits).toContain(777); // the sibling may finish first
    clock.elapse();
    expect(await call).toMatchObject({ ok: false, error: { code: "CANCELLED" } });
    expect(await sibling).toMatchObject({ error: { code: "HANDLER_PROCESS", message: expect.stringContaining("did not stop") } });
    expect(isRunning(Number(pid))).toBe(false);
    expect(updateOf(await callExport(host, samples, "double", { n: 1 }))).toEqual({ n: 2 });
  });

  it("is killed in an endless loop", async () => {
    const host = harness.host({ grace: 20 });
    const { pid } = updateOf(await callExport(host, samples, "processId"));
    const stop = new AbortController();
    const began = Promise.withResolvers<void>();
    const call = host.call(handlerCall(samples, "spins"), recorder(began.resolve).events, stop.signal);
    await began.promise;
    stop.abort();
    expect(await call).toMatchObject({ ok: false, error: { code: "CANCELLED" } });
    expect(isRunning(Number(pid))).toBe(false);
  });
});

describe("disposing", () => {
  it("ends the process and what runs in it, and nothing starts again", async () => {
    const host = harness.host();
    const { pid } = updateOf(await callExport(host, samples, "processId"));
    const call = callExport(host, samples, "spins");
    await host.dispose();
    expect(await call).toMatchObject({ error: { code: "HANDLER_PROCESS", message: expect.stringContaining("were stopped") } });
    expect(isRunning(Number(pid))).toBe(false);
    expect(await callExport(host, samples, "nothing")).toMatchObject({ error: { code: "HANDLER_PROCESS" } });
    await host.dispose();
  });

  it("of a host that was never used is nothing to do", async () => {
    await expect(harness.host().dispose()).resolves.toBeUndefined();
  });
});

describe("a parent", () => {
  const start = async (name: string) => {
    const program = await bundle("test/unit/platform/parent-process.ts", `${harness.root}/parent.mjs`);
    return spawn(process.execPath, [program, harness.entry, harness.workspace, samples, name], { stdio: ["ignore", "pipe", "inherit"] });
  };

  it.each(["ignoresAbort", "spins"])("that is killed leaves no orphan (%s)", async (name) => {
    const parent = await start(name);
    const [pid] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
    parent.kill("SIGKILL");
    await ended(Number(pid));
    expect(isRunning(Number(pid))).toBe(false);
  });

  it("that waits for the end of its host is held until then", async () => {
    const parent = await start("dispose");
    expect(await once(parent, "exit")).toEqual([0, null]);
  });

  it("that forgets to dispose still ends, as an idle process does not hold it", async () => {
    const parent = await start("nothing");
    expect(await once(parent, "exit")).toEqual([0, null]);
  });
});
