import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forkState, MemoryStore, RunSession, type JsonObject, type StateEdit } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, services, start } from "./harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const dueOf = (session: RunSession): readonly string[] => session.frontier.due.map((task) => task.node);

const chain: ShortGraph = {
  channels: { ...logChannel, n: { schema: { type: "number" } }, total: { schema: { type: "number" }, reducer: "sum", default: 5 } },
  nodes: { a: {}, b: {}, c: {}, x: {} },
  edges: { s: "@start -> a", ab: "a -> b when n < 5", ax: "a -> x else", bc: "b -> c", z: "c -> @end" },
};
const handlers = logs("a", "b", "c", "x");
const input = { n: 1 };

async function afterA() {
  const store = new MemoryStore();
  const { session, services: given } = start(chain, handlers, { store, run: "r", input });
  await session.step();
  return { session, store, given };
}

describe("edited state", () => {
  const edits: readonly (readonly [what: string, edit: StateEdit, state: JsonObject, due: readonly string[]])[] = [
    ["takes the place of what there is, without folding", { values: { log: ["mine"] } }, { log: ["mine"], n: 1, total: 5 }, ["b"]],
    ["leads where the conditions on it lead", { values: { n: 9 } }, { log: ["a"], n: 9, total: 5 }, ["x"]],
    ["goes back to the default", { values: { total: 7 }, cleared: ["log"] }, { log: [], n: 1, total: 7 }, ["b"]],
  ];
  test.each(edits)("%s", async (_what, edit, state, due) => {
    const { session } = await afterA();
    session.edit(edit, "ann");
    expect(session.channels).toEqual(state);
    expect(dueOf(session)).toEqual(due);
  });

  test("is a checkpoint on the one it was made of, and in the trace by its author; a restart finds it so", async () => {
    const { session, store } = await afterA();
    const before = session.head;
    session.edit({ values: { n: 9 }, cleared: ["total"] }, "ann");
    expect(store.load(session.head)).toMatchObject({ trigger: "edited", parent: before });
    expect(
      store
        .trace("r")
        .filter(({ type }) => type === "state-edited" || type === "route-taken")
        .slice(-2),
    ).toMatchObject([
      { type: "state-edited", superstep: 1, values: { n: 9 }, cleared: ["total"], actor: "ann" },
      { type: "route-taken", node: "a", to: "x" },
    ]);
    const again = RunSession.resume("r", compile(chain), services(handlers, { store }));
    await again.continue();
    expect([again.status, again.channels["log"]]).toEqual(["completed", ["a", "x"]]);
    again.restore(before);
    expect([again.channels["n"], dueOf(again)]).toEqual([1, ["b"]]);
  });

  test("is refused whole, with every reason: the run stands where it stood", async () => {
    const { session } = await afterA();
    const [head, frontier] = [session.head, session.frontier];
    const refused = (edit: StateEdit) => () => session.edit(edit);
    expect(refused({ values: { n: "nine", none: 1, log: [] } })).toThrow(code("INPUT_INVALID"));
    expect(refused({ values: { n: "nine", none: 1 } })).toThrow(
      /Channel "n" cannot have that value: .*number.* no channel "none". It has log, n, total\./,
    );
    expect(refused({ values: {}, cleared: ["nowhere"] })).toThrow(code("INPUT_INVALID"));
    expect(refused({ values: {}, cleared: ["n"] })).toThrow(code("EXPRESSION"));
    expect([session.head, session.frontier]).toEqual([head, frontier]);
  });

  test("of an open superstep keeps what has finished and what is asked", async () => {
    const asks: ShortGraph = {
      channels: { ...logChannel, n: { schema: { type: "number" } } },
      nodes: { a: {}, ask: { kind: "barrier", prompt: "?" }, end: {} },
      edges: { s: "@start -> a", t: "@start -> ask", e: "ask -> end on approve", r: "ask -> @end on reject" },
    };
    const { session } = start(asks, logs("a", "end"), { run: "r", input: { n: 1 } });
    await session.continue();
    session.edit({ values: { n: 3, log: ["was here"] } });
    expect([session.status, session.openQuestions.map(({ key }) => key)]).toEqual(["waiting", ["ask"]]);
    session.decide("ask", { action: "approve", actor: "ann" });
    await session.continue();
    expect(session.channels).toEqual({ n: 3, log: ["was here", "a", "end"] });
  });

  test("of a run that has ended is there, and the run stays ended", async () => {
    const { session } = await afterA();
    await session.continue();
    session.edit({ values: { n: 2 } });
    expect([session.status, session.channels["n"]]).toEqual(["completed", 2]);
  });
});

