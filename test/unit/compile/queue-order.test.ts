import { describe, expect, test } from "vitest";
import { CompileQueue, type QueueOptions } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";

const every = { sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 };
const never = { sizeThreshold: 1000, staleAfterMs: 2000, staleMinEdits: 1000 };

interface Job {
  readonly graph: string;
  readonly signal: AbortSignal;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

/** A queue with graphs whose jobs end when they are told to; `begun` lists those that began. */
function queueOf(graphs: string, options?: QueueOptions) {
  const clock = new ManualClock();
  const queue = new CompileQueue(clock, options);
  const begun: Job[] = [];
  const unregister = new Map(
    graphs
      .split("")
      .map((graph) => [
        graph,
        queue.register(graph, (signal) => new Promise((succeed, fail) => begun.push({ graph, signal, succeed, fail }))),
      ]),
  );
  const edit = (names: string, triggers = every): void => {
    for (const graph of names) {
      clock.advance(1);
      queue.notify(graph, [`edit of ${graph}`], triggers);
    }
  };
  const go = async (ms = 0): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  const finish = async (place: number): Promise<void> => {
    begun[place]?.succeed();
    await settle();
  };
  return { clock, queue, begun, unregister, edit, go, finish, order: () => begun.map(({ graph }) => graph).join("") };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("compile queue, several graphs", () => {
  test("so many at once as it was told, the oldest edit first", async () => {
    const { queue, edit, go, finish, order } = queueOf("abcd", { concurrency: 2 });
    void queue.stop();
    edit("cbda");
    queue.start();
    await go();
    expect([order(), queue.state.running, queue.backlog.map(({ waits }) => waits)]).toEqual([
      "cb",
      2,
      ["running", "running", "turn", "turn"],
    ]);
    await finish(1);
    expect(order()).toBe("cbd");
    await finish(0);
    expect(order()).toBe("cbda");
  });

  test("the graph on screen goes before what is older, and what is asked for comes next", async () => {
    const { queue, edit, go, finish, order } = queueOf("abcde", { concurrency: 1 });
    void queue.stop();
    edit("abcde");
    queue.prioritise("d");
    queue.start();
    await go();
    void queue.compileNow("c");
    expect(queue.backlog.map(({ graph }) => graph).join("")).toBe("dabce");
    for (const place of [0, 1, 2, 3]) await finish(place);
    expect(order()).toBe("dcabe");
  });

  test("a graph that is no longer on screen loses its place", async () => {
    const { queue, edit, go, order } = queueOf("ab", { concurrency: 1 });
    void queue.stop();
    edit("ab");
    queue.prioritise("b");
    queue.prioritise(undefined);
    queue.start();
    await go();
    expect(order()).toBe("a");
  });

  test("jobs that are done at once leave turns of the event loop to others", async () => {
    const clock = new ManualClock();
    let turns = 0;
    clock.rest = () => Promise.resolve(void (turns += 1));
    const queue = new CompileQueue(clock, { concurrency: 2 });
    for (let graph = 0; graph < 10; graph += 1) {
      queue.register(`${graph}`, () => undefined);
      queue.notify(`${graph}`, [], every);
    }
    clock.advance(0);
    await settle();
    expect([queue.backlog.length, turns]).toEqual([0, 4]);
  });

  test("a job that hangs is ended after its time, its late end counts for nothing, and others went on", async () => {
    const { queue, begun, edit, go, finish, order } = queueOf("ab", { concurrency: 2, jobTimeoutMs: 1000 });
    edit("ab");
    await go();
    await finish(1);
    edit("b");
    await go();
    expect(order()).toBe("abb");
    await finish(2);
    await go(1000);
    expect(begun[0]?.signal.aborted).toBe(true);
    expect(queue.backlog).toMatchObject([{ graph: "a", edits: 1, failures: 1, waits: "back-off", error: { code: "COMPILE_TIMED_OUT" } }]);
    await finish(0);
    expect(queue.backlog).toMatchObject([{ graph: "a", edits: 1, failures: 1 }]);
    expect(queue.state.counters).toMatchObject({ compiled: 2, failed: 1, timedOut: 1 });
  });

  test("one graph is not compiled more often than a storm allows; who asks gets it", async () => {
    const { queue, edit, go, finish, order } = queueOf("a", { storm: { compiles: 2, windowMs: 1000 } });
    for (const place of [0, 1]) {
      edit("a");
      await go();
      await finish(place);
    }
    edit("a");
    await go(500);
    expect([order(), queue.backlog[0]?.waits]).toEqual(["aa", "storm"]);
    await go(500);
    expect(order()).toBe("aaa");
    await finish(2);
    edit("a");
    void queue.compileNow("a");
    expect(order()).toBe("aaaa");
  });

  test("a graph that nobody has compiled is due at its first edit", async () => {
    const { queue, clock, edit, go, order } = queueOf("a");
    queue.register("new", () => undefined, { never: true });
    queue.notify("new", [], never);
    edit("a", never);
    await go();
    expect([order(), queue.backlog.map(({ graph, waits }) => [graph, waits])]).toEqual(["", [["a", "edits"]]]);
    queue.notify("new", [], never);
    clock.advance(10_000);
    expect(queue.entry("new")).toMatchObject({ waits: "edits" });
  });

  test("cancel ends the job, keeps the edits, and the next edit goes on", async () => {
    const { queue, begun, edit, go, finish, order } = queueOf("ab", { concurrency: 1 });
    edit("ab");
    await go();
    queue.cancel();
    await go(100_000);
    expect([begun[0]?.signal.aborted, order()]).toEqual([true, "a"]);
    expect(queue.backlog).toMatchObject([
      { graph: "a", edits: 1, waits: "asked", failures: 0 },
      { graph: "b", edits: 1, waits: "asked" },
    ]);
    edit("b");
    await go();
    expect([order(), queue.entry("b")?.covers]).toEqual(["ab", 2]);
    await finish(1);
    void queue.compileNow();
    await finish(2);
    expect([order(), queue.backlog]).toEqual(["aba", []]);
  });

  test("compileNow covers the edits of its time, also those that came while a job was at work", async () => {
    const { queue, edit, go, finish, order } = queueOf("ab");
    edit("a");
    await go();
    edit("a", never);
    let done = false;
    const asked = queue.compileNow(["a", "b", "unknown"]).then(() => (done = true));
    await finish(0);
    expect([order(), done]).toEqual(["aa", false]);
    await finish(1);
    await asked;
    expect(queue.backlog).toEqual([]);
  });

  test("stop waits for what is at work, and ends it when it takes too long; a later start is none the worse", async () => {
    const { queue, begun, edit, go, finish, order } = queueOf("ab", { concurrency: 1 });
    edit("ab");
    await go();
    const stopped = queue.stop(100);
    await go(100);
    expect([await stopped, begun[0]?.signal.aborted, order()]).toEqual([{ idle: false }, true, "a"]);
    expect(queue.backlog.map(({ waits }) => waits)).toEqual(["start", "start"]);
    expect(await queue.stop()).toEqual({ idle: true });
    queue.start();
    await go();
    await finish(1);
    await finish(2);
    expect([order(), queue.backlog]).toEqual(["aab", []]);
  });

  test("a start ends the waiting of a stop, and its time-out ends no job", async () => {
    const { queue, begun, edit, go } = queueOf("a");
    edit("a");
    await go();
    const stopped = queue.stop(100);
    queue.start();
    expect(await stopped).toEqual({ idle: false });
    await go(1000);
    expect(begun[0]?.signal.aborted).toBe(false);
  });

  test("stop takes back what was asked and has not begun", async () => {
    const { queue, edit, go, finish, order } = queueOf("abc", { concurrency: 1 });
    edit("abc", never);
    const asked = queue.compileNow();
    void queue.stop();
    await finish(0);
    await asked;
    await go(10_000);
    expect([order(), queue.backlog.map(({ graph, waits }) => [graph, waits])]).toEqual([
      "a",
      [
        ["b", "start"],
        ["c", "start"],
      ],
    ]);
  });

  test("drain resolves when the last job has ended, not before", async () => {
    const { queue, edit, go, finish } = queueOf("ab", { concurrency: 1 });
    let drained: unknown;
    edit("ab");
    await go();
    void queue.drain().then((result) => (drained = result));
    await finish(0);
    edit("a", never);
    await finish(1);
    expect(drained).toBeUndefined();
    await finish(2);
    expect([drained, queue.backlog]).toEqual([{ drained: true }, []]);
  });

  test("drain says so when it could not: time, a stop, a failure", async () => {
    const { queue, begun, edit, go } = queueOf("a");
    edit("a", never);
    const late = queue.drain(50);
    await go(50);
    expect(await late).toEqual({ drained: false });
    const failing = queue.drain();
    begun[0]?.fail(new Error("no"));
    await settle();
    begun[1]?.fail(new Error("no"));
    expect([await failing, begun.length]).toEqual([{ drained: false }, 2]);
    void queue.stop();
    expect(await queue.drain()).toEqual({ drained: false });
  });

  test("what is withdrawn while its job is at work is not compiled again", async () => {
    const { queue, begun, edit, go, finish } = queueOf("a");
    edit("a");
    await go();
    queue.withdraw("a");
    expect([begun[0]?.signal.aborted, queue.backlog]).toEqual([true, []]);
    await finish(0);
    await go(100_000);
    expect(begun.length).toBe(1);
    expect(queue.state.counters).toMatchObject({ notified: 1, covered: 0, withdrawn: 1, cancelled: 1, compiled: 0 });
  });

  test("a graph that is registered anew is another one", async () => {
    const { queue, begun, edit, go, unregister } = queueOf("a");
    edit("a");
    await go();
    queue.register("a", () => undefined);
    expect([begun[0]?.signal.aborted, queue.backlog]).toEqual([true, []]);
    unregister.get("a")?.();
    queue.notify("a", [], every);
    expect(queue.backlog.length).toBe(1);
  });

  test("pressure is told once, and nothing is dropped", async () => {
    const { queue, edit, go, begun } = queueOf("abcdef", { pressure: 2, concurrency: 6 });
    const told: number[] = [];
    queue.onDidPress((waiting) => told.push(waiting));
    edit("abcdef");
    await settle();
    edit("a");
    await go();
    expect([told, queue.state.pressure, begun.length]).toEqual([[6], { waiting: 6, bound: 2, high: true }, 6]);
    for (const job of begun) job.succeed();
    await go();
    begun.at(-1)?.succeed();
    await settle();
    expect(queue.state.pressure).toEqual({ waiting: 0, bound: 2, high: false });
    edit("abc");
    await go();
    expect(told).toEqual([6, 3]);
  });

  test("listeners hear of many edits once, afterwards; one that throws reaches nobody who notifies", async () => {
    const { queue, edit } = queueOf("abc");
    let told = 0;
    queue.onDidChange(() => (told += 1));
    edit("aabbcc");
    expect(told).toBe(0);
    await settle();
    expect(told).toBe(1);
  });

  test("reasons are bounded, whatever the edits are", () => {
    const { queue } = queueOf("a");
    const many = Array.from({ length: 1000 }, (_, n) => `reason ${n}`);
    for (let edit = 0; edit < 10; edit += 1) queue.notify("a", many, never);
    expect([queue.entry("a")?.reasons.length, queue.entry("a")?.edits]).toEqual([64, 10]);
  });

  test("latencies and counters say what was done", async () => {
    const { queue, edit, go, finish } = queueOf("a");
    expect(queue.state.latencies).toEqual({ wait: null, job: null });
    edit("aa", { ...never, staleMinEdits: 1 });
    await go(1999);
    await go(40);
    await finish(0);
    const { latencies, counters } = queue.state;
    expect([latencies.wait?.max, latencies.job?.max, latencies.wait?.count]).toEqual([2000, 40, 1]);
    expect(counters).toEqual({ notified: 2, covered: 2, withdrawn: 0, compiled: 1, failed: 0, timedOut: 0, cancelled: 0 });
  });
});
