import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { HandlerCall } from "../../../runtime/ports.js";
import type { HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import type { FromProcess, ToProcess } from "../../../runtime/platform/handler-process/messages.js";
import { SentValues } from "../../../runtime/platform/sent-values.js";
import { handlerCall, recorder, updateOf } from "./host-calls.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
beforeAll(() => harness.prepare());
afterAll(() => harness.clean());

const never = new AbortController().signal;
const view = (version: number, value: JsonValue) => ({ version, value });
const request = (run: string, channels: Readonly<Record<string, { version: number; value: JsonValue }>>) =>
  handlerCall(harness.path("samples.ts"), "echo", {}, { run, channels });

describe("a large channel", () => {
  it("is sent once for ten calls, and again when its version changes", async () => {
    const host = harness.host({ processes: 1 });
    const items = Array.from({ length: 50_000 }, (_, i) => ({ name: `item ${i}`.padEnd(90, ".") })); // some 5 MB
    const call = (version: number) =>
      host.call(
        handlerCall(harness.path("samples.ts"), "size", {}, { channels: { items: view(version, items), n: view(7, 1) } }),
        recorder().events,
        never,
      );
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => call(1)));
    for (let i = 0; i < 5; i += 1) outcomes.push(await call(1));
    expect(outcomes.map(updateOf)).toEqual(Array.from({ length: 10 }, () => ({ n: 50_000 })));
    expect(host.counters).toMatchObject({ processes: 1, calls: 10, values: 2, resent: 0 });
    await call(2);
    expect(host.counters.values).toBe(3);
    host.release("run");
    await call(2);
    expect(host.counters).toMatchObject({ values: 5, resent: 0 });
  });

  it("reads the value of its own version, also when an older one is restored", async () => {
    const host = harness.host();
    const seen: unknown[] = [];
    for (const version of [1, 2, 1, 1])
      seen.push(updateOf(await host.call(request("run", { x: view(version, `v${version}`) }), recorder().events, never)));
    expect(seen).toEqual([1, 2, 1, 1].map((version) => ({ seen: { x: `v${version}` } })));
    expect(host.counters.values).toBe(3);
  });

  it("is not taken for another value of the same version, as after a resume", async () => {
    const host = harness.host();
    const seen: unknown[] = [];
    for (const value of ["a", "b", ["c"], ["d"], null])
      seen.push(updateOf(await host.call(request("run", { x: view(1, value) }), recorder().events, never)));
    expect(seen).toEqual(["a", "b", ["c"], ["d"], null].map((x) => ({ seen: { x } })));
  });

  it("does not mix up runs, nor concurrent calls on different versions", async () => {
    const host = harness.host();
    const calls = [
      ["a", 1],
      ["b", 1],
      ["a", 2],
      ["b", 2],
    ] as const;
    const outcomes = await Promise.all(
      calls.map(([run, version]) => host.call(request(run, { x: view(version, `${run}${version}`) }), recorder().events, never)),
    );
    expect(outcomes.map(updateOf)).toEqual(calls.map(([run, version]) => ({ seen: { x: `${run}${version}` } })));
  });

  it("is forgotten on both sides when there is too much", async () => {
    const host = harness.host({ cacheBytes: 5000 });
    const big = "x".repeat(1000); // some 2,000 bytes
    for (const run of ["a", "b", "c", "a", "c"])
      expect(updateOf(await host.call(request(run, { x: view(1, big) }), recorder().events, never))).toEqual({ seen: { x: big } });
    expect(host.counters).toMatchObject({ values: 4, resent: 0 }); // c pushed a out, a pushed b out, c was there
  });

  it("starts afresh in a new process", async () => {
    const host = harness.host();
    await host.call(request("run", { x: view(1, "x") }), recorder().events, never);
    await host.call(handlerCall(harness.path("samples.ts"), "exits"), recorder().events, never);
    expect(updateOf(await host.call(request("run", { x: view(1, "x") }), recorder().events, never))).toEqual({ seen: { x: "x" } });
    expect(host.counters).toMatchObject({ processes: 2, values: 2, resent: 0 });
  });
});

describe("a list that grows", () => {
  it("is sent from where it ended, and is whole in the process", async () => {
    const host = harness.host({ processes: 1 });
    const items: JsonValue[] = [];
    for (let version = 1; version <= 50; version += 1) {
      items.push({ name: `item ${version}` });
      const call = request("run", { items: view(version, items) });
      expect(updateOf(await host.call(call, recorder().events, never))).toEqual({ seen: { items } });
    }
    expect(host.counters).toMatchObject({ values: 50, resent: 0 });
  });

  it("is not confused with another branch of its history", () => {
    const sent = new SentValues(1e6);
    const parts = (version: number, value: JsonValue) =>
      sent.parcel(request("run", { x: view(version, value) })).values.map(({ after, value: part }) => ({ after, part }));
    const list: JsonValue[] = [1, 2];
    expect(parts(1, list)).toEqual([{ after: undefined, part: [1, 2] }]);
    list.push(3);
    expect(parts(2, list)).toEqual([{ after: 2, part: [3] }]);
    expect(parts(2, list)).toEqual([]);
    expect(parts(3, [1, 2, 9])).toEqual([{ after: undefined, part: [1, 2, 9] }]);
    expect(parts(4, list)).toEqual([{ after: undefined, part: [1, 2, 3] }]);
  });

  it("goes out as it was when the call was made", async () => {
    const host = harness.host({ processes: 1 });
    await host.call(request("run", {}), recorder().events, never); // started
    for (const length of [10, 100_000]) {
      const items: JsonValue[] = Array.from({ length }, (_, i) => i);
      const call = host.call(request(`run ${length}`, { items: view(1, items) }), recorder().events, never);
      items.push("later");
      const { seen } = updateOf(await call);
      expect((seen as { items: JsonValue[] }).items.length).toBe(length);
    }
  });
});

