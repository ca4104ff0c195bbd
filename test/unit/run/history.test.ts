import { describe, expect, test } from "vitest";
import { cloneRun, MemoryStore, RunSession, type JsonObject, type JsonValue } from "../../../runtime/index.js";
import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, history, logChannel, logs, services, start, tasksRun, type Handlers } from "./harness.js";

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const dueOf = (session: RunSession): readonly string[] => session.frontier.due.map((task) => task.node);

const chain: ShortGraph = {
  channels: { ...logChannel, n: { schema: { type: "number" } } },
  nodes: { a: {}, b: {}, c: {}, x: {} },
  edges: { s: "@start -> a", ab: "a -> b when n < 5", ax: "a -> x else", bc: "b -> c", z: "c -> @end" },
};
const handlers = logs("a", "b", "c", "x");
const input = { n: 1 };

describe("history", () => {
  test("of a chain it is exact", async () => {
    const { session, services: given } = start(chain, handlers, { run: "r", input });
    await session.continue();
    expect(history(session)).toEqual([
      [1, ["a"]],
      [2, ["b"]],
      [3, ["c"]],
    ]);
    expect(given.store.list("r").map(({ superstep, due }) => [superstep, due])).toEqual([
      [3, []],
      [2, ["c"]],
      [1, ["b"]],
      [0, ["a"]],
    ]);
  });

  test("replayed from a checkpoint only what came later runs, and the originals are kept", async () => {
    const calls: string[] = [];
    const counting: Handlers = Object.fromEntries(
      ["a", "b", "c"].map((node) => [node, (): JsonObject => (calls.push(node), { log: [node] })]),
    );
    const { session, services: given } = start(chain, counting, { run: "r", input });
    await session.continue();
    const originals = given.store.list("r").map((each) => each.id);
    const afterA = given.store.list("r").find((each) => each.superstep === 1)?.id ?? "";
    session.restore(afterA, { mode: "live" });
    await session.continue();
    expect([calls, session.channels["log"]]).toEqual([
      ["a", "b", "c", "b", "c"],
      ["a", "b", "c"],
    ]);
    expect(given.store.list("r").map((each) => each.id)).toEqual(expect.arrayContaining(originals));
    expect(given.store.lineage(session.head).map((each) => each.superstep)).toEqual([3, 2, 1, 0]);
  });

  test("replayed from its end nothing runs", async () => {
    const { session } = start(chain, handlers, { input });
    await session.continue();
    const [end, state] = [session.head, session.channels];
    session.restore(end);
    await expect(session.continue()).rejects.toMatchObject({ code: "RUN_FINISHED" });
    expect([session.status, session.channels]).toEqual(["completed", state]);
    expect(tasksRun(session)).toHaveLength(3);
  });

  test("a fork is independent: neither branch sees what the other does", async () => {
    const { session, services: given } = start(chain, handlers, { run: "r", input });
    await session.step();
    const run = cloneRun(session.head, given, "fork");
    const forked = RunSession.resume(run, compile(chain), given);
    forked.editAs("a", { writes: { n: 9 } });
    await forked.continue();
    await session.continue();
    expect([forked.channels, session.channels]).toEqual([
      { n: 9, log: ["a", "x"] },
      { n: 1, log: ["a", "b", "c"] },
    ]);
    expect(given.store.verify()).toEqual([]);
  });

  test("a cloned history is the same, checkpoint by checkpoint, and goes on where the first stood", async () => {
    const asks: ShortGraph = {
      channels: logChannel,
      nodes: { a: {}, b: {}, ask: { kind: "barrier", prompt: "?" }, c: {} },
      edges: { s: "@start -> a", ab: "a -> b", aq: "a -> ask", qc: "ask -> c on approve", qz: "ask -> @end on reject" },
    };
    const calls: string[] = [];
    const counting: Handlers = Object.fromEntries(
      ["a", "b", "c"].map((node) => [node, (): JsonObject => (calls.push(node), { log: [node] })]),
    );
    const { session, services: given } = start(asks, counting, { run: "r" });
    await session.continue();
    cloneRun(session.head, given, "copy");
    const copy = RunSession.resume("copy", compile(asks), given);
    const shape = (run: string) =>
      given.store.list(run).map(({ trigger, superstep, status, due, traceSeq }) => ({ trigger, superstep, status, due, traceSeq }));
    expect(shape("copy")).toEqual(shape("r"));
    const events = (run: string) => given.store.trace(run).map(({ seq, type, superstep }) => [seq, type, superstep]);
    expect(events("copy")).toEqual(events("r"));
    copy.decide("ask", { action: "approve", actor: "test" });
    await copy.continue();
    expect([copy.status, copy.channels["log"], calls]).toEqual(["completed", ["a", "b", "c"], ["a", "b", "c"]]);
    expect([session.status, session.channels["log"]]).toEqual(["waiting", ["a"]]);
  });

  test("a clone of a restored branch has that branch alone", async () => {
    const { session, services: given } = start(chain, handlers, { run: "r", input });
    await session.continue();
    session.restore(given.store.list("r").find((each) => each.superstep === 1)?.id ?? "", { mode: "live" });
    await session.step();
    const run = cloneRun(session.head, given);
    const seqs = given.store.trace(run).map((event) => event.seq);
    expect(seqs).toEqual(seqs.map((_seq, place) => place + 1));
    const copy = RunSession.resume(run, compile(chain), given);
    expect(tasksRun(copy)).toEqual([
      [1, ["a"]],
      [2, ["b"]],
    ]);
    await copy.continue();
    expect(copy.channels["log"]).toEqual(["a", "b", "c"]);
  });

  test("a clone for a graph of another name is a run of that one", async () => {
    const { session, services: given } = start(chain, handlers, { run: "r", input });
    await session.step();
    const run = cloneRun(session.head, given, "copy", "other");
    expect(given.store.runs("other").map(({ id }) => id)).toEqual([run]);
    expect(given.store.runs("test").map(({ id }) => id)).toEqual(["r"]);
  });
});

