import { expect, test } from "vitest";
import { BreakpointList } from "../../../extension/debug/adapter/breakpoint-list.js";
import type { Position } from "../../../extension/debug/adapter/places.js";
import type { EntryPlace } from "../../../extension/debug/adapter/text-places.js";
import { compile } from "../run/harness.js";

const PATH = "/graphs/main";
const { document, plan } = compile({ channels: {}, nodes: { a: {}, b: {} }, edges: { in: "@start -> a", on: "a -> b", out: "b -> @end" } });
const lineOf = (id: string): number => document.text.split("\n").findIndex((line) => line.includes(`"${id}": {`));

/** A list that counts from 0, and what it tells of breakpoints that people chose to stop elsewhere. */
function open(known: (position: Position) => EntryPlace | undefined = () => undefined) {
  const chosen: (readonly [number, EntryPlace])[] = [];
  const list = new BreakpointList(
    { toClient: (position) => position, toDebugger: (line, column = 0) => ({ line, column }) },
    {
      file: () => ({ path: PATH, name: "main", parsed: document }),
      plan: () => plan,
      placeAt: (_graph, position) => known(position),
      chosen: (_graph, { line }, place) => chosen.push([line, place]),
    },
  );
  return { list, chosen };
}

test("a mode that somebody chose counts more than what is known, and is told", () => {
  const { list, chosen } = open(() => ({ at: "before", node: "b" }));
  const [told] = list.setLines(PATH, [{ line: lineOf("a"), mode: "after" }]);
  expect(chosen).toEqual([[lineOf("a"), { at: "after", node: "a" }]]);
  expect(told).toMatchObject({ verified: true });
});

test("without one, what is known counts more than the line, and one whose node is gone says so", () => {
  const gone = open(() => ({ at: "before", node: "gone" }));
  expect(gone.list.setLines(PATH, [{ line: lineOf("a") }])).toMatchObject([{ verified: false, message: 'The graph has no node "gone".' }]);
  const moved = open(() => ({ at: "before", node: "b" }));
  expect(moved.list.setLines(PATH, [{ line: lineOf("a") }])).toMatchObject([{ verified: true, line: lineOf("b") }]);
  expect([...gone.chosen, ...moved.chosen]).toEqual([]);
});

test("what stops at the same is the same breakpoint, wherever it stands now; two of them are two", () => {
  let place: EntryPlace = { at: "before", node: "a" };
  const { list } = open(() => place);
  const [first] = list.setLines(PATH, [{ line: lineOf("a") }]);
  const again = list.setLines(PATH, [{ line: lineOf("b") }, { line: lineOf("out") }]);
  expect(again[0]?.id).toBe(first?.id);
  expect(again[1]?.id).not.toBe(first?.id);
  place = { at: "after", node: "a" };
  expect(list.setLines(PATH, [{ line: lineOf("a") }])[0]?.id).not.toBe(first?.id);
});
