import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../runtime/index.js";
import { ControlledHost } from "../support/controlled-host.js";
import { mulberry32 } from "../support/mulberry32.js";
import { compile } from "../unit/run/harness.js";
import { fixed, graphOf, resultsOf, samples, type Sample } from "./random-run.js";

// The same graph, input and results of tasks give the same trace and the same checkpoints, byte for byte, whichever task ends first.

interface Story {
  readonly trace: string;
  readonly checkpoints: string;
  readonly live: readonly string[];
  readonly recorded: readonly string[];
}

const withoutNumber = (event: object): string => JSON.stringify({ ...event, seq: undefined });

/** Runs a sample to its end, answering what it asks and trying again what failed, and gives what is stored of it. */
async function storyOf(sample: Sample, choose: (waiting: number) => number): Promise<Story> {
  const host = new ControlledHost(resultsOf(sample));
  const store = new MemoryStore();
  const session = RunSession.start(compile(graphOf(sample)), { graph: "test", run: "run" }, fixed(host, store, sample.chances));
  const live: string[] = [];
  const before = store.trace("run").length;
  session.onTrace((event) => live.push(withoutNumber(event)));
  for (let tries = 0; tries < 12 && session.status !== "completed"; tries += 1) {
    const open = session.frontier.questions.filter(({ key }) => session.frontier.decisions[key] === undefined);
    session.decideAll(Object.fromEntries(open.map(({ key }) => [key, { action: "yes", actor: "test" }])));
    await host.until(session.continue(), choose);
  }
  const trace = store.trace("run");
  return {
    trace: JSON.stringify(trace),
    checkpoints: JSON.stringify(store.list("run", { limit: 1000 }).map(({ id }) => store.load(id))),
    live,
    recorded: trace.slice(before).map(withoutNumber),
  };
}

test("whoever ends first, the trace and the checkpoints are the same, byte for byte; live listeners see it as it happens", async () => {
  let turned = 0;
  const seen = { asked: 0, failed: 0, retried: 0, sent: 0, cached: 0 };
  await fc.assert(
    fc.asyncProperty(samples, fc.noBias(fc.nat()), async (sample, seed) => {
      const shuffle = mulberry32(seed);
      const inOrder = await storyOf(sample, () => 0);
      const shuffled = await storyOf(sample, (waiting) => Math.floor(shuffle() * waiting));
      expect(shuffled.trace).toBe(inOrder.trace);
      expect(shuffled.checkpoints).toBe(inOrder.checkpoints);
      expect(shuffled.live.toSorted()).toEqual(shuffled.recorded.toSorted());
      if (shuffled.live.join() !== inOrder.live.join()) turned += 1;
      seen.asked += Number(inOrder.trace.includes('"question"'));
      seen.failed += Number(inOrder.trace.includes('"task-failed"'));
      seen.retried += Number(inOrder.trace.includes('"task-retried"'));
      seen.sent += Number(inOrder.trace.includes("@send") || inOrder.trace.includes("#1"));
      seen.cached += Number(inOrder.trace.includes('"task-cached"'));
    }),
    { numRuns: 300 },
  );
  // The samples are worth it: in many the tasks did end in another order, and everything that can happen does.
  expect(turned).toBeGreaterThan(100);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});

test("results that a killed process left stand in task order, whoever ended first", async () => {
  const graph = compile({
    channels: {},
    nodes: { a: {}, b: {}, c: {} },
    edges: { a: "@start -> a", b: "@start -> b", c: "@start -> c" },
  });
  const host = new ControlledHost(() => ({ ok: true, result: { update: {} } }));
  const store = new MemoryStore();
  const killed = RunSession.start(graph, { graph: "test", run: "run" }, fixed(host, store));
  let left = 2;
  const last = (waiting: number): number => ((left -= 1) < 0 ? waiting : waiting - 1); // past the end: nobody ends any more
  await expect(host.until(killed.continue(), last)).rejects.toThrow("Nothing is at work");
  expect(store.results("run", killed.head).map((result) => result.task)).toEqual(["1/c", "1/b"]);
  const { frontier } = RunSession.resume("run", graph, fixed(host, store));
  expect(frontier.results.map((result) => result.node)).toEqual(["b", "c"]);
});
