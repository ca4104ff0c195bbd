import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import { drawingOf } from "../../../runtime/picture/drawing.js";
import { mermaidOf } from "../../../runtime/picture/mermaid.js";
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
  const depths = [...svg.matchAll(/V (\d+)/g)].map(([, depth]) => Number(depth));
  expect(Math.max(...depths)).toBeGreaterThan(560);
});

test.each(["", "{", "[]", '{ "nodes": { "a": null } }'])("what is no graph has a picture of what could be read: %j", (text) => {
  const drawing = drawingOf(parseDocument(text), "none");
  expect(drawing.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(["@start", "@end"]));
  expect(svgOf(drawing)).toContain("</svg>");
  expect(mermaidOf(drawing)).toContain("flowchart LR");
});
