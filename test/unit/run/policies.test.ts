import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import { checkpointPolicies, type CheckpointPolicy } from "../../../runtime/model/graph.js";
import { ManualClock } from "../../support/manual-clock.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, services, start, type Handlers } from "./harness.js";

const channels = { n: { schema: { type: "number" }, default: 0 }, log: { schema: { type: "array" }, reducer: "append" } };
const count = { kind: "expression", set: { n: "n + 1.0", log: "[n]" } };

/** Six turns of a loop, a barrier, a handler that asks, and one superstep more. */
const story: ShortGraph = {
  channels,
  nodes: { count, review: { kind: "barrier", prompt: "Go on?" }, clerk: {}, last: { kind: "expression", set: { n: "n * 2.0" } } },
  edges: {
    e1: "@start -> count",
    e2: "count -> count when n < 6.0",
    e3: "count -> review else",
    e4: "review -> clerk on approve",
    e5: "clerk -> last",
    e6: "last -> @end",
  },
};
const clerk: Handlers = {
  clerk: async (_state, { ask }) => ({ log: [(await ask("who", { prompt: "Who?" })).action] }),
};
const approve = { action: "approve", actor: "test" };
const answer = { action: "answer", actor: "test" };
const decisions = { review: { ...approve, at: 0 }, "clerk/who": { ...answer, at: 0 } };

function under(policy: CheckpointPolicy, graph: ShortGraph = story): ShortGraph {
  return { ...graph, checkpoints: { policy } };
}

/** What is stored of a run, oldest first: trigger and superstep of each checkpoint. */
function saved(store: MemoryStore, run: string): readonly string[] {
  return store
    .list(run, { limit: 1000 })
    .toReversed()
    .map(({ trigger, superstep }) => `${trigger} ${superstep}`);
}

const loop = [1, 2, 3, 4, 5, 6].map((superstep) => `superstep ${superstep}`);

describe("what a run is saved as that goes on by itself, all its questions decided early", () => {
  test.each<readonly [CheckpointPolicy, readonly string[]]>([
    ["every-superstep", ["started 0", ...loop, "barrier-resolved 7", "decided 8", "completed 9"]],
    ["conservative", ["started 0", "barrier-resolved 7", "decided 8", "completed 9"]],
    ["minimal", ["started 0", "barrier-resolved 7", "completed 9"]],
    ["manual", ["started 0", "completed 9"]],
    // Nothing takes time by this clock: only what may have had an effect is worth a write.
    ["adaptive", ["started 0", "adaptive 8", "completed 9"]],
  ])("%s", async (policy, expected) => {
    const { session, services: given } = start(under(policy), clerk, { decisions });
    await session.continue();
    expect([session.status, session.channels["n"]]).toEqual(["completed", 12]);
    expect(saved(given.store, session.id)).toEqual(expected);
  });
});

describe.each(checkpointPolicies)("under %s is saved in any case", (policy) => {
  test("a question that waits, the decision on it, and the end", async () => {
    const { session, services: given } = start(under(policy), clerk);
    await session.continue();
    expect(saved(given.store, session.id).at(-1)).toBe("asked 7");
    session.decide("review", approve);
    expect(saved(given.store, session.id).at(-1)).toBe("decision 7");
    await session.continue();
    expect(saved(given.store, session.id).at(-1)).toBe("asked 8");
    session.decide("clerk/who", answer);
    await session.continue();
    expect(saved(given.store, session.id).at(-1)).toBe("completed 9");
  });

  test("a failure, with what its siblings came to", async () => {
    const graph: ShortGraph = {
      channels,
      nodes: { count, a: {}, b: {} },
      edges: { e1: "@start -> count", e2: "count -> a", e3: "count -> b" },
    };
    let calls = 0;
    let fails = true;
    const handlers: Handlers = {
      a: () => ((calls += 1), { log: ["a"] }),
      b: () => {
        if (fails) throw new Error("no");
        return { log: ["b"] };
      },
    };
    const { session, services: given } = start(under(policy, graph), handlers);
    await session.continue();
    expect([session.status, saved(given.store, session.id).at(-1)]).toEqual(["failed", "failed 2"]);
    fails = false;
    const again = RunSession.resume(session.id, compile(under(policy, graph)), services(handlers, { store: given.store }));
    await again.continue();
    expect([again.status, again.channels["log"], calls]).toEqual(["completed", [0, "a", "b"], 1]);
  });

  test("a pause after each step, a cancel, an edit", async () => {
    const { session, services: given } = start(under(policy), clerk);
    await session.step();
    await session.step();
    const resumed = RunSession.resume(session.id, compile(under(policy)), services(clerk, { store: given.store }));
    expect([resumed.frontier, resumed.channels]).toEqual([session.frontier, session.channels]);
    session.editAs("count", { writes: { n: 5 } }, "test");
    expect(saved(given.store, session.id).at(-1)).toBe("edited 3");
    await session.stop();
    expect(saved(given.store, session.id).at(-1)).toBe("cancelled 3");
  });
});

