// A disk that is full at any one write, and has room again: the run stops with a clear error, loses nothing, does nothing twice, and its
// history is what it would have been.
import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../../../runtime/trace/event.js";
import type { Durability } from "../../../runtime/index.js";
import { RunSession } from "../../../runtime/index.js";
import { rebuild } from "../../../runtime/checkpoint/rebuild.js";
import { PatchbayError } from "../../../runtime/errors.js";
import { FullStore } from "../../support/full-store.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, services, type Handlers } from "./harness.js";

const channels = { n: { default: 0, reducer: "sum" }, log: { schema: { type: "array" }, reducer: "append" } };

const inner: ShortGraph = { channels, nodes: { deep: {} }, edges: { e1: "@start -> deep", e2: "deep -> deep when n < 3.0" } };

/** Two side by side, a person's decision, a run inside a task, and a list of runs. */
const graph: ShortGraph = {
  channels,
  nodes: {
    a: {},
    b: {},
    ask: { kind: "barrier", prompt: "Go on?" },
    sub: { kind: "subgraph", graph: "./inner", in: { n: "0.0" }, out: { log: "log" } },
    each: { kind: "map", over: "[1.0, 2.0]", graph: "./inner", in: { n: "item" }, output: "log", out: "n" },
  },
  edges: {
    e1: "@start -> a",
    e2: "@start -> b",
    e3: "a -> ask",
    e4: "ask -> sub on approve",
    e5: "sub -> each",
  },
};

interface Told {
  readonly session: RunSession;
  readonly store: FullStore;
  readonly calls: readonly string[];
  readonly errors: readonly PatchbayError[];
}

/** Drives a run to its end, whatever the store says on the way. */
async function driven(store: FullStore, durability: Durability, shape: ShortGraph): Promise<Told> {
  const calls: string[] = [];
  const errors: PatchbayError[] = [];
  const noted =
    (node: string) =>
    async (_state: object, { idempotencyKey }: { readonly idempotencyKey: string }) => {
      calls.push(`${node} ${idempotencyKey.slice(idempotencyKey.indexOf("/"))}`);
      return { n: 1, log: [node] };
    };
  const handlers: Handlers = { a: noted("a"), b: noted("b"), deep: noted("deep") };
  const given = { ...services(handlers, { store, graphs: { "./inner": inner } }), durability };
  const tried = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
      errors.push(thrown);
    }
  };
  const begun: RunSession[] = [];
  for (let [tries, told] = [0, -1]; tries < 12 && (begun[0]?.status !== "completed" || told < errors.length); tries += 1) {
    const [at] = begun;
    told = errors.length;
    if (at === undefined) await tried(() => begun.push(RunSession.start(compile(shape), { graph: "g", run: "r" }, given)));
    else if (at.openQuestions.length > 0) await tried(() => at.decide("ask", { action: "approve", actor: "ann" }));
    else await tried(() => at.continue());
  }
  const [session] = begun;
  if (session === undefined) throw new Error(`The run never began: ${errors.map(({ message }) => message).join("; ")}`);
  return { session, store, calls, errors };
}

/** A task whose run inside could not be written is begun again, and goes on with that. */
const ofStopping: ReadonlySet<TraceEvent["type"]> = new Set(["run-paused", "checkpoint", "task-started"]);

/** What the run has come to, but for names that differ from run to run, and that it stopped on the way. */
function storyOf({ session, store }: Told): unknown {
  const events = store.trace("r").filter(({ type }) => !ofStopping.has(type));
  // Where one of several runs in a task could not begin, it begins after the others.
  const told = events.map(({ seq: _seq, at: _at, ...event }) => withoutIds(event)).toSorted();
  // One that could not be written at all never began.
  const heads = [store.run("r"), ...store.nested("r")].flatMap((run) => run?.head ?? []);
  return {
    channels: session.channels,
    told,
    values: heads.map((head) => JSON.stringify(rebuild(head, (id) => store.load(id)).values)).toSorted(),
  };
}

const withoutIds = (event: object): string => JSON.stringify({ ...event, run: undefined, ms: undefined, bytes: undefined });

describe.each(["sync", "async", "exit"] as const)("%s", (durability) => {
  test.each(["every-superstep", "minimal"])("under %s", { timeout: 60_000 }, async (policy) => {
    const shape = { ...graph, checkpoints: { policy } };
    const straight = await driven(new FullStore(Infinity, 0), durability, shape);
    expect([straight.session.status, straight.errors]).toEqual(["completed", []]);
    for (const attempts of [0, 2])
      for (let nth = 1; ; nth += 1) {
        const told = await driven(new FullStore(nth, attempts), durability, shape);
        if (!told.store.wasFull) {
          expect(nth).toBeGreaterThan(10);
          break;
        }
        expect(told.errors.map(({ code }) => code)).toEqual(told.errors.map(() => "STORE"));
        expect(told.session.status).toBe("completed");
        expect(told.calls.toSorted()).toEqual(straight.calls.toSorted());
        expect(storyOf(told)).toEqual(storyOf(straight));
      }
  });
});
