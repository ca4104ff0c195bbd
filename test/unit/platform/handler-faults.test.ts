import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandlerHost } from "../../../runtime/ports.js";
import { callExport, handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let faults: string;
let samples: string;

beforeAll(async () => {
  await harness.prepare();
  faults = harness.path("faults.ts");
  samples = harness.path("samples.ts");
});
afterAll(() => harness.clean());

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A call whose handler says when it is at work, and how to stop it. */
async function begun(host: HandlerHost, module: string, name: string, values = {}) {
  const stop = new AbortController();
  const began = Promise.withResolvers<void>();
  const outcome = host.call(handlerCall(module, name, values), recorder(began.resolve).events, stop.signal);
  await began.promise;
  return { outcome, stop };
}

describe("an endless loop", () => {
  it("holds no other call, be it given at the same moment or later", async () => {
    const host = harness.host({ processes: 2, grace: 20 });
    await callExport(host, faults, "one", { item: 0 }); // known as a quick handler from here on
    const stop = new AbortController();
    const all = Array.from({ length: 40 }, (_, item) => callExport(host, faults, "one", { item }, stop.signal));
    const others = await Promise.all(all.filter((_, item) => item !== 7));
    expect(others.map((outcome) => updateOf(outcome)["item"])).toEqual(all.flatMap((_, item) => (item === 7 ? [] : [item])));
    expect(updateOf(await callExport(host, samples, "double", { n: 1 }))).toEqual({ n: 2 });
    stop.abort();
    expect(await all[7]).toMatchObject({ error: { code: "CANCELLED" } });
  });

  it("is ended when nobody stops it, with the reason", async () => {
    const host = harness.host({ stuckAfter: 300 });
    expect(await callExport(host, samples, "spins")).toMatchObject({
      error: { code: "HANDLER_PROCESS", message: expect.stringContaining("Node node has kept it busy"), details: { node: "node" } },
    });
    expect(updateOf(await callExport(host, samples, "double", { n: 1 }))).toEqual({ n: 2 });
  });

  it("in a module, while it loads, is one too, and blocks one process only", async () => {
    const host = harness.host({ stuckAfter: 400, processes: 2 });
    const loop = harness.write("endless.ts", "for (;;);\nexport default () => ({});");
    const call = callExport(host, loop);
    expect(updateOf(await callExport(host, samples, "double", { n: 1 }))).toEqual({ n: 2 });
    expect(await call).toMatchObject({ error: { code: "HANDLER_PROCESS" } });
    expect(host.counters.processes).toBe(2);
  });

  it("is not assumed of a handler that is long, nor of one that pauses", async () => {
    const host = harness.host({ stuckAfter: 400, processes: 2 });
    const outcomes = await Promise.all(["busy", "busy", "busy", "busy", "pause"].map((name) => callExport(host, faults, name)));
    expect(new Set(outcomes.map((outcome) => updateOf(outcome)["pid"])).size).toBe(2);
  });

  it("lets through what was logged before it", async () => {
    const host = harness.host();
    const order: string[] = [];
    const { events } = recorder(() => order.push("log"));
    await host.call(handlerCall(faults, "tells"), events, new AbortController().signal).then(() => order.push("done"));
    const { outcome, stop } = await begun(host, samples, "spins"); // resolves by the log alone
    stop.abort();
    expect([order, (await outcome).ok]).toEqual([["log", "done"], false]);
  });
});

describe("process.exit", () => {
  it("takes its own process only, and what has not begun there is done elsewhere", async () => {
    const host = harness.host({ processes: 2 });
    await Promise.all(Array.from({ length: 8 }, () => callExport(host, faults, "busy"))); // both are at work
    const [first, second] = await Promise.all([callExport(host, faults, "pause"), callExport(host, faults, "pause")]);
    expect(updateOf(first)).not.toEqual(updateOf(second));
    const lasting = callExport(host, faults, "pause");
    expect(await callExport(host, faults, "exitsAfterOthers")).toMatchObject({
      error: { code: "HANDLER_PROCESS", message: expect.stringContaining("exited with status 4") },
    });
    expect([updateOf(first), updateOf(second)]).toContainEqual(updateOf(await lasting));
  });

  it("leaves no handler run twice", async () => {
    const host = harness.host({ processes: 1 });
    const exit = callExport(host, samples, "exits");
    const file = harness.path("marks.txt");
    const items = Array.from({ length: 20 }, (_, item) => item);
    const outcomes = await Promise.all(items.map((item) => callExport(host, faults, "marks", { file, item })));
    expect(await exit).toMatchObject({ error: { code: "HANDLER_PROCESS" } });
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(readFileSync(file, "utf8")).toBe(items.map((item) => `${item}\n`).join("")); // each once, and in its turn
  });
});

describe("an error that nothing caught", () => {
  it.each(["leavesAside", "rejectsAside"])("%s: fails the call that it belongs to; the others in the process finish", async (name) => {
    const host = harness.host({ processes: 1 });
    const pid = updateOf(await callExport(host, samples, "processId"));
    const other = callExport(host, faults, "pause");
    const outcome = await callExport(host, name === "leavesAside" ? faults : samples, name);
    expect(outcome).toMatchObject({
      error: {
        code: "HANDLER_PROCESS",
        message: expect.stringMatching(/thrown aside|nobody waits/),
        details: { line: expect.any(Number) },
      },
    });
    expect(updateOf(await other)).toEqual(pid);
    expect(updateOf(await callExport(host, samples, "processId"))).not.toEqual(pid);
  });

  it("is nobody's when its call is done: the process is replaced", async () => {
    const host = harness.host({ processes: 1 });
    const { pid } = updateOf(await callExport(host, faults, "rejectsLate"));
    await ended(Number(pid));
    expect(updateOf(await callExport(host, samples, "double", { n: 1 }))).toEqual({ n: 2 });
  });
});

describe("memory", () => {
  it("that is not on the heap is bounded too", async () => {
    const host = harness.host({ memoryBytes: 64 * 2 ** 20 });
    expect(await callExport(host, faults, "hoardsBuffers")).toMatchObject({
      error: { code: "HANDLER_PROCESS", message: expect.stringContaining("ran out of memory") },
    });
  });
});

describe("a result", () => {
  it.each([
    ["text", 200],
    ["records", 200],
    ["text", 4],
    ["records", 4],
  ])("of %s that is too large (%i MB) is refused before it is sent, with what to do", async (name, megabytes) => {
    const host = harness.host({ resultBytes: 2 * 2 ** 20 });
    expect(await callExport(host, faults, name, { megabytes })).toMatchObject({
      error: {
        code: "HANDLER_RESULT",
        message: expect.stringMatching(/big: it takes more than 2 MB.*write it to a file/),
        details: { path: "big" },
      },
    });
  });

  it.each(["text", "records"])("of %s that is large comes whole", async (name) => {
    const host = harness.host();
    const { big } = updateOf(await callExport(host, faults, name, { megabytes: 8 }));
    if (name === "text") expect(big === "x".repeat(4 * 2 ** 20)).toBe(true);
    else expect((big as unknown[]).slice(-1)).toEqual([{ id: 65_535, name: "record 65535" }]);
  });
});

describe("a flood of log lines", () => {
  it("is cut off", async () => {
    const { lines, events } = recorder();
    await harness.host().call(handlerCall(faults, "floods"), events, new AbortController().signal);
    expect(lines).toHaveLength(10_001);
    expect(lines.at(-1)).toMatch(/warn .*more than 10000 lines/);
  });
});

describe("a flood of output", () => {
  it.each(["printsMuch", "printsMuchAfterwards"])("is cut off (%s)", async (flood) => {
    const last = Promise.withResolvers<void>();
    const printed: string[] = [];
    const note = (line: string): void => {
      printed.push(line);
      if (line.includes("the rest is left out")) last.resolve();
    };
    const host = harness.host({ onOutput: (_level, line) => note(line) });
    const events = { log: (_level: string, line: string) => note(line), progress: () => {}, emit: () => {} };
    await host.call(handlerCall(faults, flood), events, new AbortController().signal);
    await last.promise;
    await callExport(host, samples, "nothing");
    expect(printed).toHaveLength(10_001);
  });
});

describe("programs that a handler starts", () => {
  it.each<readonly [string, (host: HandlerHost) => Promise<unknown>]>([
    ["dispose", (host) => host.dispose()],
    ["exit", (host) => callExport(host, samples, "exits")],
    ["kill", (host) => callExport(host, samples, "kills")],
  ])("end with its process (%s)", async (_name, end) => {
    const host = harness.host({ processes: 1 });
    const { pid, program } = updateOf(await callExport(host, faults, "startsProgram"));
    expect(isRunning(Number(program))).toBe(true);
    await end(host);
    await Promise.all([ended(Number(pid)), ended(Number(program))]);
  });
});

describe("a process that has had its time", () => {
  it("is replaced between two calls after many reloads", async () => {
    const host = harness.host({ reloads: 3 });
    const pids = new Set<unknown>();
    for (let version = 0; version < 10; version += 1) {
      const path = harness.write("often.ts", `${" ".repeat(version)}export default () => ({ version: ${version}, pid: process.pid })`);
      const update = updateOf(await callExport(host, path));
      expect(update["version"]).toBe(version);
      pids.add(update["pid"]);
    }
    expect(pids.size).toBe(2);
  });

  it("is replaced between two calls when its memory fills up", async () => {
    const host = harness.host({ memoryBytes: 160 * 2 ** 20 });
    const first = updateOf(await callExport(host, faults, "keeps"))["pid"];
    let update = { pid: first, kept: 1 } as ReturnType<typeof updateOf>;
    while (update["pid"] === first) {
      await new Promise((resolve) => setTimeout(resolve, 120)); // it looks at its memory now and then
      update = updateOf(await callExport(host, faults, "keeps"));
    }
    expect(update["kept"]).toBe(1);
  });
});