test("the trace says by which figures it was decided", async () => {
  const { session } = start(under("adaptive"), clerk, { decisions });
  await session.continue();
  const reasons = session.trace.flatMap((event) => (event.type === "checkpoint" ? [event.reason] : []));
  expect(reasons).toEqual([undefined, 'a task of "clerk" may have had an effect outside', undefined]);
});

test("work that takes time is saved when it outweighs the write", async () => {
  const clock = new ManualClock();
  const graph: ShortGraph = {
    channels,
    nodes: { count: { cache: {} } },
    edges: { e1: "@start -> count", e2: "count -> count when n < 10.0" },
  };
  const work: Handlers = {
    count: (state) => {
      clock.advance(500);
      return { n: Number(state["n"]) + 1 };
    },
  };
  // A write takes no time by this clock, but where it is told to.
  class SlowStore extends MemoryStore {
    override save(...given: Parameters<MemoryStore["save"]>): number {
      clock.advance(0.3);
      return super.save(...given);
    }
  }
  const { session, services: given } = start(under("adaptive", graph), work, { clock, store: new SlowStore() });
  await session.continue();
  // (1500 ms)² / 2 h = 0.31 ms
  expect(saved(given.store, session.id)).toEqual(["started 0", "adaptive 3", "adaptive 6", "adaptive 9", "completed 10"]);
  expect(session.trace.findLast((event) => event.type === "checkpoint" && event.trigger === "adaptive")).toMatchObject({
    reason: "to redo it costs 0.31 ms, to write it 0.30 ms",
  });
});

test("what was not saved is in the next checkpoint, superstep by superstep", async () => {
  const { session, services: given } = start(under("manual"), clerk);
  await session.continue();
  const { channels: stored, frontier } = given.store.load(session.head);
  expect(stored.earlier?.map(({ superstep }) => superstep)).toEqual([1, 2, 3, 4, 5]);
  expect(stored.earlier?.[1]?.delta).toEqual([{ node: "count", writes: { n: 2, log: [1] } }]);
  expect(stored.delta).toEqual([{ node: "count", writes: { n: 6, log: [5] } }]);
  expect(frontier.routed.map(({ node }) => node)).toEqual(["count"]);
  expect(stored.base).toBeUndefined();
});

test("what outweighs the state is not held: the next checkpoint is a base", async () => {
  const graph: ShortGraph = {
    channels: { n: channels.n, text: {} },
    nodes: { count: { kind: "expression", set: { n: "n + 1.0", text: `"${"x".repeat(2000)}"` } }, wait: { kind: "barrier", prompt: "?" } },
    edges: { e1: "@start -> count", e2: "count -> count when n < 200.0", e3: "count -> wait else" },
  };
  const { session, services: given } = start(under("manual", graph), {});
  await session.continue();
  const { channels: stored } = given.store.load(session.head);
  expect(stored.base?.values["n"]).toBe(200);
  expect((stored.earlier ?? []).length).toBeLessThan(5);
  expect(saved(given.store, session.id)).toEqual(["started 0", "asked 201"]);
});

test("a checkpoint is made when somebody asks: at once while the run stands, of the next superstep while it runs", async () => {
  const { session, services: given } = start(under("manual"), clerk, { decisions });
  session.onTrace((event) => {
    if (event.type === "superstep-finished" && event.superstep % 4 === 0) session.save();
  });
  await session.continue();
  expect(saved(given.store, session.id)).toEqual(["started 0", "explicit 4", "explicit 8", "completed 9"]);
  session.save();
  expect(saved(given.store, session.id).at(-1)).toBe("explicit 9");
  const { head } = session;
  session.restore(given.store.list(session.id).find(({ superstep }) => superstep === 4)?.id ?? "");
  expect(session.channels["n"]).toBe(4);
  session.restore(head);
  expect(session.channels["n"]).toBe(12);
});

test("the trace is complete in the store and bounded in memory, however long nothing is saved", async () => {
  const graph: ShortGraph = {
    channels: { n: channels.n },
    nodes: { count: { kind: "expression", set: { n: "n + 1.0" } } },
    edges: { e1: "@start -> count", e2: "count -> count when n < 2000.0" },
    limits: { supersteps: 3000 },
  };
  let most = 0;
  class Watched extends MemoryStore {
    override appendTrace(...all: Parameters<MemoryStore["appendTrace"]>): void {
      most = Math.max(most, all[2].length);
      super.appendTrace(...all);
    }
  }
  const { session, services: given } = start(under("manual", graph), {}, { store: new Watched() });
  await session.continue();
  const events = given.store.trace(session.id);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1));
  expect(events.filter(({ type }) => type === "superstep-finished")).toHaveLength(2000);
  expect(most).toBeLessThan(1100);
});

