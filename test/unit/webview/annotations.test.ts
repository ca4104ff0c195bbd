import { expect, test } from "vitest";
import type { Intent } from "../../../runtime/document/intent.js";
import { groupIntents } from "../../../webview/canvas/annotations/annotation-intents.js";
import { boxOfGroup, boxesOf, movesOf } from "../../../webview/canvas/annotations/boxes.js";
import { emphasised, plainWords } from "../../../webview/canvas/annotations/emphasis.js";
import { regrouped, regroupIntents } from "../../../webview/canvas/annotations/membership.js";
import { namesOf, spokenRegrouping } from "../../../webview/canvas/annotations/spoken-annotations.js";
import { copiedText, pasted } from "../../../webview/canvas/clipboard.js";
import { find } from "../../../webview/canvas/find.js";
import { createProjection } from "../../../webview/canvas/projection.js";
import { moveIntents, removeIntents } from "../../../webview/canvas/to-intents.js";
import { neighbour } from "../../../webview/canvas/walk.js";
import type { GraphView } from "../../../webview/protocol/views.js";
import { everything, pruned } from "../../../webview/store/selection.js";
import { applyIntents } from "../../../webview/store/optimistic.js";
import type { CanvasState } from "../../../webview/store/state.js";
import { edge, graphOf, group, node, note, runOf } from "../../webview/samples.js";

const graph: GraphView = graphOf(
  [node("a", {}, [0, 0]), node("b", {}, [300, 0]), node("c", {}, [1000, 0]), node("d", {}, [1000, 600])],
  [edge("e1", "a", "b")],
  {
    notes: [note("n", "Why **so**", [0, 100, 200, 80])],
    groups: [group("g", ["a", "b", "n"], { label: "First" }), group("h", ["c"], { label: "Second" })],
  },
);

test("a frame is around its members, with room for its header", () => {
  const [first] = graph.groups;
  if (first === undefined) throw new Error("no group");
  expect(boxOfGroup(first.members, boxesOf(graph))).toEqual([-20, -40, 560, 240]);
  expect(boxOfGroup(["b"], boxesOf(graph, { b: [320, 20] }))).toEqual([300, -20, 260, 120]);
  expect(boxOfGroup(["gone"], boxesOf(graph))).toBeUndefined();
});

test("a frame that moves takes its members along, whatever else moves", () => {
  expect(movesOf(graph, { g: [20, 20], d: [0, 0] })).toEqual({ a: [40, 60], b: [340, 60], n: [40, 160], d: [0, 0] });
  expect(moveIntents(graph, { h: [980, 0] })).toEqual([{ type: "node/move", positions: { c: [1000, 40] } }]);
});

test.each<[string, Record<string, readonly [number, number]>, readonly (readonly [string, string | undefined])[]]>([
  ["into a frame", { d: [100, 100] }, [["d", "g"]]],
  ["from one frame into another", { a: [1000, 10] }, [["a", "h"]]],
  ["out of a frame, touching it", { b: [500, 0] }, []],
  ["out of a frame, beyond it", { b: [600, 0] }, [["b", undefined]]],
  ["with all of its group", { a: [2000, 0], b: [2300, 0], n: [2000, 100] }, []],
  ["the only member of its group, into a frame", { c: [0, 0] }, []],
  ["beside all frames", { d: [1000, 900] }, []],
  ["a note, beyond its frame", { n: [0, 400] }, [["n", undefined]]],
  ["a terminal, into a frame", { "@start": [100, 100] }, []],
])("what is dragged %s", (_name, drag, expected) => {
  expect([...regrouped(graph, drag)]).toEqual(expected);
});

test("a drop edits the groups that it changes, once each", () => {
  const intents = regroupIntents(
    graph,
    new Map([
      ["a", "h"],
      ["n", undefined],
      ["d", "h"],
    ]),
  );
  expect(intents).toEqual<Intent[]>([
    { type: "group/update", id: "g", patch: { nodes: ["b"] } },
    { type: "group/update", id: "h", patch: { nodes: ["c", "a", "d"] } },
  ]);
  expect(applyIntents(graph, intents).groups.map(({ id, members }) => [id, members])).toEqual([
    ["g", ["b"]],
    ["h", ["c", "a", "d"]],
  ]);
  expect(spokenRegrouping(graph, new Map([["d", "h"]]))).toBe("1 member added to the group Second");
});

