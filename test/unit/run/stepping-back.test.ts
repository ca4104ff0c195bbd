import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { CheckpointPolicy } from "../../../runtime/model/graph.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, offer, services, start, type Handlers } from "./harness.js";

const loop = (policy: CheckpointPolicy, until = 6): ShortGraph => ({
  channels: { n: { schema: { type: "number" }, default: 0 }, log: { schema: { type: "array" }, reducer: "append" } },
  nodes: { count: {}, review: { kind: "barrier", prompt: "?" } },
  edges: { e1: "@start -> count", e2: `count -> count when n < ${until}.0`, e3: "count -> review else" },
  checkpoints: { policy },
});

function counting(): { readonly handlers: Handlers; readonly calls: string[] } {
  const calls: string[] = [];
  const count: Handlers["count"] = (state, { idempotencyKey }) => {
    calls.push(idempotencyKey);
    const n = Number(state["n"]) + 1;
    return { n, log: [n] };
  };
  return { handlers: { count }, calls };
}

const triggers = (store: MemoryStore, run: string): readonly string[] =>
  store
    .list(run, { limit: 1000 })
    .toReversed()
    .map(({ trigger, superstep }) => `${trigger} ${superstep}`);

describe("stepping back over what was not saved", () => {
  test("runs nothing, and going on is a branch beside what came after", async () => {
    const { handlers, calls } = counting();
    const { session, services: given } = start(loop("manual"), handlers);
    await session.continue();
    const tip = session.head;
    expect([session.back(3), session.frontier.superstep, session.channels["log"]]).toEqual([true, 4, [1, 2, 3, 4]]);
    expect([session.forward(), session.channels["n"], session.forward(), session.channels["n"]]).toEqual([true, 5, true, 6]);
    expect([session.forward(), session.status, session.head, session.forward()]).toEqual([true, "waiting", tip, false]);
    expect(calls).toHaveLength(6);
    session.back(3);
    expect(session.restoredFrom).toBe(4);
    expect(triggers(given.store, session.id)).toEqual(["started 0", "asked 7", "back 4", "back 5", "back 6"]);
    const back = session.head;
    await session.continue();
    expect(calls).toHaveLength(6); // what the ends that were stood at have recorded counts again
    expect([session.forward(), session.channels["n"], given.store.load(session.head).parent]).toEqual([false, 6, back]);
    expect([given.store.load(back).parent, given.store.load(tip).parent]).toEqual([
      given.store.load(tip).parent,
      given.store.load(tip).parent,
    ]);
    // The old branch is in the store as it was.
    session.restore(tip);
    expect([session.status, session.channels["n"], session.back(5), session.channels["n"]]).toEqual(["waiting", 6, true, 2]);
  });

  test("is durable: the run stands there after a restart, and the way of the branch is known", async () => {
    const { handlers } = counting();
    const { session, services: given } = start(loop("manual"), handlers);
    await session.continue();
    session.back(4);
    const again = RunSession.resume(session.id, compile(loop("manual")), services(handlers, { store: given.store }));
    expect([again.frontier, again.channels]).toEqual([session.frontier, session.channels]);
    expect(again.channels["n"]).toBe(3);
  });

  test("counts what led there, and nothing that came after", async () => {
    const { handlers } = counting();
    const { session } = start(loop("manual"), handlers);
    await session.continue();
    session.back(4);
    expect(session.tally.nodes.get("count")?.finished).toBe(3);
    expect(session.trace.filter(({ type }) => type === "superstep-finished")).toHaveLength(3);
    expect(session.trace.at(-1)).toMatchObject({ type: "restored", superstep: 3 });
  });

  test("goes to the last stand of each superstep: what a person did there included", async () => {
    const { handlers } = counting();
    const { session } = start(loop("minimal"), handlers);
    await session.step();
    await session.step();
    session.force("e3", "test");
    const forced = session.frontier;
    await session.step();
    expect(session.status).toBe("waiting");
    expect([session.back(), session.frontier]).toEqual([true, forced]);
    expect([session.back(), session.back(), session.back()]).toEqual([true, true, false]);
    expect(session.frontier.superstep).toBe(0);
  });

  test("carries over to the plan in force", async () => {
    const { handlers } = counting();
    const { session } = start(loop("manual"), handlers);
    await session.continue();
    offer(session, loop("manual", 3));
    session.back(3);
    expect([session.frontier.superstep, session.frontier.due.map(({ node }) => node)]).toEqual([4, ["review"]]);
  });

  test("reaches over stored ends and others alike, however long nothing was saved, as far as they are held", async () => {
    const { handlers, calls } = counting();
    const graph = { ...loop("manual", 2500), limits: { supersteps: 3000 } };
    const { session } = start(graph, handlers);
    await session.continue();
    expect(calls).toHaveLength(2500);
    expect([session.back(2000), session.channels["n"]]).toEqual([true, 501]);
    expect([session.back(), session.channels["n"]]).toEqual([true, 0]); // the start, which is stored
    expect([session.forward(2000), session.channels["n"]]).toEqual([true, 2500]);
  });

  test("is refused while the run is at work, and where a save fails the run stands where it stood", async () => {
    class Full extends MemoryStore {
      full = false;
      override save(...given: Parameters<MemoryStore["save"]>): number {
        if (this.full) throw new Error("full");
        return super.save(...given);
      }
    }
    const { handlers } = counting();
    const store = new Full();
    const { session } = start(loop("manual"), handlers, { store });
    const running = session.continue();
    expect(() => session.back()).toThrow(expect.objectContaining({ code: "RUN_BUSY" }) as Error);
    await running;
    const stood = [session.head, session.frontier];
    store.full = true;
    expect(() => session.back(2)).toThrow("full");
    expect([session.head, session.frontier]).toEqual(stood);
    store.full = false;
    session.decide("review", { action: "approve", actor: "test" });
    await session.continue();
    expect([session.status, RunSession.resume(session.id, compile(loop("manual")), services(handlers, { store })).channels]).toEqual([
      "completed",
      session.channels,
    ]);
  });
});
