import fc from "fast-check";
import { expect, test } from "vitest";
import { TextPlaces, type EntryPlace } from "../../../extension/debug/adapter/text-places.js";
import { Anchors, type Marker } from "../../../extension/debug/breakpoints/anchors.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";

/** A graph with a node on each line, from line 2 on. */
function graph(...nodes: readonly string[]): ParsedDocument {
  const entries = nodes.map((id) => `    "${id}": { "kind": "barrier", "prompt": "${id[0] ?? ""}" }`);
  return parseDocument(`{ "patchbay": 1,\n  "nodes": {\n${entries.join(",\n")}\n  } }`);
}

const before = (node: string): EntryPlace => ({ at: "before", node });

/** Breakpoints that were set in one text, and where they are to stand in the next; `tracked`: where VS Code itself has put them meanwhile. */
function check(
  name: string,
  set: readonly (readonly [id: string, line: number, column?: number])[],
  [from, to]: readonly [ParsedDocument, ParsedDocument],
  expected: Readonly<Record<string, readonly [line: number, column: number] | "gone">>,
  tracked: Readonly<Record<string, number>> = {},
): void {
  test(name, () => {
    const markers = set.map(([id, line, column = 0]): Marker => ({ id, line, column }));
    const anchors = new Anchors();
    anchors.learn(new TextPlaces(from), markers);
    const now = markers.map((marker) => ({ ...marker, line: tracked[marker.id] ?? marker.line }));
    const moves = anchors
      .moves(from, new TextPlaces(to), now)
      .map(({ id, to: at }) => [id, at === undefined ? "gone" : [at.line, at.column]]);
    expect(Object.fromEntries(moves)).toEqual(expected);
  });
}

const abc = graph("a", "b", "c");
check("nothing moves where nothing has changed", [["1", 2], ["2", 4]], [abc, graph("a", "b", "c")], {}); // prettier-ignore
check("a node that comes before it moves a breakpoint on", [["1", 3]], [abc, graph("x", "a", "b", "c")], { 1: [4, 0] });
check("but not where VS Code has moved it already", [["1", 3]], [abc, graph("x", "a", "b", "c")], {}, { 1: 4 });
check(
  "nodes in another order take theirs along",
  [
    ["1", 2],
    ["2", 4],
  ],
  [abc, graph("c", "b", "a")],
  { 1: [4, 0], 2: [2, 0] },
);
const brace = `    "a": { "kind": "barrier", "prompt": "a" }`.length - 1;
check("so does one that stops after its node", [["1", 2, brace]], [abc, graph("b", "a", "c")], { 1: [3, brace] });
check("that of a node that is gone stands beside all others", [["1", 3]], [abc, graph("a", "c")], { 1: [1, 0] });
check(
  "two of them do not stand at one position",
  [
    ["1", 2],
    ["2", 3],
  ],
  [abc, graph("c", "x")],
  { 1: [1, 0], 2: [1, 1] },
);
check("that of a node that is gone is not that of another which comes to its line", [["1", 3]], [abc, graph("a", "x", "c")], { 1: [1, 0] });
check("an id that is edited where it stands keeps its breakpoint", [["1", 3]], [abc, graph("a", "bee", "c")], {});
check(
  "one that came to stand at its place meanwhile goes",
  [
    ["1", 2],
    ["2", 2],
  ],
  [abc, graph("b", "a", "c")],
  { 2: "gone" },
  { 1: 3 },
);

test("a node that comes back has its breakpoint again", () => {
  const anchors = new Anchors();
  anchors.learn(new TextPlaces(abc), [{ id: "1", line: 3, column: 0 }]);
  const gone = graph("a", "c");
  expect(anchors.moves(abc, new TextPlaces(gone), [{ id: "1", line: 3, column: 0 }])).toEqual([{ id: "1", to: { line: 1, column: 0 } }]);
  expect(anchors.get("1")).toEqual(before("b"));
  expect(anchors.moves(gone, new TextPlaces(abc), [{ id: "1", line: 1, column: 0 }])).toEqual([{ id: "1", to: { line: 3, column: 0 } }]);
});

test("an id that was edited has the breakpoint from then on", () => {
  const anchors = new Anchors([["1", before("b")]]);
  anchors.moves(abc, new TextPlaces(graph("a", "bee", "c")), [{ id: "1", line: 3, column: 0 }]);
  expect(anchors.get("1")).toEqual(before("bee"));
});

test("what is known from an earlier window counts more than where a breakpoint stands", () => {
  const anchors = new Anchors([["1", before("c")]]);
  const markers = [{ id: "1", line: 2, column: 0 }];
  anchors.learn(new TextPlaces(abc), markers);
  expect(anchors.moves(undefined, new TextPlaces(abc), markers)).toEqual([{ id: "1", to: { line: 4, column: 0 } }]);
});

test("however nodes come, go and change places, each breakpoint stands at its node, or at none", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const some = fc.shuffledSubarray(ids, { minLength: 1 });
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(9), { maxLength: 8 }), (texts, drift) => {
      let last = graph(...ids);
      const anchors = new Anchors();
      let markers: readonly Marker[] = ids.map((id, index) => ({ id: `of ${id}`, line: 2 + index, column: 0 }));
      anchors.learn(new TextPlaces(last), markers);
      for (const [index, nodes] of texts.entries()) {
        const next = graph(...nodes);
        const tracked = markers.map((marker, at) => ({ ...marker, line: (drift[(index + at) % drift.length] ?? 0) + marker.line }));
        const moves = new Map(anchors.moves(last, new TextPlaces(next), tracked).map(({ id, to }) => [id, to]));
        markers = tracked.map((marker) => ({ ...marker, ...moves.get(marker.id) }));
        const places = new TextPlaces(next);
        for (const marker of markers) {
          const node = marker.id.slice("of ".length);
          expect(places.placeAt(marker)).toEqual(nodes.includes(node) ? before(node) : undefined);
        }
        last = next;
      }
    }),
    { examples: [[[["b", "a"]], [1]]] },
  );
});
