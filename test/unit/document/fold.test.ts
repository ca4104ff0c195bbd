import { describe, expect, test } from "vitest";
import { applyEdits, editDocument, parseDocument } from "../../../runtime/index.js";
import { fold } from "../../../runtime/document/fold/fold.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";

const target = { path: "./parts/checks.patchbay.json", title: "Checks", rebase: (path: string) => `../${path.slice(2)}` };
const channels = { n: { schema: { type: "number" } }, m: { schema: { type: "number" } } };
const set = (...names: readonly string[]): object => ({
  kind: "expression",
  set: Object.fromEntries(names.map((name) => [name, "n + 1.0"])),
});

const line: ShortGraph = {
  channels,
  nodes: { a: set("n"), b: { handler: "./b.ts#check", reads: ["n"], writes: ["m"] }, c: set("n"), d: set("n") },
  edges: { e1: "@start -> a", e2: "a -> b when n > 1.0", e3: "b -> c", e4: "c -> d", e5: "d -> @end" },
};

/** Both documents after a fold, as values; or why there is none. */
function folded(graph: ShortGraph, ...nodes: readonly string[]) {
  const text = graphText(graph);
  const parsed = parseDocument(text);
  const outcome = fold(parsed, nodes, target);
  if (!outcome.ok) return outcome;
  const edited = editDocument(parsed, outcome.intents);
  if (!edited.ok) throw new Error(edited.message);
  return { ok: true, outer: JSON.parse(applyEdits(text, edited.edits)) as unknown, inner: JSON.parse(outcome.text) as unknown } as const;
}

describe("fold", () => {
  test("writes nodes, edges, channels and places into a document, and one node where they were", () => {
    const { outer, inner } = folded({ ...line, limits: { supersteps: 9 } }, "b", "c", "@end") as { outer: object; inner: object };
    expect(inner).toEqual({
      patchbay: 1,
      title: "Checks",
      channels,
      nodes: { b: { kind: "code", handler: "../b.ts#check", reads: ["n"], writes: ["m"] }, c: set("n") },
      edges: { e2: { from: "@start", to: "b" }, e3: { from: "b", to: "c" }, e4: { from: "c", to: "@end" } },
      limits: { supersteps: 9 },
      layout: { b: [280, 0], c: [560, 0], "@start": [0, 0], "@end": [840, 0] },
    });
    expect(outer).toMatchObject({
      nodes: { checks: { kind: "subgraph", label: "Checks", graph: "./parts/checks.patchbay.json" } },
      edges: { e2: { from: "a", to: "checks", when: "n > 1.0" }, e4: { from: "checks", to: "d" }, e5: { from: "d" } },
    });
    expect(Object.keys((outer as { nodes: object }).nodes)).toEqual(["a", "d", "checks"]);
  });

  test("takes the nodes of a group, and leaves notes where they are", () => {
    const text = JSON.parse(graphText(line)) as object;
    const notes = { n: { text: "why" } };
    const parsed = parseDocument(JSON.stringify({ ...text, notes, groups: { g: { label: "Checks", nodes: ["b", "c", "n"] } } }));
    const outcome = fold(parsed, ["g", "n"], target);
    expect(outcome).toMatchObject({ ok: true, node: "checks" });
    const edited = outcome.ok ? editDocument(parsed, outcome.intents) : undefined;
    const outer = edited?.ok === true ? (JSON.parse(applyEdits(parsed.text, edited.edits)) as object) : {};
    expect(outer).toMatchObject({ notes, groups: { g: { nodes: ["n"] } } });
    expect(Object.keys((outer as { nodes: object }).nodes)).toEqual(["a", "d", "checks"]);
  });

  test("takes only the channels along that the nodes use", () => {
    const { inner } = folded({ ...line, channels: { ...channels, other: {} } }, "b", "c") as { inner: object };
    expect(inner).toMatchObject({ channels: { n: {}, m: {} } });
    expect(inner).not.toHaveProperty("channels.other");
  });

  test("takes the conditions of the node that ends it along to the outside", () => {
    const graph = { ...line, edges: { ...line.edges, e4: "c -> d when n > 2.0", e6: "c -> a else" } };
    expect(folded(graph, "b", "c")).toMatchObject({
      outer: { edges: { e4: { from: "checks", to: "d", when: "n > 2.0" }, e6: { from: "checks", to: "a", else: true } } },
      inner: { edges: { e4: { from: "c", to: "@end" } } },
    });
  });

  test("says in a channel which way was taken, where only the inside knows", () => {
    const ask = { kind: "barrier", prompt: "Go on?" };
    const graph = { ...line, nodes: { ...line.nodes, c: ask }, edges: { ...line.edges, e4: "c -> d on approve", e6: "c -> a on reject" } };
    expect(folded(graph, "b", "c")).toMatchObject({
      outer: {
        channels: { checks_to: { reducer: "ephemeral" } },
        edges: { e4: { from: "checks", to: "d", when: "checks_to == 'd'" }, e6: { from: "checks", to: "a", when: "checks_to == 'a'" } },
      },
      inner: {
        nodes: { c: ask, to_d: { kind: "expression", set: { checks_to: "'d'" } }, to_a: { set: { checks_to: "'a'" } } },
        edges: { e4: { from: "c", to: "to_d", on: "approve" }, e6: { from: "c", to: "to_a", on: "reject" }, to_d_end: { to: "@end" } },
      },
    });
  });

  test("keeps what the first node waits for", () => {
    const graph = {
      ...line,
      nodes: { ...line.nodes, b: { ...set("m"), join: "all" } },
      edges: { ...line.edges, e2: "a -> b", e6: "@start -> b" },
    };
    const both = folded(graph, "b", "c");
    expect(both).toMatchObject({ outer: { nodes: { checks: { join: "all" } } } });
    expect(both).not.toHaveProperty("inner.nodes.b.join");
  });
});

