import { expect, test } from "vitest";
import { toFlow, type Projected, type Scene } from "../../../webview/canvas/to-flow.js";
import { changedPart } from "../../../webview/picture/changed-part.js";
import { Outlines } from "../../../webview/picture/outlines.js";
import { edge, graphOf, sceneOf, node, runOf } from "../../webview/samples.js";

const graph = graphOf([node("a"), node("b", {}, [400, 0]), node("c", {}, [0, 1000])], [edge("ab", "a", "b")]);
const scene: Scene = sceneOf(graph);
const shown = (flow: Projected, outlines: Outlines) => ({ flow, outlines: outlines.of(flow) });

test("nothing differs between a picture and itself", () => {
  const flow = toFlow(scene);
  const outlines = new Outlines();
  expect(changedPart(shown(flow, outlines), shown(toFlow({ ...scene }, flow), outlines), 1)).toBeUndefined();
});

test("a node that moves differs where it was, where it is, and along its edges", () => {
  const outlines = new Outlines();
  const before = shown(toFlow(scene), outlines);
  const after = shown(toFlow({ ...scene, drag: { b: [400, 300] } }, before.flow), outlines);
  const part = changedPart(before, after, 1);
  expect(part).toEqual({ x: 213, y: -12, width: 419, height: 384 }); // from the port of a to the right of b, 12 px around
  expect(changedPart(before, after, 0.1)).toEqual({ x: 105, y: -120, width: 635, height: 600 }); // what is small reaches further
});

test("a state differs where its node stands", () => {
  const outlines = new Outlines();
  const before = shown(toFlow(scene), outlines);
  const run = runOf({ nodes: { c: { status: "done", count: 1 } } });
  expect(changedPart(before, shown(toFlow({ ...scene, run }, before.flow), outlines), 1)).toEqual({
    x: -12,
    y: 988,
    width: 244,
    height: 84,
  });
});

test("what is gone differs where it was", () => {
  const before = shown(toFlow(scene), new Outlines());
  const fewer = toFlow({ ...scene, graph: graphOf(graph.nodes.slice(0, 2), graph.edges) }, before.flow);
  const part = changedPart(before, { flow: fewer, outlines: before.outlines }, 1);
  expect(part).toEqual({ x: -12, y: 988, width: 244, height: 84 });
});
