import { expect, test } from "vitest";
import { toFlow, type Scene } from "../../../webview/canvas/to-flow.js";
import { share } from "../../../webview/store/sharing.js";
import { edge, graphOf, node, runOf } from "../../webview/samples.js";

const scene: Scene = {
  graph: graphOf(
    [node("a"), node("b", { kind: "teleport" }, [300, 0])],
    [edge("e1", "a", "b", { when: "x > 1" }), edge("e2", "b", "gone")],
  ),
  run: runOf({ nodes: { a: { status: "running", count: 0 } }, edges: { e1: 2 } }),
  drift: undefined,
  debug: { nodes: {}, edges: {} },
  selection: { nodes: ["b"], edges: [] },
  drag: undefined,
};

/** Projects, changes the scene, projects again, and expects only these to be new objects. */
function check(name: string, change: (before: Scene) => Partial<Scene>, expected: readonly string[]): void {
  test(`only what looks different is new: ${name}`, () => {
    const before = toFlow(scene);
    const after = toFlow({ ...scene, ...change(scene) }, before);
    const old = new Set<unknown>([...before.nodes, ...before.edges]);
    expect([...after.nodes, ...after.edges].filter((element) => !old.has(element)).map(({ id }) => id)).toEqual(expected);
  });
}

check("the same scene is the same flow", () => ({}), []);
check("an equal graph that came anew", ({ graph }) => ({ graph: share(graph, structuredClone(graph)) }), []);
check("a selection", () => ({ selection: { nodes: ["a"], edges: ["e1"] } }), ["a", "b", "e1"]);
check("a drag, which its edges are held by", () => ({ drag: { a: [40, 40] } }), ["a", "e1"]);

test("a drag that goes on changes what is dragged alone", () => {
  const before = toFlow({ ...scene, drag: { a: [40, 40] } }, toFlow(scene));
  const after = toFlow({ ...scene, drag: { a: [60, 40] } }, before);
  expect(after.nodes.filter((element) => !before.nodes.includes(element)).map(({ id }) => id)).toEqual(["a"]);
  expect(after.edges).toBe(before.edges);
});

test("edges of what is dragged are held above the others until it is dropped, where they are few", () => {
  const held = (count: number): readonly string[] => {
    const edges = Array.from({ length: count }, (_, index) => edge(`to${String(index)}`, "a", "b"));
    const still = {
      ...scene,
      graph: graphOf([node("a", {}, [0, 0]), node("b", {}, [300, 0]), node("c", {}, [600, 0])], [...edges, edge("on", "b", "c")]),
    };
    const dragged = toFlow({ ...still, drag: { a: [40, 40] } }, toFlow(still));
    expect(toFlow(still, dragged).edges.some(({ data, zIndex }) => data.held || zIndex !== 0)).toBe(false);
    return dragged.edges.filter(({ data, zIndex }) => data.held && zIndex === 1).map(({ id }) => id);
  };
  expect(held(2)).toEqual(["to0", "to1"]);
  expect(held(11)).toEqual([]);
});

check("a dragged terminal", () => ({ drag: { "@end": [40, 40] } }), ["@end"]);
check("a node's state", ({ run }) => ({ run: { ...run, nodes: { ...run.nodes, b: { status: "due", count: 0 } } } }), ["b"]);
check("an edge is no longer the latest", ({ run }) => ({ run: { ...run, edges: { ...run.edges, e2: 3 } } }), ["e1"]);
check("a condition that is tested", ({ run }) => ({ run: { ...run, tested: { a: 9 } } }), ["e1"]);
check(
  "a problem",
  ({ graph }) => ({
    graph: share(graph, {
      ...structuredClone(graph),
      problems: [{ severity: "error", code: "EXPRESSION", message: "no", line: 3, edge: "e1" }],
    }),
  }),
  ["e1"],
);
const stops = { kind: "plain" as const, enabled: true, text: "" };
check("a breakpoint of a node", () => ({ debug: { nodes: { a: [{ at: "before", ...stops }] }, edges: {} } }), ["a"]);
check("a breakpoint of an edge", () => ({ debug: { nodes: {}, edges: { e1: [{ at: "taken", ...stops }] } } }), ["e1"]);
check("the node that the debugger shows", () => ({ debug: { nodes: {}, edges: {}, at: "b" } }), ["b"]);
check("an edge that is forced", ({ run }) => ({ run: { ...run, forced: { a: "e1" } } }), ["e1"]);
const waiting = { why: "waiting" as const, nodes: {}, edges: {}, removed: 0, others: [] };
check(
  "a node and an edge that wait for a compile",
  () => ({ drift: { ...waiting, nodes: { a: { change: "x" } }, edges: { e1: { change: "y" } } } }),
  ["a", "e1"],
);
check("what differs is no node or edge", () => ({ drift: { ...waiting, removed: 2, others: ["z"] } }), []);
check("a node that runs live on replay", ({ run }) => ({ run: { ...run, live: ["b"] } }), ["b"]);
check("a node that is sent elsewhere", ({ run }) => ({ run: { ...run, overrides: { a: ["@end"], "@start": ["b"] } } }), ["@start", "a"]);
check(
  "a second edge to a node that waits for all",
  ({ graph }) => ({
    graph: share(graph, { ...graph, edges: [...graph.edges, edge("e3", "@start", "b", { on: "@error" })] }),
  }),
  ["e3"],
);
check(
  "a label, which edges speak of too",
  ({ graph }) => ({ graph: share(graph, { ...graph, nodes: [node("a", { label: "Ask" }), node("b", { kind: "teleport" }, [300, 0])] }) }),
  ["a", "e1"],
);

