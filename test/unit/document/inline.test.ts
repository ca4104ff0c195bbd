import { describe, expect, test } from "vitest";
import { applyEdits, editDocument, parseDocument } from "../../../runtime/index.js";
import { inline } from "../../../runtime/document/fold/inline.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";

const number = { schema: { type: "number" } };
const set = (name: string): object => ({ kind: "expression", set: { [name]: "n + 1.0" } });
const sub = (more: object = {}): object => ({ kind: "subgraph", graph: "./lib/inner", ...more });

const outer: ShortGraph = {
  channels: { n: number },
  nodes: { a: set("n"), s: sub(), z: set("n") },
  edges: { e1: "@start -> a", e2: "a -> s when n > 0.0", e3: "s -> z when n > 5.0", e4: "s -> @end else", e5: "z -> @end" },
};
const inner: ShortGraph = {
  channels: { n: number, own: { ...number, default: 1 } },
  nodes: { a: set("n"), b: { handler: "./b.ts", reads: ["n"], writes: ["own"] } },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> @end" },
};

function inlined(here: ShortGraph, there: ShortGraph) {
  const text = graphText(here);
  const outcome = inline(parseDocument(text), "s", parseDocument(graphText(there)), (path) => `./lib/${path.slice(2)}`);
  if (!outcome.ok) return outcome;
  const edited = editDocument(parseDocument(text), outcome.intents);
  if (!edited.ok) throw new Error(edited.message);
  return { ok: true, ...(JSON.parse(applyEdits(text, edited.edits)) as { nodes: object; edges: object; channels: object }) } as const;
}

describe("inline", () => {
  test("brings nodes, edges and channels under free ids, with paths from here", () => {
    const outcome = inlined(outer, inner);
    expect(outcome).toMatchObject({
      channels: { n: number, own: { default: 1 } },
      edges: {
        e2: { from: "a", to: "a2", when: "n > 0.0" },
        e3: { from: "b", to: "z", when: "n > 5.0" },
        e4: { from: "b", to: "@end", else: true },
        e22: { from: "a2", to: "b" },
      },
    });
    expect(outcome).toHaveProperty("nodes", {
      a: set("n"),
      z: set("n"),
      a2: set("n"),
      b: { kind: "code", handler: "./lib/b.ts", reads: ["n"], writes: ["own"] },
    });
  });

  test("begins channels of the graph inside anew where it may run again", () => {
    expect(inlined({ ...outer, edges: { ...outer.edges, e6: "z -> s" } }, inner)).toMatchObject({
      nodes: { begin_s: { kind: "expression", set: { own: "1" } } },
      edges: { e2: { to: "begin_s" }, e6: { to: "begin_s" } },
    });
  });

  test.for<[what: string, edges: ShortGraph["edges"], again: boolean]>([
    ["a loop that goes on when it has run", { e1: "@start -> a", e2: "a -> s", e3: "a -> a when m < 3.0" }, true],
    ["a loop that is left for it", { e1: "@start -> a", e2: "a -> s when m > 3.0", e3: "a -> a else" }, false],
    ["one way or another", { e1: "@start -> a", e2: "a -> s when m > 3.0", e3: "a -> z else", e4: "z -> s" }, false],
    ["one way, and another when it has run", { e1: "@start -> a", e2: "a -> s", e3: "a -> z", e4: "z -> s" }, true],
  ])("knows whether it may run again behind %s", ([, edges, again]) => {
    const waiting = { kind: "expression", set: { m: "m + 1.0" }, join: "deferred" };
    const channels = { ...outer.channels, m: { ...number, default: 0 } };
    const outcome = inlined({ channels, nodes: { a: waiting, s: sub(), z: waiting }, edges }, inner);
    expect(outcome.ok ? "begin_s" in outcome.nodes : outcome).toBe(again);
  });

  test("leads several ends to one node, from which it goes on as before", () => {
    const edges = { e1: "@start -> a", e2: "a -> b when n > 1.0", e3: "a -> @end else", e4: "b -> @end" };
    expect(inlined(outer, { ...inner, edges })).toMatchObject({
      nodes: { after_s: { kind: "expression", set: {} } },
      edges: { e3: { from: "after_s", to: "z" }, e4: { from: "after_s", to: "@end", else: true }, e42: { from: "b", to: "after_s" } },
    });
  });
});

/** The outer graph with `in` and `out` at its node. */
function mapping(fields: object): ShortGraph {
  return { ...outer, nodes: { ...outer.nodes, s: sub(fields) } };
}

const text = { schema: { type: "string" } };
const asking: ShortGraph = {
  channels: { question: text, draft: { ...text, default: "" }, reply: text },
  nodes: {
    think: { kind: "expression", set: { draft: "question + '!'" } },
    say: { kind: "expression", set: { reply: "draft" } },
  },
  edges: { i1: "@start -> think", i2: "think -> say when draft != ''", i3: "say -> @end" },
};

/** Asks the graph above, and writes what comes back. */
function asked(channels: object, fields: object): ShortGraph {
  return {
    channels: { ...channels, answer: text },
    nodes: { s: sub(fields) },
    edges: { e1: "@start -> s", e2: "s -> @end" },
  };
}