test("a group is made of what is selected, with what is in groups among it", () => {
  expect(groupIntents(graph, { nodes: ["h", "d", "@end"], edges: [] })?.intents).toEqual([
    { type: "group/add", id: "group", fields: { label: "Group", nodes: ["c", "d"] } },
  ]);
  expect(groupIntents(graph, { nodes: ["h"], edges: [] })).toBeUndefined();
  expect(groupIntents(graph, { nodes: ["@end"], edges: ["e1"] })).toBeUndefined();
});

test("what is deleted: notes and nodes go, groups let go of what is in them", () => {
  const intents = removeIntents(graph, { nodes: ["g", "n", "c"], edges: [] });
  expect(intents).toEqual<Intent[]>([
    { type: "group/remove", ids: ["g"] },
    { type: "note/remove", ids: ["n"] },
    { type: "node/remove", ids: ["c"] },
  ]);
  const after = applyIntents(graph, intents);
  expect([after.nodes.map(({ id }) => id), after.notes, after.groups]).toEqual([["a", "b", "d"], [], []]);
});

test("notes and groups are copied with what is in them, and pasted under other ids", () => {
  const text = copiedText(graph, { nodes: ["g"], edges: [] }) ?? "";
  const added = pasted(graph, text);
  expect(added?.intents).toEqual([
    { type: "node/add", id: "a2", fields: graph.nodes[0]?.fields, position: [40, 40] },
    { type: "node/add", id: "b2", fields: graph.nodes[1]?.fields, position: [340, 40] },
    { type: "edge/add", id: "e12", fields: { from: "a2", to: "b2" } },
    { type: "note/add", id: "n2", fields: { text: "Why **so**" }, box: [40, 140, 200, 80] },
    { type: "group/add", id: "g2", fields: { label: "First", nodes: ["a2", "b2", "n2"] } },
  ]);
  expect(pasted(graphOf([], []), copiedText(graph, { nodes: ["n"], edges: [] }) ?? "", [100, 40])?.intents).toEqual([
    { type: "note/add", id: "n", fields: { text: "Why **so**" }, box: [0, 0, 200, 80] },
  ]);
  expect(JSON.parse(copiedText(graph, { nodes: ["a"], edges: [] }) ?? "")).not.toHaveProperty("groups");
});

test("words of notes and names of groups are found", () => {
  expect(find(graph, "why")).toEqual([{ node: "n" }]);
  expect(find(graph, "second")).toEqual([{ node: "h" }]);
});

test("arrows lead to notes, and up to the header of a frame", () => {
  expect(neighbour(graph, "a", "down")).toBe("n");
  expect(neighbour(graph, "c", "up")).toBe("h");
  expect(neighbour(graph, "h", "down")).toBe("c");
});

test("all that stands on the canvas can be selected, and is let go when it is gone", () => {
  expect(everything(graph).nodes).toEqual(["@start", "@end", "a", "b", "c", "d", "n", "g", "h"]);
  expect(pruned({ nodes: ["g", "n", "zz"], edges: [] }, graph).nodes).toEqual(["g", "n"]);
});

test("emphasis is what stands against words", () => {
  expect(emphasised("**a b** and *c*, `d*e*`")).toEqual([
    { look: "bold", text: "a b" },
    { look: "plain", text: " and " },
    { look: "italic", text: "c" },
    { look: "plain", text: ", " },
    { look: "code", text: "d*e*" },
  ]);
  expect(plainWords("2 * 3 * 4, a ** b, `\n`, **, *x")).toBe("2 * 3 * 4, a ** b, `\n`, **, *x");
  expect(namesOf(graph, ["n", "gone", "a"])).toEqual([
    { id: "n", name: "Why so" },
    { id: "a", name: "a" },
  ]);
});

test("what is behind the cards keeps its objects while something else moves", () => {
  const project = createProjection();
  const state = (drag?: CanvasState["drag"]): CanvasState =>
    ({
      shown: graph,
      run: runOf(),
      compile: {},
      debug: { nodes: {}, edges: {} },
      selection: { nodes: [], edges: [] },
      drag,
    }) as unknown as CanvasState;
  const before = project(state());
  expect(before.behind.map(({ id, type }) => [id, type])).toEqual([
    ["g", "frame"],
    ["h", "frame"],
    ["n", "note"],
  ]);
  const after = project(state({ d: [1000, 900] }));
  expect(after.behind).toBe(before.behind);
  const moved = project(state({ c: [1020, 0] }));
  expect(moved.behind.map((each, index) => each === before.behind[index])).toEqual([true, false, true]);
  expect(moved.behind[1]?.data).toBe(before.behind[1]?.data);
});