test("a node that only moved keeps what its card shows", () => {
  const before = toFlow(scene);
  const after = toFlow({ ...scene, drag: { a: [40, 40] } }, before);
  expect(after.nodes.map(({ data }) => data)).toEqual(before.nodes.map(({ data }) => data));
  expect(after.nodes.every(({ data }, index) => data === before.nodes[index]?.data)).toBe(true);
});

test("nodes and edges say what they are", () => {
  const { nodes, edges } = toFlow(scene);
  expect(nodes.map(({ ariaLabel }) => ariaLabel)).toEqual(["Start of the graph", "End of the graph", "a, code, running", "b, teleport"]);
  const menu = '{"webviewSection":"edge","edge":"e1","forced":false,"breakpoint":"none","preventDefaultContextMenuItems":true}';
  expect(edges.map(({ id, ariaLabel, domAttributes }) => ({ id, ariaLabel, domAttributes }))).toEqual([
    {
      id: "e1",
      ariaLabel: "Edge from a to b, when x > 1",
      domAttributes: { "data-taken": "latest", "data-condition": "when", "data-vscode-context": menu },
    },
  ]);
});

test("what a person made of the run is said, and what a node waits for", () => {
  const nodes = [
    node("a", { disabled: true }),
    node("b", { join: { count: 2 } }),
    node("c", { join: "deferred" }),
    node("d", { join: "all" }),
  ];
  const into = (to: string, from: string[]) => from.map((id) => edge(`${id}${to}`, id, to));
  const edges = [...into("b", ["a", "c", "d"]), ...into("c", ["a", "b"]), ...into("d", ["a"]), edge("ax", "a", "@end", { on: "@error" })];
  const flow = toFlow({
    ...scene,
    graph: graphOf(nodes, edges),
    run: runOf({ forced: { a: "ax" }, takenByForce: { ab: 3 }, overrides: { c: ["@end", "b"] } }),
  });
  expect(flow.nodes.slice(2).map(({ ariaLabel }) => ariaLabel)).toEqual([
    "a, code, disabled",
    "b, code, waits for 2 of 3 edges",
    "c, code, runs when nothing else is due, sent to End and b",
    "d, code", // one edge leads to it
  ]);
  expect(flow.edges.filter(({ data }) => data.forced !== undefined).map(({ ariaLabel }) => ariaLabel)).toEqual([
    "Edge from a to b, taken by force in superstep 3",
    "Edge from a to End, on error, forced",
  ]);
});

test("nodes and edges say what stops at them", () => {
  const problem = 'The graph has no node "a".';
  const nodes = {
    a: [
      { at: "before" as const, ...stops, problem },
      { at: "after" as const, ...stops, kind: "log" as const, text: "n is {n}" },
    ],
  };
  const edges = { e1: [{ at: "tested" as const, ...stops, enabled: false, kind: "conditional" as const, text: "x > 2" }] };
  const flow = toFlow({ ...scene, debug: { nodes, edges } });
  expect(flow.nodes.find(({ id }) => id === "a")?.ariaLabel).toBe(
    `a, code, running, breakpoint before the node (${problem}), logpoint after the node: n is {n}`,
  );
  expect(flow.edges.find(({ id }) => id === "e1")?.ariaLabel).toMatch(/, disabled breakpoint where the edge is tested: x > 2$/);
});

test.each([
  ["when its node finished last", { tested: { a: 3 }, edges: {} }, true],
  ["and taken then", { tested: { a: 3 }, edges: { e1: 3 } }, false],
  ["and taken before", { tested: { a: 3 }, edges: { e1: 2 } }, true],
  ["never", { tested: {}, edges: {} }, false],
])("a condition that was tested %s is shown and spoken", (_name, run, expected) => {
  const { edges } = toFlow({ ...scene, run: { ...scene.run, ...run } });
  const found = edges.find(({ id }) => id === "e1");
  expect([found?.data.tested, found?.ariaLabel?.includes("tested, and not taken")]).toEqual([expected, expected]);
});
