import fc from "fast-check";
import { expect, test } from "vitest";
import type { FlowNode } from "../../webview/canvas/flow-types.js";
import { toFlow, type Projected, type Scene } from "../../webview/canvas/to-flow.js";
import { edge, graphOf, sceneOf, node, runOf } from "../webview/samples.js";

const ids = ["a", "b", "c", "d", "@start", "@end"] as const;
const cards = ids.slice(0, 4);
const edgeIds = ["ab", "bc", "cd", "da", "aa", "sa", "de"] as const;
const graph = graphOf(
  cards.map((id, index) => node(id, {}, [index * 300, (index % 2) * 120])),
  [
    edge("ab", "a", "b"),
    edge("bc", "b", "c", { when: "x > 1" }),
    edge("cd", "c", "d"),
    edge("da", "d", "a"),
    edge("aa", "a", "a"),
    edge("sa", "@start", "a"),
    edge("de", "d", "@end"),
  ],
);
const start: Scene = sceneOf(graph);

const place = fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 })).map(([x, y]) => [x * 20, y * 20] as const);
const status = fc.constantFrom("due", "running", "waiting", "done", "failed");
const nodeRun = fc.record({ status, count: fc.nat(3) });
const run = fc
  .record({
    status: fc.constantFrom("running", "paused"),
    superstep: fc.nat(5),
    nodes: fc.dictionary(fc.constantFrom(...cards), nodeRun, { noNullPrototype: true }),
    edges: fc.dictionary(fc.constantFrom(...edgeIds), fc.nat(5), { noNullPrototype: true }),
    takenByForce: fc.dictionary(fc.constantFrom(...edgeIds), fc.nat(5), { noNullPrototype: true }),
    forced: fc.dictionary(fc.constantFrom("a", "d"), fc.constantFrom("ab", "da", "aa", "de"), { noNullPrototype: true }),
    overrides: fc.dictionary(fc.constantFrom(...cards, "@start"), fc.constant<string[]>(["b"]), { noNullPrototype: true }),
    live: fc.uniqueArray(fc.constantFrom(...cards)),
  })
  .map((given) => runOf(given));
const questions = fc
  .uniqueArray(fc.constantFrom(...cards))
  .map((nodes) => nodes.map((of) => ({ key: of, node: of, prompt: `Is it ${of}?`, actions: [], takesValue: false, inner: false })));
const moved = fc.tuple(fc.constantFrom(...cards), place).map(([id, [x, y]]) => ({
  ...graph,
  nodes: graph.nodes.map((each) => (each.id === id ? { ...each, position: [x, y] as [number, number] } : each)),
}));
const change: fc.Arbitrary<Partial<Scene>> = fc.oneof(
  fc.dictionary(fc.constantFrom(...ids), place, { noNullPrototype: true }).map((drag) => ({ drag })),
  fc.constant({ drag: undefined }),
  fc.tuple(run, questions).map(([next, asked]) => ({ run: { ...next, questions: asked } })),
  fc
    .record({ nodes: fc.uniqueArray(fc.constantFrom(...ids)), edges: fc.uniqueArray(fc.constantFrom(...edgeIds)) })
    .map((selection) => ({ selection })),
  fc.constantFrom(...cards).map((at) => ({ debug: { nodes: {}, edges: {}, at } })),
  moved.map((next) => ({ graph: next })),
);

/** A node that moved keeps its data, with the place of before in it: nobody draws that one. */
function drawn(each: FlowNode): unknown {
  return each.type === "card" ? { ...each, data: { ...each.data, view: { ...each.data.view, position: undefined } } } : each;
}

test("a projection made from the one before it is that made from nothing, whatever changed in between", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      let scene = start;
      let flow: Projected = toFlow(scene);
      for (const each of changes) {
        scene = { ...scene, ...each };
        flow = toFlow(scene, flow);
        const anew = toFlow(scene);
        expect(flow.nodes.map(drawn)).toEqual(anew.nodes.map(drawn));
        expect(flow.edges).toEqual(anew.edges);
      }
    }),
    { numRuns: 300 },
  );
});
