import { expect, test } from "vitest";
import { actionOf, type KeyAction } from "../../../webview/canvas/keys.js";
import { along, neighbour } from "../../../webview/canvas/walk.js";
import { spokenMicros, spokenMs } from "../../../webview/nodes/duration.js";
import { edge, graphOf, node } from "../../webview/samples.js";

function check(keys: string, expected: KeyAction | undefined): void {
  test(`${keys} on the canvas`, () => {
    const parts = keys.split("+");
    const press = {
      key: parts.at(-1) ?? "",
      code: `Key${parts.at(-1)?.toUpperCase() ?? ""}`,
      ctrlKey: parts.includes("Ctrl"),
      metaKey: parts.includes("Cmd"),
      shiftKey: parts.includes("Shift"),
      altKey: parts.includes("Alt"),
    };
    expect(actionOf(press)).toEqual(expected);
  });
}

check("?", { type: "shortcuts" });
check("Shift+?", { type: "shortcuts" });
check("Ctrl+Enter", { type: "add-after" });
check("Tab", { type: "add" });
check("Shift+Tab", undefined);
check("Delete", { type: "delete" });
check("Backspace", { type: "delete" });
check("Ctrl+a", { type: "select-all" });
check("a", { type: "answer" });
check("Cmd+z", { type: "undo" });
check("Ctrl+Shift+Z", { type: "redo" });
check("Ctrl+y", { type: "redo" });
check("Ctrl+Alt+z", undefined);
check("ArrowUp", { type: "walk", direction: "up" });
check("Ctrl+ArrowUp", { type: "nudge", direction: "up" });
check("Shift+ArrowLeft", { type: "follow", way: "upstream" });
check("Shift+ArrowUp", { type: "follow", way: "upstream" });
check("Shift+ArrowDown", { type: "follow", way: "downstream" });
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
check("Shift+Alt+F", { type: "lay-out" });
check("Ctrl+Shift+Alt+F", undefined);
check("Alt+F", undefined);
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

test("durations are short", () => {
  expect([0.42, 38.4, 1204, 125_000].map(spokenMs)).toEqual(["0.4 ms", "38 ms", "1.2 s", "2 m 5 s"]);
  expect([38, 1234].map(spokenMicros)).toEqual(["38 µs", "1.2 ms"]);
});
check("Ctrl+Shift+E", { type: "fold" });
check("Alt+ArrowLeft", { type: "go", way: "back" });
check("Alt+ArrowRight", { type: "go", way: "forward" });
check("Alt+Shift+ArrowLeft", undefined);
check("Ctrl+Alt+ArrowLeft", undefined);
