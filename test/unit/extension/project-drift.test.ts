import { describe, expect, it } from "vitest";
import { projectDrift } from "../../../extension/bridge/project-drift.js";
import { CompileQueue, GraphCompiler, parseDocument, type ParsedDocument } from "../../../runtime/index.js";
import type { DriftView } from "../../../webview/protocol/views.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";

const graph: ShortGraph = {
  channels: { n: { schema: { type: "number" } } },
  nodes: { a: {}, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c" },
};
const soft = { compile: { strategy: "soft" } };

/** What the canvas is told after each of these texts, the first of them compiled. */
function driftAfter(...texts: readonly string[]): DriftView | undefined {
  const clock = new ManualClock();
  const compiler = new GraphCompiler("g", new CompileQueue(clock), clock);
  let document: ParsedDocument | undefined;
  for (const text of texts) compiler.update((document = parseDocument(text, document)));
  return projectDrift(compiler);
}

const check = (next: string, expected: Partial<DriftView> | undefined, first = graphText(graph)): void =>
  expected === undefined ? expect(driftAfter(first, next)).toBeUndefined() : expect(driftAfter(first, next)).toEqual(expected);

describe("what the plan in force does not say", () => {
  it("is nothing while it says all, after a change that means nothing, and before there is a plan", () => {
    check(graphText(graph), undefined);
    check(graphText({ ...graph, nodes: { ...graph.nodes, a: { label: "A" } } }), undefined);
    check(graphText({ ...graph, edges: { ...graph.edges, e2: "a -> c" } }), undefined);
    expect(driftAfter("{")).toBeUndefined();
  });

  it("names what waits for a hard compile, and nothing else", () => {
    const next = { ...graph, nodes: { ...graph.nodes, d: {}, a: { join: "all" } }, edges: { ...graph.edges, e4: "c -> d" } };
    check(graphText(next), {
      why: "waiting",
      nodes: { d: { change: "node d added" }, a: { change: "node a: join changed" } },
      edges: { e4: { change: "edge e4 added (c -> d)" } },
      removed: 0,
      others: [],
    });
  });

  it("counts what only the plan has, and tells of what is no node or edge", () => {
    const { c: _gone, ...nodes } = graph.nodes;
    const { e3: _too, ...edges } = graph.edges;
    check(graphText({ channels: { n: {} }, nodes, edges }), {
      why: "waiting",
      nodes: {},
      edges: {},
      removed: 2,
      others: ["channel n: schema changed"],
    });
  });

  it("tells of a refusal with its reason", () => {
    const text = (next: ShortGraph): string => graphText({ ...next, ...soft });
    const drift = driftAfter(text(graph), text({ ...graph, nodes: { ...graph.nodes, d: {} }, edges: { ...graph.edges, e4: "c -> d" } }));
    expect(drift).toMatchObject({ why: "refused", error: expect.stringContaining("node d added") as string });
    expect(Object.keys(drift?.nodes ?? {})).toEqual(["d"]);
  });

  it("tells of an error where it is, and of what waits for it to be mended", () => {
    const next = { ...graph, edges: { ...graph.edges, e2: "a -> nowhere", e3: "b -> a" } };
    const drift = driftAfter(graphText(graph), graphText(next));
    expect(drift).toMatchObject({ why: "broken", nodes: {}, removed: 0 });
    expect(drift?.edges["e2"]).toEqual({
      change: "edge e2 retargeted: a -> b is now a -> nowhere",
      problem: expect.stringContaining("nowhere") as string,
    });
    expect(drift?.edges["e3"]).toEqual({ change: "edge e3 retargeted: b -> c is now b -> a" });
  });

  it("names an entry that cannot be read as changed, not as removed", () => {
    const drift = driftAfter(graphText(graph), graphText({ ...graph, nodes: { ...graph.nodes, b: { kind: "code" } } }));
    expect(drift?.nodes["b"]).toEqual({ change: "node b changed", problem: expect.stringContaining("handler") as string });
    expect(drift?.removed).toBe(0);
  });

  it("does not mark an error that was there before the plan's own text changed elsewhere", () => {
    const { b: _gone, ...nodes } = graph.nodes;
    const drift = driftAfter(graphText(graph), graphText({ ...graph, nodes }));
    // The edges to and from b dangle now: their problems are marked as such, and the plan has them as they are drawn.
    expect(drift).toMatchObject({ why: "broken", nodes: { c: { change: "node c: place 3 -> 2" } }, edges: {}, removed: 1 });
  });

  it("is all of the plan where the text cannot be read at all", () => {
    expect(driftAfter(graphText(graph), "{")).toMatchObject({ why: "broken", nodes: {}, edges: {}, removed: 6 });
  });
});