describe("state edited as a node", () => {
  test("takes that node's routes, with what is written", async () => {
    for (const [n, log] of [
      [1, ["edited", "b", "c"]],
      [9, ["edited", "x"]],
    ] as const) {
      const { session } = start(chain, handlers, { input });
      session.editAs("a", { writes: { n, log: ["edited"] } }, "ann");
      expect(session.trace.at(-2)).toMatchObject({ type: "route-taken" });
      await session.continue();
      expect([session.status, session.channels["log"]]).toEqual(["completed", log]);
    }
  });

  test("is in the trace and in a checkpoint, and what was due or asked is dropped", async () => {
    const store = new MemoryStore();
    const asks: ShortGraph = {
      channels: logChannel,
      nodes: { ask: { kind: "barrier", prompt: "?" }, a: {}, yes: {}, no: {} },
      edges: { s: "@start -> ask", t: "@start -> a", y: "ask -> yes on approve", n: "ask -> no on reject" },
    };
    const { session: first } = start(asks, logs("a", "yes", "no"), { store, run: "r" });
    await first.continue();
    first.editAs("ask", { writes: { log: ["mine"] }, action: "reject" }, "ann");
    expect(store.load(first.head).trigger).toBe("edited");
    expect(first.trace.filter((event) => event.type === "edited")).toMatchObject([
      { superstep: 2, node: "ask", writes: { log: ["mine"] }, action: "reject", actor: "ann" },
    ]);
    const session = RunSession.resume("r", compile(asks), services(logs("a", "yes", "no"), { store }));
    expect([session.status, dueOf(session)]).toEqual(["paused", ["no"]]);
    await session.continue();
    expect(session.channels["log"]).toEqual(["mine", "no"]);
  });

  test("lets a run that has ended or failed go on", async () => {
    const { session } = start(chain, handlers, { input });
    await session.continue();
    session.editAs("b", { writes: {} });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "c", "c"]]);
  });

  test("is refused whole: the run stands where it stood", async () => {
    const { session } = start({ ...chain, edges: { ...chain.edges, cz: "c -> x on never" } }, handlers, { input });
    await session.step();
    const [before, head] = [session.frontier, session.head];
    expect(() => session.editAs("nowhere", { writes: {} })).toThrow(code("UNKNOWN_TARGET"));
    expect(() => session.editAs("a", { writes: { n: "text" } })).toThrow(code("INPUT_INVALID"));
    expect(() => session.editAs("a", { writes: { none: 1 } })).toThrow(code("INPUT_INVALID"));
    expect(() => session.editAs("c", { writes: {}, action: "unheard" })).toThrow(code("UNKNOWN_ACTION"));
    expect([session.frontier, session.head]).toEqual([before, head]);
  });

  test("every state of the history can still be rebuilt", async () => {
    const { session, services: given } = start(chain, handlers, { run: "r", input });
    const seen = new Map<string, JsonValue>([[session.head, structuredClone(session.channels)]]);
    const note = (): void => void seen.set(session.head, structuredClone(session.channels));
    await session.step();
    note();
    session.editAs("b", { writes: { log: ["edited"] } });
    note();
    session.input({ n: 2 });
    note();
    session.force("ax");
    note();
    await session.continue();
    note();
    for (const [checkpoint, channels] of seen) {
      session.restore(checkpoint);
      expect(session.channels).toEqual(channels);
    }
    expect(given.store.verify()).toEqual([]);
  });
});