test("the policy may change on the way", async () => {
  const { session, services: given } = start(under("manual"), clerk);
  await session.step();
  const edited = compile(under("every-superstep"));
  session.offerPlan(edited, { class: "soft", reasons: ["checkpoints"], recomputed: 0, micros: 1, revision: edited.plan.revision });
  await session.continue();
  expect(saved(given.store, session.id)).toEqual(["started 0", "paused 1", ...loop.slice(1), "asked 7"]);
});

test("a run inside a task hangs on a checkpoint that has the task, and goes on from its own after a kill", async () => {
  const inner: ShortGraph = { channels, nodes: { count }, edges: { e1: "@start -> count", e2: "count -> count when n < 3.0" } };
  const outer: ShortGraph = {
    channels,
    nodes: { count, sub: { kind: "subgraph", graph: "./inner", in: { n: "0.0" }, out: { n: "n" } } },
    edges: { e1: "@start -> count", e2: "count -> count when n < 3.0", e3: "count -> sub else" },
  };
  const { session, services: given } = start(under("minimal", outer), {}, { graphs: { "./inner": inner } });
  await session.continue();
  expect([session.status, saved(given.store, session.id)]).toEqual(["completed", ["started 0", "nested 4", "completed 4"]]);
  const [run] = given.store.nested(session.id);
  expect(saved(given.store, run?.id ?? "")).toEqual(["started 0", "superstep 1", "superstep 2", "completed 3"]);
  session.restore(given.store.list(run?.id ?? "").find(({ superstep }) => superstep === 2)?.id ?? "");
  expect([session.frontier.superstep, session.frontier.open]).toEqual([3, true]);
  await session.continue();
  expect(session.channels["n"]).toBe(3);
});

/** Two tasks side by side, one behind them, three times over. */
const pairs: ShortGraph = {
  channels,
  nodes: { count, a: {}, b: {} },
  edges: { e1: "@start -> a", e2: "@start -> b", e3: "a -> count", e4: "count -> a when n < 3.0", e5: "count -> b when n < 3.0" },
};

/** A store that is gone after so many writes, until it is opened again. */
class MortalStore extends MemoryStore {
  #left: number;

  constructor(writes: number) {
    super();
    this.#left = writes;
  }

  get gone(): boolean {
    return this.#left < 0;
  }

  open(): void {
    this.#left = Infinity;
  }

  override save(...given: Parameters<MemoryStore["save"]>): number {
    this.#write();
    return super.save(...given);
  }

  override saveResult(...given: Parameters<MemoryStore["saveResult"]>): void {
    this.#write();
    super.saveResult(...given);
  }

  override appendTrace(...given: Parameters<MemoryStore["appendTrace"]>): void {
    this.#write();
    super.appendTrace(...given);
  }

  #write(): void {
    this.#left -= 1;
    if (this.gone) throw new Error("killed");
  }
}

describe.each(checkpointPolicies)("under %s", (policy) => {
  test("what was not saved is done again after a kill, under the same names, and comes to the same", async () => {
    const graph = under(policy, pairs);
    const calls: string[] = [];
    const handlers: Handlers = {
      a: (_state, { idempotencyKey }) => (calls.push(idempotencyKey), { log: ["a"] }),
      b: (_state, { idempotencyKey }) => (calls.push(idempotencyKey), { log: ["b"] }),
    };
    const straight = start(graph, handlers, { run: "r" });
    await straight.session.continue();
    const once = calls.splice(0);
    let killed = 0;
    for (let writes = 2; ; writes += 1) {
      // beginning takes two
      const store = new MortalStore(writes);
      const first = start(graph, handlers, { run: "r", store });
      await first.session.continue().catch(() => undefined);
      if (!store.gone) break;
      killed += 1;
      store.open();
      const again = RunSession.resume("r", compile(graph), services(handlers, { store }));
      if (again.status !== "completed") await again.continue();
      expect([again.status, again.channels]).toEqual(["completed", straight.session.channels]);
      expect(again.frontier).toEqual(straight.session.frontier);
      expect([...new Set(calls)].toSorted()).toEqual(once.toSorted());
      // Where each superstep is saved only the task runs again whose result could not be kept.
      if (policy === "every-superstep") expect(calls.length - once.length).toBeLessThan(2);
      calls.length = 0;
    }
    expect(killed).toBeGreaterThan(policy === "every-superstep" ? 10 : 1);
  });
});
