import { describe, expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { turn } from "../../support/turn.js";
import { compile, eventsOf, logChannel, logs, services, start } from "./harness.js";

const DAY = 86_400_000;
const barrier = (fields: object): ShortGraph => ({
  channels: { ...logChannel, said: {} },
  nodes: { ask: { kind: "barrier", prompt: "Go on?", ...fields }, yes: {}, no: {}, other: {} },
  edges: { e1: "@start -> ask", e2: "ask -> yes on approve", e3: "ask -> no on reject", e4: "other -> @end" },
});
const nodes = logs("yes", "no", "other");
const late = barrier({ timeout: "1d", default: "reject" });
const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe("a barrier with a time-out", () => {
  test("decides by itself when time is up, for whoever listens, and the run goes on that way", async () => {
    const { session, clock } = start(late, nodes);
    let changes = 0;
    session.onDidChange(() => (changes += 1));
    await session.continue();
    clock.advance(DAY - 1);
    expect(session.status).toBe("waiting");
    const before = changes;
    clock.advance(1);
    expect([session.status, changes]).toEqual(["paused", before + 1]);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["no"]]);
    expect(session.trace.find((event) => event.type === "decision")).toMatchObject({ action: "reject", actor: "time-out", key: "ask" });
  });

  test("decides at the next move where nobody listens, and holds no timer until then", async () => {
    const { session, clock } = start(late, nodes);
    await session.continue();
    expect(clock.waiting).toBe(0);
    clock.advance(DAY);
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["no"]]);
  });

  test("lets go of its timer once it is answered, and when the session is let go", async () => {
    const { session, clock } = start(late, nodes);
    session.onDidChange(() => {});
    await session.continue();
    expect(clock.waiting).toBe(1);
    session.decide("ask", { action: "approve", actor: "test" });
    expect(clock.waiting).toBe(0);
    const other = start(late, nodes, { clock }).session;
    other.onDidChange(() => {});
    await other.continue();
    await other.dispose();
    expect(clock.waiting).toBe(0);
  });

  test("keeps its deadline over a restart", async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock()];
    const first = start(late, nodes, { store, clock, run: "r" }).session;
    await first.continue();
    clock.advance(DAY - 10);
    const again = RunSession.resume("r", compile(late), services(nodes, { store, clock }));
    again.onDidChange(() => {});
    clock.advance(9);
    expect(again.status).toBe("waiting");
    clock.advance(1);
    await again.continue();
    expect([again.status, again.channels["log"]]).toEqual(["completed", ["no"]]);
    const ended = start(late, nodes, { store, clock, run: "s" }).session;
    await ended.continue();
    clock.advance(2 * DAY);
    const later = RunSession.resume("s", compile(late), services(nodes, { store, clock }));
    await later.continue();
    expect([later.status, later.channels["log"]]).toEqual(["completed", ["no"]]);
  });

  test("takes no answer when its time is up", async () => {
    const { session, clock } = start(late, nodes);
    await session.continue();
    clock.advance(DAY);
    expect(() => session.decide("ask", { action: "approve", actor: "test" })).toThrow(refused("NO_QUESTION"));
    expect(session.frontier.decisions).toMatchObject({ ask: { action: "reject" } });
  });

  test("has as long as it had left when its moment is restored", async () => {
    const { session, clock } = start(late, nodes);
    await session.continue();
    const asked = session.head;
    clock.advance(DAY);
    await session.continue();
    session.restore(asked);
    expect(session.status).toBe("waiting");
    clock.advance(DAY - 1);
    session.decide("ask", { action: "approve", actor: "test" });
    await session.continue();
    expect(session.channels["log"]).toEqual(["yes"]);
  });

  test("without a default fails, and asks anew when the run is taken up again", async () => {
    const { session, clock } = start(barrier({ timeout: "1d" }), nodes);
    await session.continue();
    clock.advance(DAY);
    await session.continue();
    expect([session.status, session.frontier.error]).toMatchObject(["failed", { code: "TIMED_OUT", details: { node: "ask" } }]);
    await session.continue();
    expect(session.status).toBe("waiting");
    clock.advance(DAY - 1);
    session.decide("ask", { action: "approve", actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["yes"]]);
  });

  test("without a default has its fallback", async () => {
    const { session, clock } = start(barrier({ timeout: "1d", fallback: { said: "nobody" } }), nodes);
    await session.continue();
    clock.advance(DAY);
    await session.continue();
    expect([session.status, session.channels["said"]]).toEqual(["completed", "nobody"]);
    expect(eventsOf(session, "ask")).toContain("task-fallback");
  });

  test("that is late while a sibling works loses nothing of what is kept", async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock()];
    const graph: ShortGraph = {
      channels: logChannel,
      nodes: {
        quick: {},
        slow: {},
        ask: { kind: "barrier", prompt: "?", timeout: "1d", default: "reject" },
        more: { kind: "barrier", prompt: "?" },
      },
      edges: {
        e1: "@start -> quick",
        e2: "@start -> slow",
        e3: "@start -> ask",
        e4: "@start -> more",
        e5: "ask -> @end",
        e6: "more -> @end",
      },
    };
    let release = (): void => {};
    let broken = true;
    const handlers = {
      quick: () => ({ log: ["quick"] }),
      slow: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        if (broken) throw new Error("broken");
        return { log: ["slow"] };
      },
    };
    const { session } = start(graph, handlers, { store, clock, run: "r" });
    session.onDidChange(() => {});
    const running = session.continue();
    await turn();
    release();
    await running;
    expect(session.status).toBe("failed"); // both questions are asked, `quick` is kept
    const again = session.continue();
    await turn();
    session.decide("more", { action: "approve", actor: "test" }); // saved while `slow` is at work
    clock.advance(DAY);
    const resumed = RunSession.resume("r", compile(graph), services(handlers, { store, clock }));
    expect(resumed.frontier.results.map(({ node }) => node)).toEqual(["quick"]);
    expect(Object.keys(resumed.frontier.decisions)).toEqual(["more", "ask"]);
    broken = false;
    release();
    await again;
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["quick", "slow"]]);
  });
});