describe("inline with `in` and `out`", () => {
  test("calls channels as those here from which they come and to which they go", () => {
    const outcome = inlined(asked({ ticket: text }, { in: { question: "ticket" }, out: { answer: "reply" } }), {
      ...asking,
      nodes: { ...asking.nodes, say: { kind: "expression", set: { reply: "draft + question" } } },
    });
    expect(outcome).toMatchObject({
      ok: true,
      channels: { ticket: text, answer: text, draft: { default: "" } },
      nodes: {
        think: { set: { draft: "ticket + '!'" } },
        say: { set: { answer: "draft + ticket" } },
      },
      edges: { i2: { from: "think", to: "say", when: "draft != ''" } },
    });
    expect(Object.keys(outcome.ok ? outcome.nodes : {})).toEqual(["think", "say"]);
    expect(Object.keys(outcome.ok ? outcome.channels : {})).toEqual(["ticket", "answer", "draft"]);
  });

  test("gives expressions in front and back behind", () => {
    const fields = { in: { n: "n + 1.0" }, out: { n: "n * own" } };
    const there = { ...inner, nodes: { a: set("n"), b: set("own") } };
    expect(inlined({ ...mapping(fields), edges: { ...outer.edges, e3: "s -> z", e4: "z -> @end" } }, there)).toMatchObject({
      ok: true,
      channels: { n: number, n2: number, own: { default: 1 } },
      nodes: {
        begin_s: { kind: "expression", set: { n2: "n + 1.0" } },
        a2: { set: { n2: "n2 + 1.0" } },
        b: { set: { own: "n2 + 1.0" } },
        after_s: { kind: "expression", set: { n: "n2 * own" } },
      },
      edges: { e2: { from: "a", to: "begin_s" }, e3: { from: "after_s", to: "z" } },
    });
  });

  test("begins with the default where what is given is null", () => {
    const there = { ...asking, channels: { ...asking.channels, question: { ...text, default: "none" } } };
    const outcome = inlined(asked({ ticket: {} }, { in: { question: "ticket.text" }, out: {} }), {
      ...there,
      nodes: { ...asking.nodes, say: { kind: "expression", set: { reply: "draft" } } },
    });
    expect(outcome).toMatchObject({
      channels: { question: { ...text, default: "none" } },
      nodes: { begin_s: { set: { question: '(ticket.text) == null ? "none" : (ticket.text)' } } },
    });
  });

  test("lets a channel without a default be null where what is given is", () => {
    const there = { ...asking, nodes: { ...asking.nodes, say: { kind: "expression", set: { reply: "draft" } } } };
    expect(inlined(asked({ ticket: {} }, { in: { question: "ticket.text" }, out: {} }), there)).toMatchObject({
      channels: { question: { schema: { type: ["string", "null"] } } },
      nodes: { begin_s: { set: { question: "ticket.text" } } },
    });
  });

  test("writes back a list once more, as `out` does", () => {
    const list = { schema: { type: "array" }, reducer: "append" };
    const there = {
      channels: { log: list },
      nodes: { a: { kind: "expression", set: { log: "['a']" } } },
      edges: { e1: "@start -> a", e2: "a -> @end" },
    };
    expect(
      inlined(
        { channels: { log: list }, nodes: { s: sub({ in: { log: "log" }, out: { log: "log" } }) }, edges: { e1: "@start -> s" } },
        there,
      ),
    ).toMatchObject({
      channels: { log: list, log2: list },
      nodes: { begin_s: { set: { log2: "log" } }, a: { set: { log2: "['a']" } }, after_s: { set: { log: "log2" } } },
    });
  });
});

const refusals: readonly (readonly [what: string, here: ShortGraph, there: ShortGraph, reason: string])[] = [
  ["what is no subgraph", { ...outer, nodes: { ...outer.nodes, s: set("n") } }, inner, "runs no graph"],
  ["a policy of the whole", { ...outer, nodes: { ...outer.nodes, s: sub({ retry: {} }) } }, inner, '"retry" of "s"'],
  [
    "a channel that comes back by its name and went in otherwise",
    mapping({ in: { n: "n + 1.0" } }),
    inner,
    'Channel "n" comes back by its name',
  ],
  [
    "a handler's channel that has another name here",
    { ...mapping({ in: { n: "n" }, out: { n: "n" } }), channels: { n: number, own: { schema: { type: "string" } } } },
    inner,
    'here "own" is another channel',
  ],
  [
    "what may be null where nothing can be instead",
    { ...mapping({ in: {}, out: { n: "any" } }), channels: { n: number } },
    {
      ...inner,
      channels: { any: {} },
      nodes: { a: { kind: "expression", set: { any: "1" } } },
      edges: { e1: "@start -> a", e2: "a -> @end" },
    },
    "may be null",
  ],
  [
    "other channels of the same name",
    outer,
    { ...inner, channels: { ...inner.channels, n: { ...number, reducer: "sum" } } },
    "not the same here",
  ],
  ["errors of the whole", { ...outer, edges: { ...outer.edges, e6: "s -> a on @error" } }, inner, "anything in its graph fails"],
  ["an end of the run inside", outer, { ...inner, edges: { ...inner.edges, e3: "b -> @end terminate" } }, "would end the whole run"],
  ["branches that end apart", outer, { ...inner, edges: { ...inner.edges, e4: "a -> @end" } }, "still has to run"],
  [
    "what waits until all else has ended, beside what waits so",
    { ...outer, nodes: { ...outer.nodes, z: { kind: "expression", set: {}, join: "deferred" } }, edges: { ...outer.edges, e6: "a -> z" } },
    { ...inner, nodes: { ...inner.nodes, b: { ...set("own"), join: "deferred" } } },
    '"z" may wait until all else has ended',
  ],
  [
    "a list that begins anew each time",
    { ...outer, edges: { ...outer.edges, e6: "z -> s" } },
    { ...inner, channels: { ...inner.channels, own: { schema: { type: "array" }, reducer: "append" } } },
    "begins anew each time",
  ],
];

describe("inline refuses", () => {
  test.for(refusals)("%s", ([, here, there, reason]) => {
    const outcome = inlined(here, there);
    expect(outcome.ok ? "" : outcome.reason).toContain(reason);
  });
});
