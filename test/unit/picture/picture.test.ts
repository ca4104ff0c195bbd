import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import { drawingOf } from "../../../runtime/picture/drawing.js";
import { mermaidOf } from "../../../runtime/picture/mermaid.js";
import { partOf } from "../../../runtime/picture/part.js";
import { pixelsOf } from "../../../runtime/picture/pixels.js";
import { svgOf } from "../../../runtime/picture/svg.js";

const drawn = (document: object, title = "") => drawingOf(parseDocument(JSON.stringify({ patchbay: 1, ...document })), title);

const graph = drawn(
  {
    nodes: {
      end: { kind: "code", handler: "./a.ts", label: 'Say "hi" & <go>' },
      ask: { kind: "barrier", prompt: "?" },
      odd: { kind: "unheard of" },
    },
    edges: {
      e1: { from: "@start", to: "end" },
      e2: { from: "end", to: "ask", when: "n > 1" },
      e3: { from: "ask", to: "end", on: "again" },
      e4: { from: "ask", to: "odd", on: "@error" },
      e5: { from: "ask", to: "@end", else: true, terminate: true },
      e6: { from: "odd", to: "odd", label: "once more", when: "true" },
      e7: { from: "odd", to: "nowhere" },
    },
    layout: { end: [200, 0], ask: [500, 200] },
  },
  "A graph",
);

test("a graph as a Mermaid flowchart: words are told apart from what means something there", () => {
  expect(mermaidOf(graph)).toBe(`---
title: "A graph"
---
flowchart LR
  n0(["start"])
  n1["Say #34;hi#34; #38; #60;go#62;"]
  n2{{"ask"}}
  n3["odd"]
  n4(["end"])
  n0 --> n1
  n1 -.->|"n #62; 1"| n2
  n2 -.->|"again"| n1
  n2 ==>|"on error"| n3
  n2 -.->|"else, ends the run"| n4
  n3 -.->|"once more"| n3
`);
});

const annotated = drawn({
  nodes: { a: { kind: "code", handler: "./a.ts" }, b: { kind: "code", handler: "./b.ts" } },
  edges: { e: { from: "a", to: "b" } },
  notes: { n: { text: "**Why** so\nand <not>\nelse, in many words that do not fit", color: "blue" }, lost: { text: "anywhere" } },
  groups: { g: { label: "Both & more", nodes: ["b", "n", "gone"], color: "red" }, empty: { nodes: ["gone"] } },
  layout: { a: [0, 0], b: [300, 0], n: [300, 100, 200, 60], "@start": [-200, 0], "@end": [800, 0] },
});

test("groups are subgraphs of a Mermaid flowchart, and notes its nodes in braces", () => {
  expect(mermaidOf(annotated)).toBe(`flowchart LR
  subgraph g0 ["Both #38; more"]
    n2["b"]
    n4@{ shape: braces, label: "**Why** so and #60;not#62; else, in many words that do not fit" }
  end
  n0(["start"])
  n1["a"]
  n3(["end"])
  n5@{ shape: braces, label: "anywhere" }
  n1 --> n2
`);
});

test("groups are frames around what is in them, in SVG, and notes have as many lines as they have room for", () => {
  const svg = svgOf(annotated);
  expect(svg).toContain(
    '<rect class="frame red" x="280" y="-40" width="260" height="220" rx="8"/><text class="label" x="292" y="-16">Both &amp; more</text>',
  );
  expect(all(svg, /<rect class="(note[^"]*" x="\S+" y="\S+)"/g)).toEqual(['note blue" x="300" y="100', 'note" x="0" y="200']);
  expect(all(svg, /<tspan[^>]*>([^<]*)</g)).toEqual(["Why so", "and &lt;not&gt;…", "anywhere"]);
  expect(svg.indexOf('class="frame')).toBeLessThan(svg.indexOf('class="edge'));
});

const all = (svg: string, pattern: RegExp): readonly string[] => [...svg.matchAll(pattern)].map(([, found = ""]) => found);