describe("an early decision", () => {
  const looped: ShortGraph = {
    channels: { ...logChannel, turns: { reducer: "sum" } },
    nodes: { first: {}, ask: { kind: "barrier", prompt: "?" }, yes: { kind: "expression", set: { turns: "1" } } },
    edges: { e1: "@start -> first", e2: "first -> ask", e3: "ask -> yes on approve", e4: "ask -> @end else", e5: "yes -> ask" },
  };

  test("is kept, saved over a restart, and used once", async () => {
    const store = new MemoryStore();
    const { session } = start(looped, logs("first"), { store, run: "r" });
    session.decide("ask", { action: "approve", actor: "early" });
    expect([session.status, session.frontier.questions]).toEqual(["paused", []]);
    const again = RunSession.resume("r", compile(looped), services(logs("first"), { store }));
    await again.continue();
    expect([again.status, again.channels["turns"], again.frontier.decisions]).toEqual(["waiting", 1, {}]);
    expect(again.trace.filter(({ type }) => type === "question")).toHaveLength(2);
    expect(again.trace.find(({ type }) => type === "decision")).toMatchObject({ action: "approve", actor: "early", node: "ask" });
  });

  test("does not make a step more than one superstep", async () => {
    const { session } = start(looped, logs("first"));
    session.decide("ask", { action: "approve", actor: "early" });
    await session.step();
    await session.step();
    expect([session.frontier.superstep, session.frontier.due.map(({ node }) => node)]).toEqual([2, ["yes"]]);
  });

  test("that is no answer when the question comes is dropped, with a warning, and the question waits", async () => {
    const { session } = start(looped, logs("first"));
    session.decide("ask", { action: "perhaps", actor: "early" });
    await session.continue();
    expect([session.status, session.frontier.decisions]).toEqual(["waiting", {}]);
    expect(session.trace.filter((event) => event.type === "log")).toMatchObject([{ level: "warn", node: "ask" }]);
  });

  test("for a handler's question is kept by its key", async () => {
    const { session } = start(
      { channels: { x: {} }, nodes: { a: {} }, edges: { e1: "@start -> a" } },
      { a: async (_state, { ask }) => ({ x: (await ask("how", { prompt: "?" })).value ?? null }) },
    );
    session.decide("a/how", { action: "answer", value: 7, actor: "early" });
    await session.continue();
    expect([session.status, session.channels["x"]]).toEqual(["completed", 7]);
  });

  test("is refused where nothing will ever ask", async () => {
    const { session } = start(looped, logs("first"));
    const answer = { action: "approve", actor: "early" };
    for (const key of ["first", "yes/x", "ask/x", "nobody"]) expect(() => session.decide(key, answer)).toThrow(refused("NO_QUESTION"));
    await session.stop();
    expect(() => session.decide("ask", answer)).toThrow(refused("NO_QUESTION"));
  });
});

describe("a decision that modifies or reroutes", () => {
  const free = barrier({ actions: ["approve", "reject", "modify", "reroute"], schema: { type: "number" }, output: "said" });
  const asked = async () => {
    const { session, services: given } = start({ ...free, edges: { ...free.edges, e5: "ask -> other on modify" } }, nodes, { run: "r" });
    await session.continue();
    return { session, given };
  };

  test("modify: the value is typed by the schema and written to the output", async () => {
    const { session } = await asked();
    for (const answer of [{ action: "modify" }, { action: "modify", value: "7" }])
      expect(() => session.decide("ask", { ...answer, actor: "test" })).toThrow(refused("DECISION_INVALID"));
    session.decide("ask", { action: "modify", value: 7, actor: "test" });
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { log: ["other"], said: 7 }]);
  });

  test("reroute: the run goes on with the node that the person names, in place of the edges, and that is recorded", async () => {
    const { session, given } = await asked();
    session.decide("ask", { action: "reroute", target: "no", actor: "ann" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", ["no"]]);
    const kept = given.store.trace("r");
    expect(kept.find(({ type }) => type === "decision")).toMatchObject({ action: "reroute", target: "no", actor: "ann" });
    expect(kept.filter((event) => event.type === "route-taken" && event.node === "ask")).toMatchObject([{ to: "no", why: "goto" }]);
  });

  test("reroute to `@end` ends there", async () => {
    const { session } = await asked();
    session.decide("ask", { action: "reroute", target: "@end", actor: "test" });
    await session.continue();
    expect([session.status, session.channels["log"]]).toEqual(["completed", []]);
  });

  test.each<readonly [string, object]>([
    ["without a target", { action: "reroute" }],
    ["to nowhere", { action: "reroute", target: "nowhere" }],
    ["under another name", { action: "approve", target: "no" }],
  ])("reroute %s is refused", async (_name, answer) => {
    const { session } = await asked();
    expect(() => session.decide("ask", { action: "", ...answer, actor: "test" })).toThrow(refused("DECISION_INVALID"));
  });

  test("a barrier that does not offer it is not rerouted", async () => {
    const { session } = start(barrier({}), nodes);
    await session.continue();
    expect(() => session.decide("ask", { action: "reroute", target: "no", actor: "test" })).toThrow(refused("DECISION_INVALID"));
  });
});
