import { expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, offer, services, start } from "../run/harness.js";

const graph: ShortGraph = {
  channels: { ...logChannel, kept: { schema: { type: "string" } } },
  nodes: {
    a: { kind: "expression", set: { kept: '"what a wrote"' } },
    ask: { kind: "barrier", prompt: "{{kept}}?" },
    b: { reads: ["kept"] },
  },
  edges: { e1: "@start -> a", e2: "a -> ask", e3: "ask -> b on approve", e4: "ask -> @end else" },
};
const handlers = logs("b");

/** Without the channel that `a` wrote and `b` reads. */
const without: ShortGraph = {
  ...graph,
  channels: logChannel,
  nodes: { a: { kind: "expression", set: { log: '["a"]' } }, ask: { kind: "barrier", prompt: "?" }, b: { reads: ["log"] } },
};
const otherwise: ShortGraph = { ...graph, edges: { ...graph.edges, e3: "ask -> @end on approve" } };

test("an edit that is undone before the run has moved leaves no mark: values, questions, history", async () => {
  const { session } = start(graph, handlers);
  await session.continue();
  const before = { frontier: session.frontier, channels: session.channels, events: session.trace.length };
  offer(session, without);
  expect(session.blocked?.code).toBe("NEEDS_MIGRATION");
  offer(session, otherwise);
  expect(session.carrying?.verdict).toBe("mapped");
  offer(session, graph);
  const recompiles = session.trace.filter(({ type }) => type === "recompile").length;
  expect([session.blocked, session.frontier, session.channels]).toEqual([undefined, before.frontier, before.channels]);
  expect(session.trace.length).toBe(before.events + recompiles);
  session.decide("ask", { action: "approve", actor: "somebody" });
  await session.continue();
  expect([session.status, session.channels]).toMatchObject(["completed", { kept: "what a wrote", log: ["b"] }]);
  expect(session.trace.some(({ type }) => type === "carried-over")).toBe(false);
});

test("what is decided while the plan in force cannot take the run is saved under the plan that it is on", async () => {
  const store = new MemoryStore();
  const { session } = start(graph, handlers, { store, run: "r" });
  await session.continue();
  offer(session, without);
  session.decide("ask", { action: "approve", actor: "somebody" });
  expect(store.load(session.head).revision).toBe(compile(graph).plan.revision);
  const resumed = RunSession.resume("r", compile(without), services(handlers, { store }));
  expect(resumed.blocked?.code).toBe("NEEDS_MIGRATION");
  const back = RunSession.resume("r", compile(graph), services(handlers, { store }));
  await back.continue();
  expect([back.status, back.channels["kept"]]).toEqual(["completed", "what a wrote"]);
});

test("going on under another plan is told once, with what differs, however many edits there were", async () => {
  const { session } = start(graph, handlers);
  await session.continue();
  offer(session, without);
  offer(session, graph);
  offer(session, otherwise);
  session.decide("ask", { action: "approve", actor: "somebody" });
  await session.continue();
  const told = session.trace.filter((event) => event.type === "carried-over");
  expect(told).toMatchObject([{ verdict: "mapped", findings: [{ kind: "routing", place: { entity: "node", id: "ask" } }] }]);
});

test("what a person lets go on is told with the person, and what was lost", async () => {
  const { session } = start(graph, handlers);
  await session.continue();
  offer(session, without);
  await expect(session.step()).rejects.toMatchObject({ code: "NEEDS_MIGRATION" });
  session.overrule("somebody");
  expect(session.blocked).toBeUndefined();
  expect(session.trace.findLast((event) => event.type === "carried-over")).toMatchObject({
    actor: "somebody",
    verdict: "migrate",
    findings: [{ kind: "value-dropped", place: { entity: "channel", id: "kept" } }],
  });
  await session.continue();
  expect(session.openQuestions.map(({ prompt }) => prompt)).toEqual(["?"]);
});

test("new input to a run that has ended is refused as long as its values have no place", async () => {
  const { session } = start(
    { ...graph, edges: { e1: "@start -> a", e2: "a -> ask", e3: "ask -> b on approve", e4: "ask -> @end else" } },
    handlers,
  );
  await session.continue();
  session.decide("ask", { action: "reject", actor: "somebody" });
  await session.continue();
  expect(session.status).toBe("completed");
  offer(session, {
    ...graph,
    channels: { ...logChannel, kept: { schema: { type: "number" } } },
    nodes: { ...graph.nodes, a: { kind: "expression", set: { kept: "1.0" } } },
  });
  expect(() => session.input({ log: ["more"] })).toThrow(expect.objectContaining({ code: "NEEDS_MIGRATION" }) as Error);
  offer(session, graph);
  session.input({ log: ["more"] });
  expect(session.channels).toMatchObject({ kept: "what a wrote", log: ["more"] });
});
