import { expect, test } from "vitest";
import { canvasAction } from "../../../webview/protocol/canvas-actions.js";
import { actionFor } from "../../../webview/canvas/asked.js";
import { arrangeIntents, type ArrangeAction } from "../../../webview/canvas/arrange/arrange.js";
import { graphOf, node } from "../../webview/samples.js";

const graph = graphOf([node("a", {}, [0, 0]), node("b", {}, [280, 100]), node("c", {}, [900, 340]), node("odd", {}, [37, 411])], [], {
  terminals: { start: [-160, 20], end: [1200, 0] },
});

function check(what: string, ids: readonly string[], action: ArrangeAction, expected: Readonly<Record<string, readonly number[]>>): void {
  test(what, () => {
    const intents = arrangeIntents(graph, ids, action);
    expect(intents).toEqual(Object.keys(expected).length === 0 ? [] : [{ type: "node/move", positions: expected }]);
  });
}

const three = ["a", "b", "c"];
check("left", three, { type: "align", to: "left" }, { b: [0, 100], c: [0, 340] });
check("right", three, { type: "align", to: "right" }, { a: [900, 0], b: [900, 100] });
check("centres", three, { type: "align", to: "centre" }, { a: [460, 0], b: [460, 100], c: [460, 340] });
check("top", three, { type: "align", to: "top" }, { b: [280, 0], c: [900, 0] });
check("bottom", three, { type: "align", to: "bottom" }, { a: [0, 340], b: [280, 340] });
check("middles, on the grid", three, { type: "align", to: "middle" }, { a: [0, 180], b: [280, 180], c: [900, 180] });
check("right, of a terminal and a card", ["@end", "c"], { type: "align", to: "right" }, { c: [1060, 340] });
check("equal gaps across", three, { type: "distribute", way: "across" }, { b: [460, 100] });
check("equal gaps down, whatever the order of the selection", ["c", "a", "b"], { type: "distribute", way: "down" }, { b: [280, 180] });
check("two nodes have no gap to share", ["a", "c"], { type: "distribute", way: "across" }, {});
check("one node is in line with itself", ["a"], { type: "align", to: "left" }, {});
check("what stands so already", ["a", "a"], { type: "align", to: "top" }, {});
check("onto the grid", ["odd", "a"], { type: "tidy" }, { odd: [40, 420] });
check("a node that is gone", ["a", "gone", "b"], { type: "align", to: "top" }, { b: [280, 0] });

test("every action that VS Code's menus ask for is one of the canvas", () => {
  const types = canvasAction.options.filter((action) => action !== "paste").map((action) => actionFor(action));
  const said = types.map(({ type }) => type).join(" ");
  expect(said).toBe(
    `add rename duplicate bypass delete take-out select-all fit shortcuts save-snippet${" align".repeat(6)} distribute distribute tidy add-note group ungroup`,
  );
  expect(actionFor("align-centre")).toEqual({ type: "align", to: "centre" });
});
