import { expect, test } from "vitest";
import type { Position } from "../../../runtime/model/graph.js";
import type { Detail } from "../../../webview/canvas/detail.js";
import type { Flow } from "../../../webview/canvas/flow-types.js";
import { Mounting, type Kept } from "../../../webview/canvas/mounted.js";
import { toFlow, type Projected, type Scene } from "../../../webview/canvas/to-flow.js";
import { lattice, sceneOf } from "../../webview/samples.js";

const scene: Scene = sceneOf(lattice(12, 12));
const detail: Detail = { drawn: false, within: { x: 1000, y: 200, width: 900, height: 400 } };
const none: Kept = { nodes: new Set(), edges: new Set() };
const ids = (all: readonly { readonly id: string; readonly hidden?: boolean }[]) =>
  all.map(({ id, hidden = false }) => `${id}${hidden ? " hidden" : ""}`);

test("what a drag changes is what it would be if all were looked at", () => {
  const mounting = new Mounting();
  let last: Projected = toFlow(scene);
  const flowOf = (drag: Readonly<Record<string, Position>> | undefined): Flow => {
    last = toFlow({ ...scene, drag }, last);
    return { ...last, behind };
  };
  const behind: Flow["behind"] = [];
  const way: (readonly [string, Position] | undefined)[] = [
    ...Array.from({ length: 30 }, (_, step) => ["n4_4", [1120 + step * 40, 320 + step * 15]] as const), // out of the part
    undefined,
    ...Array.from({ length: 30 }, (_, step) => ["n0_0", [step * 70, step * 20]] as const), // into it
    undefined,
  ];
  for (const step of way) {
    const flow = flowOf(step === undefined ? undefined : { [step[0]]: step[1] });
    const mounted = mounting.of(flow, detail, none);
    const anew = new Mounting().of(flow, detail, none);
    expect(ids(mounted.nodes)).toEqual(ids(anew.nodes));
    expect(mounted.nodes.every((node, index) => node === anew.nodes[index])).toBe(true);
    expect(mounted.edges).toEqual(anew.edges);
  }
});

test("an edge that leads elsewhere has both of its ends", () => {
  const mounting = new Mounting();
  const flow = toFlow(scene);
  mounting.of({ ...flow, behind: [] }, detail, none);
  const edges = scene.graph.edges.map((edge) =>
    edge.id === "e4_4" ? { ...edge, to: "n0_11", fields: { ...edge.fields, to: "n0_11" } } : edge,
  );
  const next = toFlow({ ...scene, graph: { ...scene.graph, edges } }, flow);
  expect(ids(mounting.of({ ...next, behind: [] }, detail, none).nodes)).toContain("n0_11 hidden");
});
