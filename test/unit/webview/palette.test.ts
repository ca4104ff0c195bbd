import { describe, expect, test } from "vitest";
import type { Intent } from "../../../runtime/document/intent.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { chosenIntents } from "../../../webview/canvas/palette/chosen.js";
import { labelOf } from "../../../webview/canvas/palette/entries.js";
import { fit } from "../../../webview/canvas/palette/fuzzy.js";
import { movedTo } from "../../../webview/canvas/palette/moved-to.js";
import { rowsOf, sections, SHOWN } from "../../../webview/canvas/palette/sections.js";
import { snippets } from "../../../webview/canvas/palette/snippets.js";
import { kindOf } from "../../../webview/nodes/kinds.js";
import type { PaletteView } from "../../../webview/protocol/palette.js";
import { applyIntents } from "../../../webview/store/optimistic.js";
import { edge, graphOf, node } from "../../webview/samples.js";

const none: PaletteView = { handlers: [], graphs: [], snippets: [], recent: [], faults: [] };
const files = (...places: string[]): PaletteView["handlers"] => places.map((place) => ({ path: `./${place}`, place }));
const offers: PaletteView = {
  ...none,
  handlers: files("nodes/look-up-order.ts", "nodes/reload.ts", "lib/colour.ts", "nodes/sendMail.ts"),
  graphs: files("review.patchbay.json"),
};
const keys = (typed: string, view = offers): string[] => rowsOf(sections(typed, view)).map(({ entry }) => entry.key);

describe("letters", () => {
  const marked = (typed: string, text: string): string | undefined => {
    const at = fit(typed, text)?.at;
    return at === undefined
      ? undefined
      : text
          .split("")
          .map((letter, index) => (at.includes(index) ? `[${letter}]` : letter))
          .join("")
          .replaceAll("][", "");
  };
  test.each([
    ["luo", "Look up order", "[L]ook [u]p [o]rder"],
    ["lookord", "Look up order", "[Look] up [ord]er"],
    ["order look", "Look up order", "[Look] up [order]"],
    ["sm", "sendMail", "[s]end[M]ail"],
    ["mail", "sendMail", "send[Mail]"],
    ["expr", "Expression", "[Expr]ession"],
    ["xrs", "Expression", undefined],
    ["xyz", "Look up order", undefined],
    ["lookx", "Look up order", undefined],
    ["", "anything", "anything"],
    ["istanbul", "İstanbul", undefined], // its letters fold into more than there are
  ])("%j in %j", (typed, text, expected) => expect(marked(typed, text)).toBe(expected));

  test.each([
    ["lo", ["Look up order", "Reload"]],
    ["map", ["Map", "Road map", "Remap"]],
    ["order", ["Order", "Order lookup", "Reorder"]],
  ])("%j ranks %j", (typed, texts) => {
    const ranked = [...texts].reverse().sort((a, b) => (fit(typed, b)?.score ?? 0) - (fit(typed, a)?.score ?? 0));
    expect(ranked).toEqual(texts);
  });
});

