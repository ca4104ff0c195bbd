import type { HandlerContext } from "../../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../../support/graph-text.js";
import type { Played } from "../play.js";
import { asks, channels, says, versions, type HandMade } from "./hand-made.js";

/** Three items of which the second asks, with the results of the others kept. */
const mapped: ShortGraph = {
  channels: { ...channels, items: { default: [1, 2, 3] }, out: { schema: { type: "array" } }, others: {} },
  nodes: { m: { kind: "map", over: "items", handler: "./m.ts", reads: [], output: "out" }, z: says("z") },
  edges: { e1: "@start -> m", e2: "m -> z" },
};
type Item = HandlerContext<{ readonly item: number; readonly index: number }>;
/** What is rejected counts -1. */
const times =
  (factor: number) =>
  async (_state: unknown, ctx: HandlerContext): Promise<number> => {
    const { item, index } = (ctx as unknown as Item).input;
    if (index !== 1) return item * factor;
    const { action } = await ctx.ask("sure", { prompt: `${item}?`, actions: ["approve", "reject"] });
    return action === "approve" ? item * factor : -1;
  };
const played: Partial<Played> = { handlers: { m: times(10) }, files: versions(["./m.ts", "1"]) };

/** The same, each item a run of its own. */
const runs: ShortGraph = {
  ...mapped,
  nodes: { m: { kind: "map", over: "items", graph: "./inner", in: { it: "item" }, result: "[it]", output: "out" }, z: says("z") },
};
const inner: ShortGraph = {
  channels: { ...channels, it: {} },
  nodes: { b: says("b"), ask: asks("{{it}}?") },
  edges: { e1: "@start -> ask when it == 2", e2: "@start -> b else" },
};
const playedRuns: Partial<Played> = { graphs: { "./inner": inner }, files: versions(["./inner", "1"]) };

/** Nodes that work on lists, some items of which are done. */
export const listEdits: readonly HandMade[] = [
  {
    name: "the list is another while an item of it asks",
    before: mapped,
    edit: { nodes: { m: { over: "[4.0, 5.0, 6.0]" } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [40, 50, 60] },
  },
  {
    name: "the list is another when what an item of it asked is answered",
    before: mapped,
    edit: { nodes: { m: { over: "[4.0, 5.0, 6.0]" } } },
    played: { ...played, edited: { answers: { "m/1/sure": "reject" } } },
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 2,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [40, -1, 60] },
  },
  {
    name: "the list is written otherwise and is the same",
    before: mapped,
    edit: { nodes: { m: { over: "items + []" } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [10, 20, 30] },
  },
  {
    name: "the handler is another version while an item asks",
    before: mapped,
    edit: {},
    played: { ...played, edited: { handlers: { m: times(100) }, files: versions(["./m.ts", "2"]) } },
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
  },
  {
    name: "the handler is another version when all items are done",
    before: mapped,
    edit: {},
    played: { ...played, edited: { handlers: { m: times(100) }, files: versions(["./m.ts", "2"]) } },
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 3,
    goesOn: "2 z: completed",
    leaves: { out: [10, 20, 30] },
  },
  {
    name: "the results go to another channel while an item asks",
    before: mapped,
    edit: { nodes: { m: { output: "others" } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { others: [10, 20, 30] },
  },
  {
    name: "fewer items are at work at once",
    before: mapped,
    edit: { nodes: { m: { concurrency: 1 } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [10, 20, 30] },
  },
  {
    name: "items that fail are passed over from now on",
    before: mapped,
    edit: { nodes: { m: { onError: "skip" } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [10, 20, 30] },
  },
  {
    name: "it ends with the first item that is large",
    before: mapped,
    edit: { nodes: { m: { stopWhen: "output > 5.0" } } },
    played,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [10] },
  },
  {
    name: "the list is another while the run of an item asks",
    before: runs,
    edit: { nodes: { m: { over: "[4.0, 5.0, 6.0]" } } },
    played: playedRuns,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { out: [[4], [5], [6]] },
  },
  {
    name: "what is made of an item is another while its run asks",
    before: runs,
    edit: { nodes: { m: { result: "[it, it]" } } },
    played: playedRuns,
    verdicts: "mapped mapped mapped unaffected unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
  },
  {
    name: "the node that works on a list is removed",
    before: mapped,
    edit: { nodes: { m: null }, edges: { e1: "@start -> z", e2: null } },
    played,
    verdicts: "mapped replay:0 replay:0 replay:0 unaffected",
    at: 1,
    goesOn: "NOT_RESUMABLE",
  },
  {
    name: "the node that works on a list becomes one that does not",
    before: mapped,
    edit: { nodes: { m: { kind: "expression", set: { log: '["m"]' }, over: null, handler: null, output: null, reads: null } } },
    played,
    verdicts: "mapped mapped mapped mapped unaffected",
    at: 1,
    goesOn: "1 m | 2 z: completed",
    leaves: { log: ["m", "z"] },
  },
];
