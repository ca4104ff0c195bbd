import { expect, test } from "vitest";
import { Certifier, MemoryStore, storedPlans } from "../../../runtime/index.js";
import { graphInside } from "../../../runtime/certify/inside.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, logChannel, logs, services, start } from "../run/harness.js";

const inner: ShortGraph = {
  channels: logChannel,
  nodes: { a: { kind: "expression", set: { log: '["a"]' } }, ask: { kind: "barrier", prompt: "?" }, b: {} },
  edges: { e1: "@start -> a", e2: "a -> ask", e3: "ask -> b on approve", e4: "ask -> @end else" },
};
const outer: ShortGraph = {
  channels: logChannel,
  nodes: { before: {}, sub: { kind: "subgraph", graph: "./inner" } },
  edges: { e1: "@start -> before", e2: "before -> sub" },
};
const handlers = logs("before", "b");

/** The verdicts of the outer run's checkpoints, newest first, with the first reason, when its inner graph is this one. */
async function check(edited: ShortGraph, expected: readonly string[]): Promise<void> {
  const store = new MemoryStore();
  const { session } = start(outer, handlers, { store, run: "r", graphs: { "./inner": inner } });
  await session.continue();
  expect(session.status).toBe("waiting");
  const { graphs } = services(handlers, { store, graphs: { "./inner": edited } });
  const certificates = new Certifier(store, storedPlans(store)).run("r", compile(outer).plan, graphs);
  expect(certificates.map(({ verdict, findings: [first] }) => [verdict, first?.message ?? ""].filter(Boolean).join(": "))).toEqual(
    expected,
  );
}

const { ask: _gone, ...rest } = inner.nodes;

test("a run inside that cannot go on keeps the run around it from going on, and the checkpoint before it can", async () => {
  await check(inner, ["unaffected", "unaffected", "unaffected"]);
  await check({ ...inner, nodes: { ...inner.nodes, b: { label: "B" } } }, ["unaffected", "unaffected", "unaffected"]);
  await check({ ...inner, nodes: rest, edges: { e1: "@start -> a", e2: "a -> b" } }, [
    'replay: Inside "sub": Node "ask" is at work in this run, and the graph has it no more.',
    "unaffected",
    "unaffected",
  ]);
  await check({ ...inner, nodes: { ...inner.nodes, ask: { kind: "barrier", prompt: "Well?" } } }, [
    'mapped: Inside "sub": What "ask" asked is withdrawn; when the run goes on, it asks what it asks now.',
    "unaffected",
    "unaffected",
  ]);
});

/** The checkpoints of the run inside, newest first, under this inner graph, reached through this outer one. */
async function checkInside(around: ShortGraph, edited: ShortGraph, expected: readonly string[] | undefined): Promise<void> {
  const store = new MemoryStore();
  const { session } = start(outer, handlers, { store, run: "r", graphs: { "./inner": inner } });
  await session.continue();
  const { graphs } = services(handlers, { store, graphs: { "./inner": edited } });
  const [run] = store.nested("r");
  if (run === undefined || graphs === undefined) throw new Error("No run is inside.");
  const now = graphInside(store, run, { plan: compile(around).plan, graphs });
  const certificates = now && new Certifier(store, storedPlans(store)).run(run.id, now.plan, now.graphs);
  expect(
    certificates?.map(({ verdict, ancestor }) => [verdict, ancestor?.superstep].filter((part) => part !== undefined).join(" ")),
  ).toEqual(expected);
}

test("the checkpoints of a run inside are worth what they are under the graph that the task runs now", async () => {
  await checkInside(outer, inner, ["unaffected", "unaffected", "unaffected"]);
  await checkInside(outer, { ...inner, nodes: rest, edges: { e1: "@start -> a", e2: "a -> b" } }, ["replay 1", "mapped", "mapped"]);
});

test("where the node around is gone, or runs no graph that can be had, nothing is said of a run inside", async () => {
  await checkInside({ ...outer, nodes: { before: {} }, edges: { e1: "@start -> before" } }, inner, undefined);
  await checkInside({ ...outer, nodes: { ...outer.nodes, sub: {} } }, inner, undefined);
  await checkInside({ ...outer, nodes: { ...outer.nodes, sub: { kind: "subgraph", graph: "./gone" } } }, inner, undefined);
});

test("runs inside runs inside are found through both graphs", async () => {
  const store = new MemoryStore();
  const outermost: ShortGraph = {
    channels: logChannel,
    nodes: { top: { kind: "subgraph", graph: "./outer" } },
    edges: { e1: "@start -> top" },
  };
  const all = { "./inner": inner, "./outer": outer };
  const { session } = start(outermost, handlers, { store, run: "r", graphs: all });
  await session.continue();
  const [middle] = store.nested("r");
  const [deep] = store.nested(middle?.id ?? "");
  const { graphs } = services(handlers, { store, graphs: all });
  if (deep === undefined || graphs === undefined) throw new Error("No run is inside.");
  expect(graphInside(store, deep, { plan: compile(outermost).plan, graphs })?.plan.revision).toBe(compile(inner).plan.revision);
});
