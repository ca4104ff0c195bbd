import { expect, test } from "vitest";
import { projectConflicts } from "../../../extension/bridge/project-conflicts.js";
import { parseDocument } from "../../../runtime/document/parse.js";

const document = (conflicts: unknown): string =>
  JSON.stringify({
    patchbay: 1,
    channels: { n: {} },
    nodes: { a: { kind: "expression", set: { n: "1" } } },
    edges: { e: { from: "@start", to: "a" } },
    conflicts,
    layout: { a: [0, 0], b: [40, 60] },
  });
const ways = [{ take: "theirs" as const, title: "Take Theirs" }];
const project = (conflicts: unknown) => projectConflicts(parseDocument(document(conflicts)), () => ways);

test("a conflict is told by what it is drawn on, its field and its three values", () => {
  expect(
    project([
      { at: "/nodes/a/set/n", base: "3", ours: "1", theirs: "2" },
      { at: "/edges/e", base: { from: "@start", to: "a" }, theirs: { from: "@start", to: "b" } },
      { at: "/channels/n/reducer", ours: "sum", theirs: "max" },
      { at: "/nodes/b/label", ours: "B", theirs: "Bee" },
    ]),
  ).toEqual([
    { at: "/nodes/a/set/n", node: "a", field: "set.n", name: "nodes.a.set.n", base: "3", ours: "1", theirs: "2", ways },
    { at: "/edges/e", edge: "e", field: "", name: "edges.e", base: { from: "@start", to: "a" }, theirs: { from: "@start", to: "b" }, ways },
    { at: "/channels/n/reducer", field: "reducer", name: "channels.n.reducer", ours: "sum", theirs: "max", ways },
    { at: "/nodes/b/label", node: "b", field: "label", name: "nodes.b.label", ours: "B", theirs: "Bee", ways, place: [40, 60] },
  ]);
});

test("a document without conflicts has none", () => {
  expect(project([])).toEqual([]);
  expect(project("nonsense")).toEqual([]);
});
