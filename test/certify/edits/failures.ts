import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import type { Handlers } from "../../unit/run/harness.js";
import { asks, channels, says, saying, versions, type HandMade } from "./hand-made.js";

const fails: Handlers = {
  a: () => {
    throw new Error("out of order");
  },
  sorry: (_state, ctx: HandlerContext) => ({ log: [ctx.input ?? null] }),
};
const known = versions(["./a.ts", "1"], ["./sorry.ts", "1"]);
const mended = { files: versions(["./a.ts", "2"], ["./sorry.ts", "1"]), handlers: { ...fails, a: () => ({ log: ["a"] }) } };
const played = { handlers: fails, files: known };
/** a fails, and nobody minds. */
const failing: ShortGraph = {
  channels,
  nodes: { a: {}, ...saying("b", "c") },
  edges: { s1: "@start -> a", s2: "@start -> b", e1: "a -> c" },
};
/** a fails, and sorry is told. */
const caught: ShortGraph = {
  channels,
  nodes: { a: {}, sorry: {}, ...saying("b", "c") },
  edges: { s1: "@start -> a", e1: "a -> b", e2: "a -> sorry on @error", e3: "sorry -> c" },
};
/** What failed waits at a join. */
const waiting: ShortGraph = {
  ...caught,
  nodes: { ...caught.nodes, sorry: { join: "all" }, d: says("d") },
  edges: { ...caught.edges, s2: "@start -> b", e4: "b -> d", e5: "d -> sorry", e1: "a -> c" },
};

/** Nodes that fail, and what is done about it. */
export const failureEdits: readonly HandMade[] = [
  {
    name: "the handler of the node that failed is mended",
    before: failing,
    edit: {},
    played: { ...played, edited: mended },
    verdicts: "mapped mapped",
    at: 1,
    goesOn: "1 a | 2 c: completed",
    leaves: { log: ["a", "b", "c"] },
  },
  {
    name: "the node that failed is to be tried more often",
    before: failing,
    edit: { nodes: { a: { retry: { attempts: 3, delay: "0ms" } } } },
    played,
    verdicts: "mapped mapped",
    at: 1,
    goesOn: "1 a: failed",
  },
  {
    name: "the node that failed has a fallback",
    before: failing,
    edit: { nodes: { a: { fallback: { log: ["instead"] } } } },
    played,
    verdicts: "mapped mapped",
    at: 1,
    goesOn: "1 a | 2 c: completed",
    leaves: { log: ["instead", "b", "c"] },
  },
  {
    name: "the node that failed has an edge for it",
    before: failing,
    edit: { edges: { e2: "a -> c on @error" } },
    played,
    verdicts: "mapped mapped",
    at: 1,
    goesOn: "1 a | 2 c: completed",
  },
  {
    name: "the node that failed is bypassed",
    before: failing,
    edit: { nodes: { a: { disabled: true } } },
    played,
    verdicts: "mapped mapped",
    at: 1,
    goesOn: "1 a | 2 c: completed",
    leaves: { log: ["b", "c"] },
  },
  {
    name: "the node that failed is removed",
    before: failing,
    edit: { nodes: { a: null }, edges: { s1: null, e1: "b -> c" } },
    played,
    verdicts: "mapped replay:0",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "who finished beside the node that failed writes something else",
    before: failing,
    edit: { nodes: { b: { set: { log: '["B"]' } } } },
    played: { ...played, edited: mended },
    verdicts: "mapped mapped",
    at: 1,
    goesOn: "1 a | 2 c: completed",
    leaves: { log: ["a", "b", "c"] },
  },
  {
    name: "the edge that a failure has taken leads elsewhere",
    before: caught,
    edit: { edges: { e2: "a -> c on @error" } },
    played,
    verdicts: "mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 c: completed",
  },
  {
    name: "the edge that a failure has taken is removed",
    before: caught,
    edit: { edges: { e2: "b -> sorry" } },
    played,
    verdicts: "mapped replay:0 unaffected unaffected",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the edge that a failure has passed over leads elsewhere",
    before: caught,
    edit: { edges: { e1: "a -> c" } },
    played,
    verdicts: "mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 sorry | 3 c: completed",
  },
  {
    name: "the node that failed and was caught is mended",
    before: caught,
    edit: {},
    played: { ...played, edited: mended },
    verdicts: "mapped unaffected unaffected unaffected",
    at: 1,
    goesOn: "2 sorry | 3 c: completed",
  },
  {
    name: "a failure waits at a join, which waits for it alone now",
    before: waiting,
    edit: { nodes: { sorry: { join: "any" } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 sorry d | 3 sorry c | 4 c: completed",
  },
  {
    name: "a failure waits at a join, and its edge leads elsewhere",
    before: waiting,
    edit: { edges: { e2: "a -> c on @error" } },
    played,
    verdicts: "mapped mapped replay:1 unaffected unaffected",
    at: 2,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "a failure waits at a join, whose other parent asks first",
    before: waiting,
    edit: { nodes: { d: asks("d?", { set: null }) } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "2 d | 3 sorry | 4 c: completed",
  },
];
