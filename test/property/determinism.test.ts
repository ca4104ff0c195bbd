import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createHttpClient,
  environmentSecrets,
  MemoryStore,
  RunSession,
  type HandlerOutcome,
  type JsonValue,
  type RunServices,
} from "../../runtime/index.js";
import { ControlledHost, type Answering } from "../support/controlled-host.js";
import { mulberry32 } from "../support/mulberry32.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile } from "../unit/run/harness.js";

// The same graph, input and results of tasks give the same trace and the same checkpoints, byte for byte, whichever task ends first.

const names = ["a", "b", "c", "d", "e"] as const;
const node = fc.constantFrom(...names);

/** What a node does when it runs; `turns`: how often each of its tasks fails before it does that. */
const deed = fc.record({
  does: fc.constantFrom("write", "goto", "send", "ask"),
  to: fc.array(node, { minLength: 1, maxLength: 3 }),
  turns: fc.constantFrom(0, 0, 0, 0, 1, 2, 4),
  logs: fc.nat(2),
});

const policy = fc.constantFrom(
  {},
  {},
  { retry: { attempts: 3, delay: "1s", jitter: 0.5 } },
  { retry: { attempts: 2, delay: "1s", jitter: 1 }, fallback: { log: ["fallback"] } },
  // Tasks of one superstep may do the same work at once: whose result is kept must not depend on who is faster.
  { cache: { key: "run.superstep < 3" } },
  { disabled: true },
);

const five = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: names.length, maxLength: names.length });

const samples = fc.record({
  joins: five(fc.constantFrom("any", "any", "any", "all", "deferred", { count: 2 })),
  policies: five(policy),
  deeds: five(deed),
  edges: fc.array(fc.tuple(node, node, fc.constantFrom("", "", " else", " when run.superstep < 3", " when size(log) > 4", " on @error")), {
    maxLength: 12,
  }),
  chances: fc.noBias(fc.nat()),
});

type Sample = typeof samples extends fc.Arbitrary<infer Value> ? Value : never;

function graphOf({ joins, policies, edges }: Sample): ShortGraph {
  return {
    channels: { log: { schema: { type: "array" }, reducer: "append" }, newest: { reducer: "latest" } },
    nodes: Object.fromEntries(names.map((name, index) => [name, { join: joins[index], ...policies[index] }])),
    edges: Object.fromEntries([
      ...(["a", "b", "c"] as const).map((name): [string, string] => [`s${name}`, `@start -> ${name}`]),
      ...edges.map(([from, to, when], index): [string, string] => [`e${index}`, `${from} -> ${to}${when}`]),
    ]),
    limits: { supersteps: 6 },
  };
}

/** The recorded results: they depend on the task and on how often it was called, on nothing else. */
function resultsOf({ deeds }: Sample): Answering {
  return ({ node: name, taskId, input, answers }, nth, events): HandlerOutcome => {
    const what = deeds[names.findIndex((each) => each === name)];
    if (what === undefined) throw new Error(`There is no node ${name}.`);
    for (let line = 0; line < what.logs; line += 1) events.log("info", `${taskId} line ${line}`);
    if (nth <= what.turns) return { ok: false, error: { code: "HANDLER_FAILED", message: `${taskId} is broken, call ${nth}` } };
    const update: Record<string, JsonValue> = { log: [`${taskId} ${nth} ${JSON.stringify(input ?? null)}`], newest: taskId };
    const level = (input as { level?: number } | undefined)?.level ?? 0;
    if (what.does === "goto") return { ok: true, result: { update, goto: what.to } };
    if (what.does === "send" && level < 2)
      return { ok: true, result: { update, send: what.to.map((to) => ({ to, input: { level: level + 1 } })) } };
    const asks = what.does === "ask" ? ["first", "second"].slice(0, what.to.length).filter((key) => answers[key] === undefined) : [];
    if (asks.length > 0)
      return { ok: true, result: { update: {}, asks: asks.map((key) => ({ key, prompt: `${taskId}?`, actions: ["yes"] })) } };
    return { ok: true, result: { update } };
  };
}

/** Services that leave nothing to chance. */
function fixed(host: ControlledHost, store: MemoryStore, chances = 0): RunServices {
  let ids = 0;
  return {
    store,
    handlers: host,
    http: createHttpClient(environmentSecrets, host),
    clock: host,
    random: { next: mulberry32(chances) },
    ids: { next: () => `id${String((ids += 1)).padStart(6, "0")}` },
    resolve: (path) => path,
  };
}

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
