import { existsSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createHandlerHost, type HandlerCall, type HandlerHost, type HandlerOutcome, type JsonValue } from "../runtime/index.js";
import { ModuleSnapshots } from "../runtime/platform/modules/module-snapshots.js";
import { inProject } from "../scripts/layout.mjs";
import type { Benchmark } from "./benchmark.js";
import { elapsed, expectCount, measure, sampleOf, type Subject } from "./measure.js";
import { row, type Row } from "./table.js";

const KILOBYTES = 1024;
const entry = inProject("dist", "handler-process.mjs");
const module = inProject("bench", "handlers", "tick.mjs");

/** Calls on their way at any moment, and all of one round, when they are pipelined. */
const LANES = 64;
const PIPELINED = 6_400;
/** What the handlers of the stall rows pass on: near the most that they may return; and far above it. */
const LARGE_MB = 12;
const TOO_LARGE_MB = 200;
const STALL_ROUNDS = 5;
/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 1;

const silent = { log: () => undefined, progress: () => undefined, emit: () => undefined };
const never = new AbortController().signal;

/** A handler called in its own process and back. No peer: there the nodes run in the caller's process. */
export const handlerProcess: Benchmark = {
  name: "handler-process",
  run: async () => {
    if (!existsSync(entry)) return [roundTrip("", undefined, "The handler process is not built: `npm run build` makes it.")];
    const host = createHandlerHost({ entry, workspace: inProject("bench", "handlers"), grace: 100 });
    try {
      const [small, versioned, large] = await measure([
        subject(host, "small", "x"),
        subject(inVersion(host), "versioned", "x"),
        subject(host, "large", "x".repeat(KILOBYTES * KILOBYTES)),
      ]);
      const [pipelined] = await measure([pipeline(host)]);
      const rows = [
        roundTrip("", small),
        roundTrip(" in a version that the call names", versioned),
        roundTrip(" that reads an unchanged channel of 1 MB", large),
        pipelineRow(pipelined),
      ];
      return [...rows, ...(await stalls(host))];
    } finally {
      await host.dispose();
    }
  },
};

/** Calls name the version of the module, as those of a plan do: nothing is looked up on the disk. */
function inVersion(host: HandlerHost): HandlerHost {
  const version = new ModuleSnapshots(inProject("bench", "handlers")).version(module);
  if (version === undefined) throw new Error(`There is no ${module}.`);
  return { ...host, call: (request, events, signal) => host.call({ ...request, version }, events, signal), dispose: () => host.dispose() };
}

function subject(host: HandlerHost, run: string, ballast: JsonValue): Subject {
  const next = ticker(host, run, ballast);
  return { once: () => elapsed(next), rounds: 1_000, warmUp: 200, budgetMs: 5_000 };
}

/** Microseconds a call while many are on their way. */
function pipeline(host: HandlerHost): Subject {
  const next = ticker(host, "pipelined", "x");
  const lane = async (): Promise<void> => {
    for (let i = 0; i < PIPELINED / LANES; i += 1) await next();
  };
  const once = async (): Promise<number> => ((await elapsed(() => Promise.all(Array.from({ length: LANES }, lane)))) / PIPELINED) * 1000;
  return { once, rounds: 15, warmUp: 3, budgetMs: 10_000 };
}

function ticker(host: HandlerHost, run: string, ballast: JsonValue): () => Promise<void> {
  let count = 0;
  return async () => {
    count += 1;
    const expected = count + 1;
    const outcome = await call(host, "tick", run, count, { count, ballast }, { ballast: 1 });
    expectCount("handler result", Number(updateOf(outcome)["count"]), expected);
  };
}

/** The longest that the host's event loop was held up while handlers do what is hard on it. */
async function stalls(host: HandlerHost): Promise<readonly Row[]> {
  const records = updateOf(await call(host, "records", "stall", 0, { megabytes: LARGE_MB }))["records"] ?? null;
  let version = 1;
  const rows: readonly (readonly [string, () => Promise<unknown>])[] = [
    [`returns ${LARGE_MB} MB`, async () => updateOf(await call(host, "records", "stall", (version += 1), { megabytes: LARGE_MB }))],
    [
      `returns ${TOO_LARGE_MB} MB and is refused`,
      async () => refused(await call(host, "records", "stall", (version += 1), { megabytes: TOO_LARGE_MB })),
    ],
    [`reads a new value of ${LARGE_MB} MB`, async () => updateOf(await call(host, "length", "stall", (version += 1), { records }))],
    ["never ends and is stopped", async () => stopped(await call(host, "spin", "stall", 1, {}, {}, AbortSignal.timeout(100)))],
  ];
  const result: Row[] = [];
  for (const [what, work] of rows) {
    const values: number[] = [];
    for (let round = 0; round <= STALL_ROUNDS; round += 1) values.push(await longestStall(work));
    const ours = sampleOf(values.slice(1)); // the first warms up
    result.push(row({ name: `longest stall of the host while a handler ${what}`, unit: "ms", better: "less", ours }));
  }
  return result;
}

async function longestStall(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION)); // a stall at the very end counts too
  delay.disable();
  return delay.max / 1e6 - RESOLUTION;
}

function updateOf(outcome: HandlerOutcome): Readonly<Record<string, JsonValue>> {
  if (outcome.ok) return outcome.result.update;
  throw new Error(outcome.error.message);
}

function refused(outcome: HandlerOutcome): void {
  if (outcome.ok || outcome.error.code !== "HANDLER_RESULT") throw new Error("The large result was not refused.");
}

function stopped(outcome: HandlerOutcome): void {
  if (outcome.ok || outcome.error.code !== "CANCELLED") throw new Error("The handler was not stopped.");
}

/** Channels are of version `version`, but for those in `unchanged`. */
async function call(
  host: HandlerHost,
  exportName: string,
  run: string,
  version: number,
  values: Readonly<Record<string, JsonValue>>,
  unchanged: Readonly<Record<string, number>> = {},
  signal = never,
): Promise<HandlerOutcome> {
  const taskId = `${version}/${exportName}`;
  const channels = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { version: unchanged[name] ?? version, value }]),
  );
  const request: HandlerCall = {
    taskId,
    run,
    node: exportName,
    module,
    exportName,
    channels,
    attempt: 1,
    idempotencyKey: `${run}/${taskId}`,
    answers: {},
  };
  return host.call(request, silent, signal);
}

function roundTrip(what: string, ours: Parameters<typeof row>[0]["ours"], note?: string): Row {
  return row({ name: `handler-process round trip${what}`, unit: "ms", better: "less", ours, note });
}

function pipelineRow(ours: Parameters<typeof row>[0]["ours"]): Row {
  return row({ name: `handler-process call, ${LANES} on their way`, unit: "µs", better: "less", ours });
}
