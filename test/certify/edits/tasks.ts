import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import type { Handlers } from "../../unit/run/harness.js";
import { channels, says, saying, versions, type HandMade } from "./hand-made.js";

/** a sends b two tasks, and goes on to c. */
const sending: ShortGraph = {
  channels,
  nodes: { a: {}, b: {}, ...saying("c", "d") },
  edges: { e1: "@start -> a", e2: "a -> c", e3: "b -> d" },
};
const sends: Handlers = {
  a: (_state, ctx: HandlerContext) =>
    ctx.command({
      send: [
        { to: "b", input: 1 },
        { to: "b", input: 2 },
      ],
    }),
  b: (_state, ctx: HandlerContext<number>) => ({ log: [`b${ctx.input}`] }),
};
/** a goes to c, whatever its edge says. */
const going: ShortGraph = {
  channels,
  nodes: { a: {}, ...saying("b", "c", "d") },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "c -> d" },
};
const goes: Handlers = { a: (_state, ctx: HandlerContext) => ctx.command({ goto: "c" }) };
/** a says that it is big. */
const acting: ShortGraph = {
  channels,
  nodes: { a: {}, ...saying("b", "c") },
  edges: { e1: "@start -> a", e2: "a -> b on big", e3: "a -> c on small" },
};
const acts: Handlers = { a: (_state, ctx: HandlerContext) => ctx.command({ action: "big" }) };
const commanding = { "./a.ts": { version: "1", commands: true } };

/** Tasks that were sent, nodes that handlers chose, actions that they returned. */
export const taskEdits: readonly HandMade[] = [
  {
    name: "the node to which tasks were sent is removed",
    before: sending,
    edit: { nodes: { b: null }, edges: { e3: null } },
    played: { handlers: sends, files: commanding },
    verdicts: "mapped replay:0 replay:0 unaffected",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the node to which tasks were sent does something else",
    before: sending,
    edit: { nodes: { b: { kind: "expression", set: { log: '["B" + string(input)]' }, handler: null } } },
    played: { handlers: sends, files: commanding },
    verdicts: "mapped mapped mapped unaffected",
    at: 1,
    goesOn: "2 b#0 b#1 c | 3 d: completed",
    leaves: { log: ["B1", "B2", "c", "d"] },
  },
  {
    name: "the node to which tasks were sent leads elsewhere",
    before: sending,
    edit: { edges: { e3: "b -> c" } },
    played: { handlers: sends, files: commanding },
    verdicts: "mapped mapped mapped unaffected",
    at: 1,
    goesOn: "2 b#0 b#1 c | 3 c: completed",
  },
  {
    name: "the edge beside tasks that were sent leads elsewhere",
    before: sending,
    edit: { edges: { e2: "a -> d" } },
    played: { handlers: sends, files: commanding },
    verdicts: "mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 b#0 b#1 d | 3 d: completed",
  },
  {
    name: "who sent tasks is removed",
    before: sending,
    edit: { nodes: { a: null }, edges: { e1: "@start -> b", e2: "b -> c" } },
    played: { handlers: sends, files: commanding },
    verdicts: "mapped replay:0 mapped unaffected",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the node to which tasks were sent comes after the others",
    before: sending,
    edit: { first: ["a", "c", "d"] },
    played: { handlers: sends, files: commanding },
    verdicts: "mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 c b#0 b#1 | 3 d: completed",
  },
  {
    name: "the node that a handler chose is removed",
    before: going,
    edit: { nodes: { c: null }, edges: { e3: "b -> d" } },
    played: { handlers: goes, files: commanding },
    verdicts: "mapped replay:0 replay:0 unaffected",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the edge that a handler passed over leads elsewhere",
    before: going,
    edit: { edges: { e2: "a -> d" } },
    played: { handlers: goes, files: commanding },
    verdicts: "mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 c | 3 d: completed",
  },
  {
    name: "the node that a handler chose leads elsewhere",
    before: going,
    edit: { edges: { e3: "c -> b" } },
    played: { handlers: goes, files: commanding },
    verdicts: "mapped mapped mapped unaffected",
    at: 1,
    goesOn: "2 c | 3 b: completed",
  },
  {
    name: "a node that a handler may choose, and that no edge leads to, is removed",
    before: { ...going, nodes: { ...going.nodes, x: says("x") } },
    edit: { nodes: { x: null } },
    played: { handlers: goes, files: commanding },
    verdicts: "mapped unaffected unaffected unaffected",
    at: 0,
    goesOn: "1 a | 2 c | 3 d: completed",
  },
  {
    name: "the edge of an action leads elsewhere",
    before: acting,
    edit: { edges: { e2: "a -> c on big", e3: "a -> b on small" } },
    played: { handlers: acts, files: versions(["./a.ts", "1"]) },
    verdicts: "mapped mapped unaffected",
    at: 1,
    goesOn: "2 c: completed",
  },
  {
    name: "an action that was returned has no edge any more",
    before: acting,
    edit: { edges: { e2: "a -> b on huge" } },
    played: { handlers: acts, files: versions(["./a.ts", "1"]) },
    verdicts: "mapped replay:0 unaffected",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the edge of another action leads elsewhere",
    before: acting,
    edit: { edges: { e3: "a -> b on small" } },
    played: { handlers: acts, files: versions(["./a.ts", "1"]) },
    verdicts: "mapped mapped unaffected",
    at: 1,
    goesOn: "2 b: completed",
  },
  {
    name: "the handler of the node that is due is another version",
    before: acting,
    edit: {},
    played: {
      handlers: acts,
      files: versions(["./a.ts", "1"]),
      edited: { files: versions(["./a.ts", "2"]), handlers: { a: () => ({ log: ["a"] }) } },
    },
    verdicts: "mapped unaffected unaffected",
    at: 0,
    goesOn: "1 a: completed",
  },
  {
    name: "the handler of a node that has finished is another version",
    before: acting,
    edit: {},
    played: { handlers: acts, files: versions(["./a.ts", "1"]), edited: { files: versions(["./a.ts", "2"]) } },
    verdicts: "mapped unaffected unaffected",
    at: 1,
    goesOn: "2 b: completed",
  },
];
