import type { ShortGraph } from "../../support/graph-text.js";
import type { Played } from "../play.js";
import { asks, channels, edited, says, saying, versions, type Edit, type HandMade } from "./hand-made.js";

/** a, then a graph that asks between b and c, then z. */
const outer: ShortGraph = {
  channels,
  nodes: { ...saying("a", "z"), sub: { kind: "subgraph", graph: "./inner" } },
  edges: { e1: "@start -> a", e2: "a -> sub", e3: "sub -> z" },
};
const inner: ShortGraph = {
  channels,
  nodes: { ...saying("b", "c", "d"), ask: asks("go on?") },
  edges: { e1: "@start -> b", e2: "b -> ask", e3: "ask -> c on approve", e4: "ask -> d on reject" },
};
const mapping: ShortGraph = {
  ...outer,
  nodes: { ...outer.nodes, sub: { kind: "subgraph", graph: "./inner", in: { said: '"x"' }, out: { log: "[said]" } } },
};

/** The run of a graph that runs another, which is edited. */
function within(edit: Edit, more: Partial<Played> = {}): Partial<Played> {
  return {
    graphs: { "./inner": inner },
    files: versions(["./inner", "1"]),
    edited: { graphs: { "./inner": edited(inner, edit) }, files: versions(["./inner", "2"]) },
    ...more,
  };
}
const untouched: Partial<Played> = { graphs: { "./inner": inner, "./other": inner }, files: versions(["./inner", "1"], ["./other", "1"]) };

/** Graphs inside nodes, and the nodes that run them. */
export const innerEdits: readonly HandMade[] = [
  {
    name: "inside, where a decision leads is another node while it is waited for",
    before: outer,
    edit: {},
    played: within({ edges: { e3: "ask -> d on approve", e4: "ask -> c on reject" } }),
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "b", "d", "z"] },
  },
  {
    name: "inside, a node further on does something else",
    before: outer,
    edit: {},
    played: within({ nodes: { c: { set: { log: '["C"]' } } } }),
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "b", "C", "z"] },
  },
  {
    name: "inside, a node that has finished does something else",
    before: outer,
    edit: {},
    played: within({ nodes: { b: { set: { log: '["B"]' } } } }),
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "b", "c", "z"] },
  },
  {
    name: "inside, who asks is removed",
    before: outer,
    edit: {},
    played: within({ nodes: { ask: null }, edges: { e2: "b -> c", e3: null, e4: "c -> d" } }),
    verdicts: "mapped mapped replay:1 replay:1 unaffected unaffected",
    at: 2,
    goesOn: "2 sub: failed",
  },
  {
    name: "inside, what is asked is put in other words",
    before: outer,
    edit: {},
    played: within({ nodes: { ask: { prompt: "And now?" } } }),
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "2 sub | 3 z: completed",
  },
  {
    name: "inside, something is edited before it is begun",
    before: outer,
    edit: {},
    played: within({ nodes: { b: { set: { log: '["B"]' } } } }),
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "B", "c", "z"] },
  },
  {
    name: "inside, something is edited when it has ended",
    before: outer,
    edit: {},
    played: within({ nodes: { b: { set: { log: '["B"]' } } } }),
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 4,
    goesOn: "3 z: completed",
    leaves: { log: ["a", "b", "c", "z"] },
  },
  {
    name: "the node runs another graph while the one that it ran is open",
    before: outer,
    edit: { nodes: { sub: { graph: "./other" } } },
    played: untouched,
    verdicts: "mapped mapped replay:1 replay:1 unaffected unaffected",
    at: 2,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the node runs another graph before it is begun",
    before: outer,
    edit: { nodes: { sub: { graph: "./other" } } },
    played: untouched,
    verdicts: "mapped mapped replay:1 replay:1 unaffected unaffected",
    at: 1,
    goesOn: "2 sub | 3 z: completed",
  },
  {
    name: "the node runs another graph when the one that it ran has ended",
    before: outer,
    edit: { nodes: { sub: { graph: "./other" } } },
    played: untouched,
    verdicts: "mapped mapped replay:1 replay:1 unaffected unaffected",
    at: 4,
    goesOn: "3 z: completed",
  },
  {
    name: "what goes into an open graph is another",
    before: mapping,
    edit: { nodes: { sub: { in: { said: '"y"' } } } },
    played: untouched,
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "x", "z"] },
  },
  {
    name: "what goes into a graph is another before it is begun",
    before: mapping,
    edit: { nodes: { sub: { in: { said: '"y"' } } } },
    played: untouched,
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "y", "z"] },
  },
  {
    name: "what comes out of an open graph is another",
    before: mapping,
    edit: { nodes: { sub: { out: { log: "[said + said]" } } } },
    played: untouched,
    verdicts: "mapped mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "2 sub | 3 z: completed",
    leaves: { log: ["a", "xx", "z"] },
  },
  {
    name: "the node of an open graph is removed",
    before: outer,
    edit: { nodes: { sub: null }, edges: { e2: "a -> z", e3: null } },
    played: untouched,
    verdicts: "mapped mapped replay:1 replay:1 replay:1 unaffected",
    at: 2,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the node of an open graph leads elsewhere",
    before: { ...outer, nodes: { ...outer.nodes, y: says("y") } },
    edit: { edges: { e3: "sub -> y" } },
    played: untouched,
    verdicts: "mapped mapped mapped mapped mapped unaffected",
    at: 2,
    goesOn: "2 sub | 3 y: completed",
    leaves: { log: ["a", "b", "c", "y"] },
  },
];
