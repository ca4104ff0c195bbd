// What the host tells of a run's past: which supersteps can be looked at, how one of them was, and what came of the conditions of edges.
import * as v from "valibot";
import { runView } from "./views.js";

const range = v.tuple([v.number(), v.number()]);

export const pastOutline = v.object({
  /** Id of the run; null while there is none. */
  run: v.nullable(v.string()),
  /** The superstep that it stands in. */
  now: v.number(),
  /** The supersteps that have a checkpoint: from, to. */
  saved: v.array(range),
  /** Supersteps in which somebody was asked, something failed, the plan changed, somebody redirected the run. Of very many not all. */
  question: v.array(v.number()),
  failure: v.array(v.number()),
  recompile: v.array(v.number()),
  byHand: v.array(v.number()),
});
/** What there is to look at of a run's past. */
export type PastOutline = v.InferOutput<typeof pastOutline>;

export const pastView = v.object({
  /** The superstep that is shown, at its end: the one asked for, or the nearest before it that was kept. */
  superstep: v.number(),
  /** Absent: it has none, and is held in memory. */
  checkpoint: v.optional(v.string()),
  /** Whether it ran by the plan that is in force now. */
  samePlan: v.boolean(),
  run: runView,
});
/** A run as it was at the end of a superstep. */
export type PastView = v.InferOutput<typeof pastView>;

export const edgeTestView = v.object({
  taken: v.boolean(),
  /** The action that the node returned. */
  action: v.optional(v.string()),
  /** What the expression came to, as JSON text. */
  value: v.optional(v.string()),
  error: v.optional(v.string()),
  /** What it read, as JSON text; absent: nothing was there. */
  reads: v.array(v.object({ path: v.string(), value: v.optional(v.string()) })),
  /** Of an edge on `@error`: what the node failed with; null: it did not fail. */
  failure: v.optional(v.nullable(v.object({ code: v.string(), message: v.string() }))),
  /** Why the condition was not looked at. */
  passed: v.optional(v.picklist(["forced", "failed", "goto", "override"])),
});
/** What came of an edge after one task of its node. */
export type EdgeTestView = v.InferOutput<typeof edgeTestView>;

export const edgeStory = v.object({
  /** The superstep after which its condition was tested last. */
  superstep: v.number(),
  /** One for each task of the node in it. */
  tests: v.array(edgeTestView),
});
/** What came of an edge when its node finished last. */
export type EdgeStory = v.InferOutput<typeof edgeStory>;