/** Calls that are at work at the same time, each in a process of its own. */
async function inBoth(host: HandlerProcesses, channels: HandlerCall["channels"]): Promise<void> {
  const stop = new AbortController();
  const calls = [1, 2].map(() => {
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const call = handlerCall(harness.path("samples.ts"), "finishesLate", {}, { channels, exclusive: true });
    return { begun, outcome: host.call(call, recorder(resolve).events, stop.signal) };
  });
  await Promise.all(calls.map(({ begun }) => begun));
  stop.abort();
  await Promise.all(calls.map(({ outcome }) => outcome));
}

describe("a run that is over", () => {
  it("is forgotten by every process", async () => {
    const host = harness.host({ processes: 2, grace: 600_000 });
    await inBoth(host, { x: view(1, "x") });
    expect(host.counters).toMatchObject({ values: 2, resent: 0 });
    await inBoth(host, { x: view(1, "x") });
    expect(host.counters).toMatchObject({ values: 2, resent: 0 });
    host.release("run");
    await inBoth(host, { x: view(1, "x") });
    expect(host.counters).toMatchObject({ processes: 2, values: 4, resent: 0 });
  });
});

describe("what was sent", () => {
  const parcel = (sent: SentValues, run: string, channels: Record<string, string>) => {
    const { values, forget } = sent.parcel(
      request(run, Object.fromEntries(Object.entries(channels).map(([name, value]) => [name, view(1, value)]))),
    );
    return { send: values.map(({ channel }) => channel), forget };
  };

  it("is trimmed from the run used longest ago, then from channels that the call does not read", () => {
    const sent = new SentValues(1000);
    const big = "x".repeat(200); // 416 bytes
    expect(parcel(sent, "a", { x: big })).toEqual({ send: ["x"], forget: [] });
    expect(parcel(sent, "b", { x: big })).toEqual({ send: ["x"], forget: [] });
    expect(parcel(sent, "a", { x: big })).toEqual({ send: [], forget: [] });
    expect(parcel(sent, "c", { x: big })).toEqual({ send: ["x"], forget: [{ run: "b" }] });
    expect(parcel(sent, "c", { y: big, z: big })).toEqual({ send: ["y", "z"], forget: [{ run: "a" }, { run: "c", channel: "x" }] });
    expect(parcel(sent, "c", { y: big, z: big, w: big })).toEqual({ send: ["w"], forget: [] }); // one call may need more
    expect(sent.release("c")).toEqual([{ run: "c" }]);
    expect(sent.release("c")).toEqual([]);
  });
});

describe("the process", () => {
  /** Speaks the protocol to a handler process without a host. */
  async function converse(messages: readonly ToProcess[], until: (message: FromProcess) => ToProcess | undefined): Promise<FromProcess[]> {
    const child: ChildProcess = fork(harness.entry, [], { cwd: harness.workspace, serialization: "advanced", execArgv: [] });
    const received: FromProcess[] = [];
    const receive = (message: FromProcess): void => {
      received.push(message);
      if (message.type === "ready") child.send([...messages]);
      const answer = until(message);
      if (answer !== undefined) child.send([answer]);
      if (message.type === "done") child.disconnect();
    };
    child.on("message", (batch: readonly FromProcess[]) => batch.forEach(receive));
    expect(await once(child, "exit")).toEqual([0, null]);
    return received;
  }

  it("asks for what it lacks", async () => {
    const { href } = new URL(`file://${encodeURI(harness.path("samples.ts"))}`);
    const call: ToProcess = {
      type: "call",
      id: 1,
      module: href,
      exportName: "echo",
      run: "run",
      channels: { x: 2, y: 1 },
      values: [{ channel: "y", version: 1, value: "Y" }],
      attempt: 1,
      idempotencyKey: "k",
      answers: {},
    };
    const received = await converse([call], (message) =>
      message.type === "missing" ? { type: "resend", id: 1, values: [{ channel: "x", version: 2, value: "X" }] } : undefined,
    );
    expect(received.filter(({ type }) => type !== "begun")).toEqual([
      { type: "ready" },
      { type: "missing", id: 1, channels: ["x"] },
      { type: "done", id: 1, outcome: { ok: true, result: { update: { seen: { x: "X", y: "Y" } } } } },
    ]);
  });
});