describe("a fork of state", () => {
  test("begins at an earlier checkpoint, and the branch that was left stays as it was", async () => {
    const { session, store } = await afterA();
    const checkpoint = session.head;
    await session.continue();
    const end = session.head;
    forkState(session, store, { checkpoint, edit: { values: { n: 9 } }, actor: "ann" });
    await session.continue();
    expect(session.channels["log"]).toEqual(["a", "x"]);
    session.restore(end);
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "c"]]);
    expect(store.verify()).toEqual([]);
  });

  test("that is refused moves nothing", async () => {
    const { session, store } = await afterA();
    const checkpoint = session.head;
    await session.continue();
    const end = session.head;
    for (const edit of [{ values: { n: "nine" } }, { values: {}, cleared: ["n"] }])
      expect(() => forkState(session, store, { checkpoint, edit, actor: "ann" })).toThrow(/"n"|n < 5/);
    expect([session.head, session.status]).toEqual([end, "completed"]);
  });

  test("from inside a subgraph edits the inner run, and the outer one goes on with what comes of it", async () => {
    const inner: ShortGraph = { channels: logChannel, nodes: { i: {}, j: {} }, edges: { s: "@start -> i", ij: "i -> j", z: "j -> @end" } };
    const outer: ShortGraph = {
      channels: logChannel,
      nodes: { sub: { kind: "subgraph", graph: "./inner", out: { log: "log" } } },
      edges: { s: "@start -> sub", z: "sub -> @end" },
    };
    const store = new MemoryStore();
    const { session } = start(outer, logs("i", "j"), { store, run: "r", graphs: { "./inner": inner } });
    await session.continue();
    expect(session.channels["log"]).toEqual(["i", "j"]);
    const [run] = store.nested("r");
    const checkpoint = store.list(run?.id ?? "").find(({ due }) => due.includes("j"))?.id ?? "";
    forkState(session, store, { checkpoint, edit: { values: { log: ["edited"] } }, actor: "ann" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["edited", "j"]]);
    expect(store.trace(run?.id ?? "").filter(({ type }) => type === "state-edited")).toHaveLength(1);
  });
});

test("whatever is edited wherever, every state of the history can still be rebuilt", async () => {
  const move = fc.oneof(
    fc.record({ n: fc.integer({ min: 0, max: 9 }), log: fc.array(fc.string(), { maxLength: 3 }) }),
    fc.constant("step" as const),
    fc.nat(20),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 12 }), async (moves) => {
      const { session, store } = await afterA();
      const seen = new Map([[session.head, structuredClone(session.channels)]]);
      for (const each of moves) {
        if (each === "step") {
          if (session.status === "paused") await session.step();
        } else if (typeof each === "number") session.restore([...seen.keys()][each % seen.size] ?? "");
        else session.edit({ values: each });
        seen.set(session.head, structuredClone(session.channels));
      }
      for (const [checkpoint, channels] of seen) {
        session.restore(checkpoint);
        expect(session.channels).toEqual(channels);
        expect(RunSession.resume("r", compile(chain), services(handlers, { store })).channels).toEqual(channels);
      }
      expect(store.verify()).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
