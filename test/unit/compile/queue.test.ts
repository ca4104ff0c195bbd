import { describe, expect, test } from "vitest";
import { CompileQueue } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";

const every = { sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 };

/** A queue with one graph whose job is counted and can be made to fail or to hang. */
function queueOf(options?: { readonly mode: "inline" }) {
  const clock = new ManualClock();
  const queue = new CompileQueue(clock, options);
  const jobs = { count: 0, fail: false, gate: undefined as Promise<void> | undefined };
  const unregister = queue.register("g", async () => {
    jobs.count += 1;
    await jobs.gate;
    if (jobs.fail) throw new Error("no");
  });
  return { clock, queue, jobs, unregister };
}

/** Lets promises settle that no timer holds. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("compile queue", () => {
  test("compiles once the threshold is reached", async () => {
    const { clock, queue, jobs } = queueOf();
    const twice = { ...every, sizeThreshold: 2, staleAfterMs: 60_000 };
    queue.notify("g", ["first"], twice);
    clock.advance(100);
    await settle();
    expect([jobs.count, queue.backlog[0]?.edits]).toEqual([0, 1]);
    queue.notify("g", ["second"], twice);
    clock.advance(0);
    await settle();
    expect([jobs.count, queue.backlog]).toEqual([1, []]);
  });

  test("compiles a quiet graph by age, without another edit", async () => {
    const { clock, queue, jobs } = queueOf();
    queue.notify("g", ["edit"], { ...every, sizeThreshold: 10 });
    clock.advance(1999);
    await settle();
    expect(jobs.count).toBe(0);
    clock.advance(1);
    await settle();
    expect(jobs.count).toBe(1);
  });

  test("reasons are kept once, in order", () => {
    const { queue } = queueOf();
    for (const reason of ["b", "a", "b"]) queue.notify("g", [reason], every);
    expect(queue.backlog[0]).toMatchObject({ reasons: ["b", "a"], edits: 3 });
  });

  test("an edit during a job is neither lost nor compiled twice", async () => {
    const { clock, queue, jobs } = queueOf();
    let release = (): void => undefined;
    jobs.gate = new Promise((resolve) => (release = resolve));
    queue.notify("g", ["before"], every);
    clock.advance(0);
    queue.notify("g", ["during"], every);
    expect([jobs.count, queue.backlog[0]?.running, queue.backlog[0]?.edits]).toEqual([1, true, 2]);
    release();
    jobs.gate = undefined;
    await settle();
    expect([jobs.count, queue.backlog]).toEqual([2, []]);
    clock.advance(10_000);
    await settle();
    expect(jobs.count).toBe(2);
  });

  test("a failure keeps the edits, backs off, and says when it tries again", async () => {
    const { clock, queue, jobs } = queueOf();
    jobs.fail = true;
    queue.notify("g", ["edit"], every);
    clock.advance(0);
    await settle();
    expect(queue.backlog).toMatchObject([{ edits: 1, failures: 1, error: { message: "no" } }]);
    expect(queue.backlog[0]?.nextAttemptAt).toBeGreaterThan(clock.now());
    clock.advance(400);
    await settle();
    expect([jobs.count, queue.backlog[0]?.failures]).toEqual([2, 2]);
    jobs.fail = false;
    clock.advance(1000);
    await settle();
    expect([jobs.count, queue.backlog]).toEqual([3, []]);
  });

  test("stop holds, start goes on, drain waits for what runs", async () => {
    const { clock, queue, jobs } = queueOf();
    void queue.stop();
    queue.notify("g", ["edit"], every);
    clock.advance(10_000);
    await settle();
    expect(jobs.count).toBe(0);
    queue.start();
    queue.start();
    clock.advance(0);
    await queue.drain();
    expect([jobs.count, queue.backlog]).toEqual([1, []]);
  });

  test("drain compiles what waits, whatever the triggers say", async () => {
    const { queue, jobs } = queueOf();
    queue.notify("g", ["edit"], { ...every, sizeThreshold: 100, staleMinEdits: 100 });
    await queue.drain();
    expect([jobs.count, queue.backlog]).toEqual([1, []]);
  });

  test("a snapshot of the backlog stays as it was", () => {
    const { queue } = queueOf();
    queue.notify("g", ["one"], { ...every, sizeThreshold: 9 });
    const before = queue.backlog;
    queue.notify("g", ["two"], { ...every, sizeThreshold: 9 });
    expect(before).toMatchObject([{ reasons: ["one"], edits: 1 }]);
  });

  test("a graph that is forgotten is not compiled", async () => {
    const { clock, queue, jobs, unregister } = queueOf();
    queue.notify("g", ["edit"], every);
    unregister();
    clock.advance(10_000);
    await settle();
    expect([jobs.count, queue.backlog, clock.waiting]).toEqual([0, [], 0]);
  });
});
