import { describe, expect, test } from "vitest";
import { parseDocument } from "../../../runtime/index.js";
import { OutlineFacts } from "../../../extension/views/outline-facts.js";
import { nothingKnown, outlineContext, outlineIcon, stateColor } from "../../../extension/views/outline-rows.js";
import { outlineOf, type OutlineEntry, type OutlineTree } from "../../../extension/views/outline-tree.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";

const set = { kind: "expression", set: {} };

function wordsOf(entry: OutlineEntry): string {
  switch (entry.type) {
    case "node":
      return entry.label;
    case "edge":
      return `${entry.condition} → ${entry.to}`.trim();
    case "graph":
      return entry.path;
    case "note":
    case "group":
      return `${entry.type} ${entry.label}`;
  }
}

/** The rows as indented lines. */
function lines({ roots, children }: OutlineTree): readonly string[] {
  const show = (entry: OutlineEntry, indent: string): readonly string[] => [
    indent + wordsOf(entry),
    ...(children.get(entry.key) ?? []).flatMap((child) => show(child, `${indent}  `)),
  ];
  return roots.flatMap((entry) => show(entry, ""));
}

const outlined = (graph: ShortGraph): OutlineTree => outlineOf(parseDocument(graphText(graph)));

describe("the outline", () => {
  test("has the nodes in the order of the flow, each with the edges that leave it", () => {
    const tree = outlined({
      nodes: { lost: set, later: set, ask: { kind: "barrier", prompt: "?", label: "Ask" }, first: {} },
      edges: {
        e1: "@start -> first",
        e2: "first -> ask when size('x') > 0",
        e3: "first -> later else",
        e4: "ask -> later on approve",
        e5: "ask -> first on reject",
        e6: "first -> @end on @error",
      },
    });
    expect(lines(tree)).toEqual([
      "Start",
      "  → first",
      "first",
      "  size('x') > 0 → Ask",
      "  else → later",
      "  on error → End",
      "Ask",
      "  on approve → later",
      "  on reject → first",
      "later",
      "lost",
    ]);
    expect(tree.parents.get("edge e4")).toMatchObject({ node: "ask" });
  });

  test("leads into the graphs that nodes run", () => {
    const tree = outlined({ nodes: { sub: { kind: "subgraph", graph: "./inner.patchbay.json" } }, edges: { e1: "@start -> sub" } });
    expect(lines(tree)).toEqual(["Start", "  → sub", "sub", "  ./inner.patchbay.json"]);
  });

  test("gathers what is in a group where the first of it is, and shows notes", () => {
    const text = JSON.parse(
      graphText({ nodes: { a: set, b: set, c: set }, edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c" } }),
    ) as object;
    const groups = { g: { label: "Checks", nodes: ["b", "n"] } };
    const tree = outlineOf(parseDocument(JSON.stringify({ ...text, notes: { n: { text: "\nWhy\nso" } }, groups })));
    expect(lines(tree)).toEqual(["Start", "  → a", "a", "  → b", "group Checks", "  b", "    → c", "  note Why", "c"]);
    expect(tree.parents.get("node b")).toMatchObject({ type: "group" });
  });

  test("a chain of ten thousand nodes is no deeper than one", () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
    const edges = Object.fromEntries(ids.map((id, index) => [`e${index}`, `${ids[index - 1] ?? "@start"} -> ${id}`]));
    expect(outlined({ nodes: Object.fromEntries(ids.map((id) => [id, set])), edges }).roots).toHaveLength(10_001);
  });
});

describe("a row of the outline", () => {
  const tree = outlined({ nodes: { a: {}, s: { kind: "subgraph", graph: "./s" } }, edges: { e1: "@start -> a" } });
  const [start, a, s] = tree.roots;
  const edge = tree.children.get("node @start")?.[0];

  test("has the icon of its kind and a menu that fits", () => {
    expect([start, a, s, edge].map((entry) => entry && [outlineIcon(entry), outlineContext(entry, false)])).toEqual([
      ["play-circle", "start"],
      ["code", "node.handler"],
      ["type-hierarchy-sub", "node.graph"],
      ["arrow-right", "edge"],
    ]);
    expect(a && outlineContext(a, true)).toBe("inside");
  });

  test("says what is known of its node: state, problems, breakpoints", () => {
    const breakpoint = { at: "before", kind: "plain", enabled: true, text: "" } as const;
    const facts = new OutlineFacts({
      nodes: { a: { status: "running" } },
      problems: [{ severity: "warning", code: "EXPRESSION", message: "", range: { start: 0, end: 1 }, node: "a" }],
      breakpoints: { nodes: { a: [breakpoint] }, edges: {} },
      isDisabled: (node) => node === "s",
    });
    const known = a === undefined ? nothingKnown : facts.of(a);
    expect(known).toEqual({ run: "running", problems: ["warning"], breakpoints: [breakpoint], disabled: false });
    expect(stateColor(known)).toBe("list.warningForeground");
    expect(stateColor({ ...known, problems: [] })).toBe("charts.green");
    expect(stateColor({ ...known, run: "failed" })).toBe("list.errorForeground");
    expect(s && facts.of(s)).toEqual({ ...nothingKnown, disabled: true });
    expect(edge && facts.of(edge)).toEqual(nothingKnown);
  });
});
