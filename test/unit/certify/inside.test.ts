import { expect, test } from "vitest";
import { Certifier, MemoryStore, storedPlans } from "../../../runtime/index.js";
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
