import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeptItem } from "../../runtime/checkpoint/checkpoint.js";
import { errorInfo } from "../../runtime/errors.js";
import { ItemsInOrder, type CountingRules } from "../../runtime/kinds/map/items-in-order.js";
import type { HandlerContext } from "../../runtime/platform/handler-process/handler-types.js";
import { RunSession, type JsonValue } from "../../runtime/index.js";
import { compile, services, start } from "../unit/run/harness.js";
import { turn } from "../support/turn.js";

interface List {
  /** By item: whether it fails. */
  readonly failing: readonly boolean[];
  readonly onError: "fail" | "skip" | "collect";
  readonly errorLimit: number | undefined;
  readonly stopAt: number;
}

const list: fc.Arbitrary<List> = fc.record({
  failing: fc.array(
    fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    { maxLength: 12 },
  ),
  onError: fc.constantFrom("fail", "skip", "collect"),
  errorLimit: fc.constantFrom(undefined, 1, 2, 3),
  stopAt: fc.integer({ min: 0, max: 15 }),
});

/** A list with an order in which its items finish. */
const finishing = list.chain((given) =>
  fc.record({
    given: fc.constant(given),
    order: fc.shuffledSubarray([...given.failing.keys()], { minLength: given.failing.length }),
  }),
);

const resultOf = ({ failing }: List, index: number): KeptItem =>
  failing[index] === true
    ? { index, error: errorInfo("HANDLER_FAILED", `item ${index}`) }
    : { index, value: index, attempts: 1 + (index % 3) };

function rulesOf({ failing, onError, errorLimit, stopAt }: List, told: number[]): CountingRules {
  return {
    node: "m",
    total: failing.length,
    onError,
    ...(errorLimit === undefined ? {} : { errorLimit }),
    stopWhen: (index, _output, results) => index >= stopAt && results.length > 0,
    onFailed: (index) => told.push(index),
  };
}

describe("a map", () => {
  test("comes to the same, whatever finishes first; what is stopped never counts", () => {
    fc.assert(
      fc.property(finishing, ({ given, order }) => {
        const toldInOrder: number[] = [];
        const inOrder = new ItemsInOrder(rulesOf(given, toldInOrder));
        for (const index of given.failing.keys()) inOrder.finish(resultOf(given, index));
        expect(inOrder.verdict).toBeDefined();

        const told: number[] = [];
        const shuffled = new ItemsInOrder(rulesOf(given, told));
        let end = shuffled.end;
        for (const index of order) {
          if (index < shuffled.end) shuffled.finish(resultOf(given, index));
          expect(shuffled.end).toBeLessThanOrEqual(end);
          end = shuffled.end;
        }
        expect(shuffled.verdict).toEqual(inOrder.verdict);
        expect(told).toEqual(toldInOrder);
      }),
      { numRuns: 3000 },
    );
  });

  test("gives the same trace, writes and state in any finishing order, with any concurrency, also when it is killed on the way", async () => {
    await fc.assert(
      fc.asyncProperty(finishing, fc.integer({ min: 1, max: 13 }), fc.nat(12), async ({ given, order }, concurrency, killedAt) => {
        const straight = await played(given, [...given.failing.keys()], 100);
        expect(await played(given, order, 100)).toEqual(straight);
        // What waits for a line to be free cannot finish before it has begun.
        const bounded = await played(given, order, concurrency);
        expect(bounded).toEqual(straight);
        expect(await killed(given, order, killedAt)).toEqual({ status: straight.status, out: straight.out, error: straight.error });
      }),
      { numRuns: 60 },
    );
  });
});

function graphOf({ onError, errorLimit, stopAt }: List, concurrency: number) {
  const stopWhen = `index >= ${stopAt}.0 && size(results) > 0`;
  const limit = errorLimit === undefined || onError === "fail" ? {} : { errorLimit };
  return {
    channels: { items: {}, out: {} },
    nodes: { m: { kind: "map", over: "items", handler: "./m.ts", output: "out", concurrency, onError, ...limit, stopWhen } },
    edges: { e1: "@start -> m" },
  };
}

/** Items that finish when they are told to; an item that has not begun yet is finished as soon as it has. */
function items({ failing }: List) {
  const open = new Map<number, () => void>();
  const due = new Set<number>();
  const m = (_state: unknown, ctx: HandlerContext): Promise<JsonValue> => {
    const { index } = ctx.input as { index: number };
    ctx.log(`began ${index}`);
    ctx.emit(`token ${index}`);
    return new Promise((resolve, reject) => {
      const finish = (): void => (failing[index] === true ? reject(new Error(`item ${index}`)) : resolve(index));
      if (due.has(index)) finish();
      else open.set(index, finish);
    });
  };
  const finish = (index: number): void => {
    due.add(index);
    open.get(index)?.();
  };
  return { m, finish };
}

/**
 * The revision tells the concurrency, stacks and their places the order; what a failed run keeps are also items behind the one that
 * failed, as many as had finished by then.
 */
async function played(given: List, order: readonly number[], concurrency: number) {
  const { m, finish } = items(given);
  const { session } = start(graphOf(given, concurrency), { m }, { run: "r", input: { items: given.failing.map((_, n) => n) } });
  const running = session.continue();
  for (const index of order) {
    await turn();
    finish(index);
  }
  await running;
  const left: ReadonlySet<string> = new Set(["stack", "details", "revision", ...(session.status === "failed" ? ["bytes"] : [])]);
  const trace = session.trace.map((event) => (event.type === "checkpoint" ? { ...event, checkpoint: "" } : event));
  return { ...endOf(session), trace: JSON.stringify(trace, (key, value: unknown) => (left.has(key) ? undefined : value)) };
}

async function killed(given: List, order: readonly number[], after: number) {
  const { m, finish } = items(given);
  const graph = graphOf(given, 4);
  const { session, services: kept, clock } = start(graph, { m }, { run: "r", input: { items: given.failing.map((_, n) => n) } });
  void session.continue();
  for (const index of order.slice(0, after)) {
    await turn();
    finish(index);
  }
  await turn();
  clock.advance(0);
  const again = items(given);
  for (const index of given.failing.keys()) again.finish(index);
  const resumed = RunSession.resume("r", compile(graph), services({ m: again.m }, { store: kept.store }));
  // A run that had ended before it was killed is resumed as it is.
  if (resumed.status === "paused") await resumed.continue();
  return endOf(resumed);
}

function endOf(session: RunSession) {
  return { status: session.status, out: session.channels["out"], error: session.frontier.error?.message };
}
