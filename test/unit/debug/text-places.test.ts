import { expect, test } from "vitest";
import { TextPlaces, type EntryPlace } from "../../../extension/debug/adapter/text-places.js";
import { parseDocument } from "../../../runtime/document/parse.js";

const lines = [
  `{ "patchbay": 1,`,
  `  "nodes": {`,
  `    "one": { "kind": "barrier", "prompt": "?" },`,
  `    "two": {`,
  `      "kind": "barrier",`,
  `      "prompt": "?"`,
  `    }`,
  `  },`,
  `  "edges": { "in": { "from": "@start", "to": "one" }, "on": { "from": "one", "to": "two" } }`,
  `}`,
];
const text = lines.join("\n");
const places = new TextPlaces(parseDocument(text));
const end = (line: number, of: string): number => (lines[line] ?? "").indexOf("}", (lines[line] ?? "").indexOf(of));

function check(name: string, [line, column]: readonly [number, number], expected: EntryPlace | undefined, mode?: string): void {
  test(`${name} stops ${expected === undefined ? "nothing" : `${expected.at} it`}`, () =>
    expect(places.placeAt({ line, column }, mode)).toEqual(expected));
}

check("the line of a node", [2, 0], { at: "before", node: "one" });
check("a column in its line", [2, 12], { at: "before", node: "one" });
check("its closing brace", [2, end(2, "one")], { at: "after", node: "one" });
check("a column behind it", [2, end(2, "one") + 1], { at: "before", node: "one" });
check("the first line of a node that is written over several", [3, 0], { at: "before", node: "two" });
check("a line inside of it", [4, 0], { at: "before", node: "two" });
check("the line that closes it", [6, 0], { at: "after", node: "two" });
check("the same, at its column", [6, 4], { at: "after", node: "two" });
check("a line between entries", [7, 0], undefined);
check("a line of two edges", [8, 0], { at: "taken", edge: "in" });
check("the second of them", [8, (lines[8] ?? "").indexOf(`"on"`)], { at: "taken", edge: "on" });
check("the end of the first of them", [8, end(8, `"in"`)], { at: "tested", edge: "in" });
check("a line that is not there", [40, 0], undefined);
check("a mode of nodes", [2, 0], { at: "after", node: "one" }, "after");
check("a mode that says the contrary of the column", [6, 4], { at: "before", node: "two" }, "before");
check("a mode of edges", [8, 0], { at: "tested", edge: "in" }, "tested");
check("a mode of edges at a node", [2, 0], { at: "before", node: "one" }, "tested");

const all: readonly EntryPlace[] = [
  ...["one", "two"].flatMap((node) => [{ at: "before", node } as const, { at: "after", node } as const]),
  ...["in", "on"].flatMap((edge) => [{ at: "taken", edge } as const, { at: "tested", edge } as const]),
];

test("where a breakpoint is put for something is a place that stops at it, and none stands where another does", () => {
  const positions = all.map((place) => places.positionOf(place) ?? { line: -1, column: 0 });
  expect(positions.map((position) => places.placeAt(position))).toEqual(all);
  expect(new Set(positions.map(({ line, column }) => `${line}:${column}`)).size).toBe(all.length);
});

test("what is written nowhere has no place", () => {
  expect(places.positionOf({ at: "before", node: "three" })).toBeUndefined();
  expect(places.positionOf({ at: "taken", edge: "one" })).toBeUndefined();
});

test("breakpoints can stand where an entry begins, on the lines inside of it, and where it ends", () => {
  expect(places.stops(2, 6)).toEqual([
    { line: 2, column: 0 },
    { line: 2, column: end(2, "one") },
    { line: 3, column: 0 },
    { line: 4, column: 0 },
    { line: 5, column: 0 },
    { line: 6, column: 4 },
  ]);
  expect(places.stops(7, 7)).toEqual([]);
});