const refusals: readonly (readonly [what: string, graph: ShortGraph, nodes: readonly string[], reason: string, at: object])[] = [
  ["nothing", line, ["@start"], "Nothing is selected", {}],
  ["a node that is gone", line, ["x"], 'The graph has no "x"', {}],
  ["a graph with errors", { ...line, edges: { ...line.edges, e9: "a -> x" } }, ["b"], "errors", { edges: ["e9"] }],
  ["nodes that nothing leads to", { ...line, nodes: { ...line.nodes, z: set("n") } }, ["z"], "No edge leads", { nodes: ["z"] }],
  ["two beginnings", { ...line, edges: { ...line.edges, e6: "@start -> c" } }, ["b", "c"], "one beginning", { nodes: ["b", "c"] }],
  [
    "an edge that enters in the middle",
    { ...line, edges: { ...line.edges, e6: "d -> c" } },
    ["b", "c"],
    "one beginning",
    { nodes: ["b", "c"] },
  ],
  ["where errors go", { ...line, edges: { ...line.edges, e2: "a -> b on @error" } }, ["b"], "errors of", { edges: ["e2"] }],
  [
    "what leads on when it fails",
    { ...line, edges: { ...line.edges, e6: "b -> d on @error" } },
    ["b"],
    "which node inside",
    { edges: ["e6"] },
  ],
  [
    "a join over both",
    { ...line, nodes: { ...line.nodes, b: { ...set("n"), join: "all" } }, edges: { ...line.edges, e6: "c -> b when n > 5.0" } },
    ["b", "c"],
    "a join cannot be in two graphs",
    { nodes: ["b"], edges: ["e6"] },
  ],
  [
    "a join behind it over several of its edges",
    {
      ...line,
      nodes: { ...line.nodes, d: { ...set("n"), join: "all" } },
      edges: { ...line.edges, e6: "b -> d", e7: "a -> d" },
    },
    ["b", "c"],
    "waits for several edges",
    { nodes: ["d"] },
  ],
  ["what leads on and goes on", { ...line, edges: { ...line.edges, e6: "b -> d" } }, ["b", "c"], "still has to run", { edges: ["e6"] }],
  [
    "what another branch reads",
    {
      ...line,
      nodes: { ...line.nodes, d: { ...set("n"), join: "all" }, side: set("n") },
      edges: { ...line.edges, e2: "a -> b", e6: "a -> side", e7: "side -> d" },
    },
    ["b", "c"],
    'may run side by side, and one writes "n"',
    { nodes: ["side"] },
  ],
  [
    "what waits until all else has ended, beside what waits so",
    {
      ...line,
      nodes: { ...line.nodes, c: { ...set("n"), join: "deferred" }, late: { ...set("m"), join: "deferred" } },
      edges: { ...line.edges, e6: "a -> late" },
    },
    ["b", "c"],
    '"late" may wait until all else has ended',
    { nodes: ["late"] },
  ],
  [
    "a channel folded by a reducer of one's own",
    { ...line, channels: { ...channels, m: { reducer: { handler: "./fold.ts" } } } },
    ["b"],
    "reducer of your own",
    { nodes: ["b"] },
  ],
  [
    "a channel that is gone at once",
    { ...line, channels: { ...channels, m: { reducer: "ephemeral" } } },
    ["b"],
    "gone one superstep",
    { nodes: ["b"] },
  ],
  [
    "the number of the superstep",
    { ...line, edges: { ...line.edges, e4: "c -> d when run.superstep > 3" } },
    ["b"],
    "`run`",
    { edges: ["e4"] },
  ],
];

describe("fold refuses", () => {
  test.for(refusals)("%s", ([, graph, nodes, reason, at]) => {
    const outcome = folded(graph, ...nodes);
    expect(outcome).toMatchObject({ ok: false, next: expect.stringMatching(/\.$/) as unknown, ...at });
    expect(outcome.ok ? "" : outcome.reason).toContain(reason);
  });
});