describe("new input", () => {
  const turn = (_state: unknown, ctx: HandlerContext): unknown => (ctx.log("turn"), { log: ["a"] });

  test("to a completed run starts its next turn on the state that it has", async () => {
    const { session } = start(chain, { ...handlers, a: turn }, { input });
    await session.continue();
    session.input({ n: 9 }, "ann");
    expect([session.status, dueOf(session), session.frontier.superstep]).toEqual(["paused", ["a"], 4]);
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { n: 9, log: ["a", "b", "c", "a", "x"] }]);
    expect(session.trace.filter((event) => event.type === "input")).toMatchObject([{ superstep: 4, input: { n: 9 }, actor: "ann" }]);
  });

  test("to a failed run starts over, and what failed is forgotten", async () => {
    let broken = true;
    const store = new MemoryStore();
    const failing = {
      ...handlers,
      b: () => {
        if (broken) throw new Error("broken");
        return { log: ["b"] };
      },
    };
    const { session: first } = start(chain, failing, { input, store, run: "r" });
    await first.continue();
    expect(first.status).toBe("failed");
    broken = false;
    first.input({ n: 2 });
    expect([first.status, first.frontier.error, dueOf(first)]).toEqual(["paused", undefined, ["a"]]);
    const session = RunSession.resume("r", compile(chain), services(failing, { store }));
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { n: 2, log: ["a", "a", "b", "c"] }]);
  });

  test("while paused or asked drops what was due, asked, and waiting at joins", async () => {
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: { quick: {}, ask: { kind: "barrier", prompt: "?" }, m: { join: "all" } },
      edges: { s: "@start -> quick", t: "@start -> ask", qm: "quick -> m", am: "ask -> m" },
    };
    const { session } = start(graph, logs("quick", "m"));
    await session.continue();
    session.input({ log: ["again"] });
    expect([session.status, dueOf(session), session.frontier.questions, session.frontier.arrivals]).toEqual([
      "paused",
      ["quick", "ask"],
      [],
      {},
    ]);
    await session.continue();
    expect(() => session.decide("nobody", { action: "approve", actor: "test" })).toThrow(code("NO_QUESTION"));
    session.decide("ask", { action: "approve", actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["again", "quick", "m"]]);
  });

  test("has supersteps of its own up to the limit, and task ids that no other turn had", async () => {
    const { session } = start({ ...chain, limits: { supersteps: 3 } }, handlers, { input });
    await session.continue();
    session.input({ n: 1 });
    await session.continue();
    expect(session.status).toBe("completed");
    const ids = session.trace.flatMap((event) => (event.type === "task-started" ? [event.task] : []));
    expect(new Set(ids).size).toBe(6);
  });

  test("that does not fit is refused, and the run stands where it stood", async () => {
    const { session } = start(chain, handlers, { input });
    await session.step();
    expect(() => session.input({ n: "text" })).toThrow(code("INPUT_INVALID"));
    expect(dueOf(session)).toEqual(["b"]);
  });

  test("unblocks a run that an edit blocked", async () => {
    const { session } = start(chain, handlers, { input });
    await session.step();
    const { a: _gone, ...nodes } = chain.nodes;
    const edited = compile({ ...chain, nodes, edges: { s: "@start -> b", bc: "b -> c" } });
    session.offerPlan(edited, { class: "hard", reasons: [], recomputed: 0, micros: 1, revision: edited.plan.revision });
    expect(session.blocked?.code).toBe("NOT_RESUMABLE");
    session.input({});
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["a", "b", "c"]]);
  });
});