describe("sections", () => {
  test("with nothing typed there is everything, in one order", () => {
    expect(sections("", offers).map(({ title, rows }) => [title, rows.length])).toEqual([
      ["Kinds", 7],
      ["Snippets", 4],
      ["Handlers", 4],
      ["Graphs", 1],
    ]);
  });

  test("what was chosen lately stands first, once, as long as it is there", () => {
    const shown = keys("", { ...offers, recent: ["handler:nodes/reload.ts", "kind:http", "handler:nodes/gone.ts"] });
    expect(shown.slice(0, 2)).toEqual(["handler:nodes/reload.ts", "kind:http"]);
    expect(shown.filter((key) => key === "kind:http")).toHaveLength(1);
  });

  test("the section with the best line comes first, and its best line first of all", () => {
    expect(keys("barr")[0]).toBe("kind:barrier");
    expect(keys("look")[0]).toBe("handler:nodes/look-up-order.ts");
    expect(keys("review")[0]).toBe("graph:review.patchbay.json");
    expect(keys("CEL")).toEqual(["kind:expression"]);
    expect(keys("retry")[0]).toBe("snippet:Retry with fallback");
    expect(keys("nodes/re")[0]).toBe("handler:nodes/reload.ts");
    expect(keys("o", { ...offers, recent: ["handler:lib/colour.ts"] }).length).toBeGreaterThan(0);
  });

  test("what names no kind can name a node, behind what was found", () => {
    expect(keys(" Fetch orders ")).toEqual([
      "named:code",
      "named:expression",
      "named:barrier",
      "named:http",
      "named:map",
      "named:subgraph",
    ]);
    const shown = sections("look up order", offers);
    expect(shown.map(({ title }) => title)).toEqual(["Handlers", "New node of this name"]);
    expect(shown[1]?.rows[0]?.entry.title).toBe("Code “look up order”");
  });

  test("of a thousand handlers those that fit best are shown, and how many more there are", () => {
    const many = { ...none, handlers: files(...Array.from({ length: 1000 }, (_each, index) => `nodes/step-${String(index)}.ts`)) };
    for (const typed of ["", "step"]) {
      const handlers = sections(typed, many).find(({ title }) => title === "Handlers");
      expect([handlers?.rows.length, handlers?.more]).toEqual([SHOWN, 1000 - SHOWN]);
    }
    expect(keys("step-999", many)[0]).toBe("handler:nodes/step-999.ts");
  });
});

test.each([
  ["nodes/look-up_order.ts", "Look up order"],
  ["sendMail.mjs", "Send mail"],
  ["graphs/refund.patchbay.json", "Refund"],
  ["a/_.ts", "_"],
])("%s is called %s", (path, expected) => expect(labelOf(path)).toBe(expected));

test.each([
  ["ArrowDown", 9, 0],
  ["ArrowUp", 0, 9],
  ["PageDown", 4, 9],
  ["PageUp", 4, 0],
  ["Home", 5, 0],
  ["End", 5, 9],
  ["x", 5, undefined],
])("%s in the list", (key, from, to) => expect(movedTo(key, from, 10)).toBe(to));

