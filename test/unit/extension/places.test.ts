import { describe, expect, test } from "vitest";
import { parseDocument } from "../../../runtime/index.js";
import { PlaceHistory } from "../../../extension/places/place-history.js";
import { Ways } from "../../../extension/places/ways.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";

const history = (most = 10): PlaceHistory<string> => new PlaceHistory(most, (a, b) => a === b);

describe("places", () => {
  test("are gone back to, and forward again", () => {
    const places = history();
    places.leave("a");
    places.leave("b");
    expect([places.goBack("c"), places.goBack("b"), places.goBack("a")]).toEqual(["b", "a", undefined]);
    expect([places.goForward("a"), places.goForward("b"), places.goForward("c")]).toEqual(["b", "c", undefined]);
    expect([places.canGoBack, places.canGoForward]).toEqual([true, false]);
  });

  test("that lay ahead are forgotten by a jump elsewhere", () => {
    const places = history();
    places.leave("a");
    places.goBack("b");
    expect(places.canGoForward).toBe(true);
    places.leave("a");
    expect(places.canGoForward).toBe(false);
  });

  test("are no step where somebody is already", () => {
    const places = history();
    places.leave("a");
    places.leave("b");
    places.leave("b");
    expect(places.goBack("b")).toBe("a");
    expect(places.canGoBack).toBe(false);
  });

  test("are forgotten, the oldest first, when there are many", () => {
    const places = history(2);
    for (const place of ["a", "b", "c"]) places.leave(place);
    expect([places.goBack("d"), places.goBack("c"), places.goBack("b")]).toEqual(["c", "b", undefined]);
  });
});

describe("the way to a graph", () => {
  const sub = (graph: string): object => ({ kind: "subgraph", graph, label: "Part" });
  const files: Readonly<Record<string, ShortGraph>> = {
    "/w/outer.patchbay.json": { nodes: { s: sub("./lib/middle.patchbay.json") }, edges: {} },
    "/w/other.patchbay.json": { nodes: { m: { kind: "map", over: "[1]", graph: "./lib/middle.patchbay.json" }, x: {} }, edges: {} },
    "/w/lib/middle.patchbay.json": { nodes: { t: sub("./inner.patchbay.json") }, edges: {} },
    "/w/lib/inner.patchbay.json": { nodes: { a: {} }, edges: {} },
  };
  const [outer, , middle, inner] = Object.keys(files) as [string, string, string, string];
  const ways = (): Ways =>
    new Ways({
      look: (_directory, file) => {
        const graph = files[file];
        return graph === undefined ? { found: "missing" } : { found: "file", document: parseDocument(graphText(graph)) };
      },
      users: () => Object.keys(files),
    });

  test("leads over the nodes from which graphs were opened", () => {
    const known = ways();
    const told: string[] = [];
    known.onDidChange((file) => told.push(file));
    known.came(middle, { file: outer, node: "s" });
    known.came(inner, { file: middle, node: "t" });
    expect(told).toEqual([middle, inner]);
    expect(known.view(inner, "")).toEqual({
      crumbs: [
        { graph: "Test", node: "Part" },
        { graph: "Test", node: "Part" },
      ],
      here: "inner",
      callers: 1,
    });
    expect(known.crumbs(inner).map(({ file, node }) => [file, node])).toEqual([
      [outer, "s"],
      [middle, "t"],
    ]);
  });

  test("ends where a graph was come to by itself, where a node is gone, and where it closes in a circle", () => {
    const known = ways();
    expect(known.view(outer, "Shop")).toEqual({ crumbs: [], here: "Shop", callers: 0 });
    known.came(inner, { file: middle, node: "gone" });
    expect(known.crumbs(inner)).toEqual([]);
    known.came(inner, { file: middle, node: "t" });
    known.came(middle, { file: inner, node: "a" });
    expect(known.crumbs(inner)).toHaveLength(1);
  });

  test("lists all nodes that run a graph", () => {
    expect(
      ways()
        .callers(middle)
        .map(({ title, label }) => `${title} ${label}`),
    ).toEqual(["Test m", "Test Part"]);
  });
});
