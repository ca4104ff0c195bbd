import { expect, test } from "vitest";
import { actionOf, type KeyAction } from "../../../webview/canvas/keys.js";
import { paletteItems } from "../../../webview/canvas/palette-items.js";
import { along, neighbour } from "../../../webview/canvas/walk.js";
import { spokenMicros, spokenMs } from "../../../webview/nodes/duration.js";
import { edge, graphOf, node } from "../../webview/samples.js";

function check(keys: string, expected: KeyAction | undefined): void {
  test(`${keys} on the canvas`, () => {
    const parts = keys.split("+");
    const press = {
      key: parts.at(-1) ?? "",
      ctrlKey: parts.includes("Ctrl"),
      metaKey: parts.includes("Cmd"),
      shiftKey: parts.includes("Shift"),
      altKey: parts.includes("Alt"),
    };
    expect(actionOf(press)).toEqual(expected);
  });
}

check("Tab", { type: "add" });
check("Shift+Tab", undefined);
check("Delete", { type: "delete" });
check("Backspace", { type: "delete" });
check("Ctrl+a", { type: "select-all" });
check("a", undefined);
check("Cmd+z", { type: "undo" });
check("Ctrl+Shift+Z", { type: "redo" });
check("Ctrl+y", { type: "redo" });
check("Ctrl+Alt+z", undefined);
check("ArrowUp", { type: "walk", direction: "up" });
check("Ctrl+ArrowUp", { type: "nudge", direction: "up" });
check("Shift+ArrowLeft", { type: "follow", way: "upstream" });
check("Shift+ArrowUp", undefined);
check("Ctrl+1", { type: "fit" });
check("Ctrl+0", { type: "actual-size" });
check("Ctrl+f", { type: "find" });
check("F3", { type: "find-next", way: 1 });
check("Shift+F3", { type: "find-next", way: -1 });
check("Ctrl+F3", undefined);
check("Ctrl+d", { type: "duplicate" });
check("Ctrl+Delete", { type: "take-out" });
check("Cmd+Backspace", { type: "take-out" });
check("d", { type: "bypass" });
check("F5", undefined);

const graph = graphOf(
  [node("a"), node("near", {}, [300, 60]), node("far", {}, [600, 0]), node("below", {}, [40, 200])],
  [edge("e1", "@start", "a"), edge("e2", "a", "far")],
);

test("arrows lead to the nearest in their direction", () => {
  const from = (["left", "right", "up", "down"] as const).map((direction) => neighbour(graph, "a", direction));
  expect(from).toEqual(["@start", "near", undefined, "below"]);
});

test("Shift and arrows lead along the edges", () => {
  expect([along(graph, "a", "downstream"), along(graph, "a", "upstream"), along(graph, "near", "upstream")]).toEqual([
    "far",
    "@start",
    undefined,
  ]);
});

test("the palette finds kinds, or names a new node", () => {
  const shown = (typed: string): string[] => paletteItems(typed).map(({ look, name }) => `${look.kind}:${name ?? ""}`);
  expect(shown("")).toEqual(["code:", "expression:", "barrier:", "http:", "map:", "subgraph:"]);
  expect(shown("CEL")).toEqual(["expression:"]);
  expect(shown(" Fetch orders ")).toEqual([
    "code:Fetch orders",
    "expression:Fetch orders",
    "barrier:Fetch orders",
    "http:Fetch orders",
    "map:Fetch orders",
    "subgraph:Fetch orders",
  ]);
});

test("durations are short", () => {
  expect([0.42, 38.4, 1204, 125_000].map(spokenMs)).toEqual(["0.4 ms", "38 ms", "1.2 s", "2 m 5 s"]);
  expect([38, 1234].map(spokenMicros)).toEqual(["38 µs", "1.2 ms"]);
});