describe("what is chosen", () => {
  const graph = graphOf(
    [node("a", {}, [0, 0]), node("b", {}, [320, 0]), node("c", {}, [640, 0])],
    [
      edge("e1", "@start", "a"),
      edge("e2", "a", "b", { when: "n > 1" }),
      edge("e3", "b", "c"),
      edge("e4", "c", "@end", { terminate: true }),
    ],
    { terminals: { start: [-160, 0], end: [960, 0] } },
  );
  const http = { type: "kind", look: kindOf("http") } as const;
  const at = (x: number, y: number) => ({ position: [x, y] as const });

  test("a handler becomes a code node that is called by its file", () => {
    const { intents, ids } = chosenIntents(graph, { type: "handler", path: "../lib/look-up-order.ts" }, at(0, 200));
    expect(ids).toEqual(["look_up_order"]);
    expect(intents).toEqual([
      {
        type: "node/add",
        id: "look_up_order",
        fields: { kind: "code", label: "Look up order", handler: "../lib/look-up-order.ts" },
        position: [0, 200],
      },
    ]);
  });

  test("a graph becomes a subgraph", () => {
    const { intents } = chosenIntents(graph, { type: "graph", path: "./review.patchbay.json" }, at(0, 200));
    expect(intents).toMatchObject([{ id: "review", fields: { kind: "subgraph", label: "Review", graph: "./review.patchbay.json" } }]);
  });

  test("onto an edge: the condition stays with its source, and what follows makes room", () => {
    const { intents } = chosenIntents(graph, http, { ...at(270, 0), edge: "e2" });
    expect(intents).toEqual([
      { type: "node/move", positions: { b: [600, 0], c: [920, 0], "@end": [1240, 0] } },
      { type: "node/add", id: "http", fields: { kind: "http", url: "https://example.com/" }, position: [300, 0] },
      { type: "edge/update", id: "e2", patch: { to: "http" } },
      { type: "edge/add", id: "e5", fields: { from: "http", to: "b" } },
    ]);
  });

  test("onto an edge with room nothing moves, and what ends the run still does", () => {
    const wide = { ...graph, terminals: { start: graph.terminals.start, end: [1600, 0] as [number, number] } };
    expect(chosenIntents(wide, http, { ...at(1120, 10), edge: "e4" }).intents).toEqual([
      { type: "node/add", id: "http", fields: { kind: "http", url: "https://example.com/" }, position: [1120, 20] },
      { type: "edge/update", id: "e4", patch: { to: "http", terminate: null } },
      { type: "edge/add", id: "e5", fields: { from: "http", to: "@end", terminate: true } },
    ]);
  });

  test("onto an edge that leads back nothing moves", () => {
    const back = { ...graph, edges: [...graph.edges, edge("e5", "c", "a", { when: "n < 3" })] };
    const { intents } = chosenIntents(back, http, { ...at(320, 160), edge: "e5" });
    expect(intents.map(({ type }) => type)).toEqual(["node/add", "edge/update", "edge/add"]);
  });

  test("a snippet on an edge is entered where nothing in it leads to, and left wherever it ends", () => {
    const ask = snippets.find(({ name }) => name.startsWith("Ask"));
    const { intents, ids } = chosenIntents(graph, { type: "snippet", text: ask?.text ?? "" }, { ...at(270, 0), edge: "e2" });
    expect(ids).toEqual(["ask", "approved", "rejected"]);
    const edges = intents.filter(({ type }) => type.startsWith("edge/"));
    expect(edges).toMatchObject([
      { fields: { from: "ask", to: "approved", on: "approve" } },
      { fields: { from: "ask", to: "rejected", on: "reject" } },
      { id: "e2", patch: { to: "ask" } },
      { fields: { from: "approved", to: "b" } },
      { fields: { from: "rejected", to: "b" } },
    ]);
    const after = applyIntents(graph, intents);
    const boxes = after.nodes.map(({ id, position: [x, y] }) => ({ id, x, y }));
    const covered = boxes.filter((a) => boxes.some((b) => a.id < b.id && Math.abs(a.x - b.x) < 220 && Math.abs(a.y - b.y) < 60));
    expect(covered).toEqual([]);
  });

  test("a snippet from a port is connected where it is entered, or left", () => {
    const loop = { type: "snippet", text: snippets.find(({ name }) => name.startsWith("Loop"))?.text ?? "" } as const;
    const behind = chosenIntents(graph, loop, { ...at(960, 200), looseEnd: { node: "c", port: "out" } }).intents;
    expect(behind.at(-1)).toMatchObject({ type: "edge/add", fields: { from: "c", to: "work" } });
    const before = chosenIntents(graph, loop, { ...at(-400, 200), looseEnd: { node: "a", port: "in" } }).intents;
    expect(before.at(-1)).toMatchObject({ type: "edge/add", fields: { from: "done", to: "a" } });
  });

  test.each(snippets.map(({ name, text }) => [name, text] as const))("%s is good as it is", (_name, text) => {
    const { intents, ids } = chosenIntents(graphOf([], []), { type: "snippet", text }, at(0, 0));
    const all: Intent[] = [...intents, { type: "edge/add", id: "begin", fields: { from: "@start", to: ids[0] ?? "" } }];
    const document = {
      patchbay: 1,
      channels: Object.fromEntries(all.flatMap((each) => (each.type === "channel/set" ? [[each.name, each.fields]] : []))),
      nodes: Object.fromEntries(all.flatMap((each) => (each.type === "node/add" ? [[each.id, each.fields]] : []))),
      edges: Object.fromEntries(all.flatMap((each) => (each.type === "edge/add" ? [[each.id, each.fields]] : []))),
    };
    expect(parseDocument(JSON.stringify(document)).problems.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(ids).toHaveLength(Object.keys(document.nodes).length);
  });
});