test("a graph as SVG: cards where the layout has them, an edge for each that has both ends, and words that are only words", () => {
  const svg = svgOf(graph);
  expect(all(svg, /<rect class="card" x="(\S+" y="\S+)"/g)).toContain('200" y="0');
  expect(all(svg, /<rect class="card" x="(\S+" y="\S+)"/g)).toContain('500" y="200');
  expect(all(svg, /<path class="edge (\w+)"/g)).toEqual(["plain", "conditional", "conditional", "error", "conditional", "conditional"]);
  expect(all(svg, /<text class="label"[^>]*>([^<]*)</g)).toEqual(["start", "Say &quot;hi&quot; &amp; &lt;go&gt;", "ask", "odd", "end"]);
  expect(all(svg, /<text class="words"[^>]*>([^<]*)</g)).toEqual(["n &gt; 1", "again", "on error", "else, ends the run", "once more"]);
});

test("an edge to what lies behind goes beneath what is between", () => {
  const nodes = { a: { kind: "expression", set: {} }, between: { kind: "expression", set: {} }, b: { kind: "expression", set: {} } };
  const layout = { a: [0, 0], between: [400, 500], b: [800, 0], "@start": [-200, 0], "@end": [1200, 0] };
  const svg = svgOf(drawn({ nodes, edges: { back: { from: "b", to: "a" } }, layout }));
  const [, way = ""] = /<path class="edge plain" d="([^"]*)"/.exec(svg) ?? [];
  const depths = [...way.matchAll(/,(\d+)/g)].map(([, depth]) => Number(depth));
  expect(Math.max(...depths)).toBeGreaterThan(560);
});

test.each(["", "{", "[]", '{ "nodes": { "a": null } }'])("what is no graph has a picture of what could be read: %j", (text) => {
  const drawing = drawingOf(parseDocument(text), "none");
  expect(drawing.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(["@start", "@end"]));
  expect(svgOf(drawing)).toContain("</svg>");
  expect(mermaidOf(drawing)).toContain("flowchart LR");
});

test("a part of a graph is drawn with what lies between its nodes, and the groups that it makes up", () => {
  const part = partOf(annotated, ["a", "b", "n"]);
  expect(part.nodes.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(part.edges).toHaveLength(1);
  expect([part.notes.map(({ id }) => id), part.groups.map(({ id }) => id)]).toEqual([["n"], ["g"]]);
  expect(partOf(annotated, ["b"])).toMatchObject({ edges: [], notes: [], groups: [] });
  expect(partOf(annotated, ["g"]).nodes.map(({ id }) => id)).toEqual(["b"]);
  expect(svgOf(partOf(annotated, []))).toContain("</svg>");
});

test("a picture is coloured for a theme, or as its reader prefers, and has a ground or none", () => {
  expect(svgOf(graph)).toContain("@media (prefers-color-scheme: dark)");
  expect(svgOf(graph)).toContain('class="page"');
  expect(svgOf(graph, { scheme: "dark", transparent: false })).toContain("@media all");
  const clear = svgOf(graph, { scheme: "light", transparent: true });
  expect(clear).toContain("@media not all");
  expect(clear).not.toContain('class="page"');
});

test("a picture has as many pixels as can be drawn at most", () => {
  expect(pixelsOf({ width: 300, height: 100 }, 2)).toEqual({ width: 600, height: 200, scale: 2 });
  expect(pixelsOf({ width: 20_000, height: 100 }, 2)).toMatchObject({ width: 16_384, height: 81 });
  const large = pixelsOf({ width: 16_000, height: 30_000 }, 2);
  expect(large.width * large.height).toBeLessThanOrEqual(2 ** 28);
});

test("a graph that runs downwards is placed and drawn so", () => {
  const text = JSON.stringify({
    patchbay: 1,
    nodes: { a: { kind: "expression", set: {} }, b: { kind: "expression", set: {} } },
    edges: { e1: { from: "@start", to: "a" }, e2: { from: "a", to: "b" }, e3: { from: "b", to: "a", when: "true" } },
  });
  const drawing = drawingOf(parseDocument(text), "", "top-to-bottom");
  expect(drawing.nodes.map(({ id, at }) => [id, at])).toEqual([
    ["@start", [0, 0]],
    ["a", [0, 140]],
    ["b", [0, 280]],
    ["@end", [0, 420]],
  ]);
  expect(mermaidOf(drawing)).toContain("flowchart TB");
  const ways = [...svgOf(drawing).matchAll(/<path class="edge \w+" d="([^"]*)"/g)].map(([, way]) => way);
  expect(ways[1]).toBe("M 110,200 C 110,240 110,240 110,280");
  expect(ways[2]).toContain(" 260,"); // at the right of both
});
