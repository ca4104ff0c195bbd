import fc from "fast-check";
import type { ModelSettings } from "./queue-model.js";

/** How a job goes: done at once, failed at once, or ended by a later step (or by nobody). */
export type Behaviour = "done" | "throws" | "open";

/** One thing that happens to the queue. */
export type Step =
  | { readonly do: "notify"; readonly graph: string; readonly triggers: number; readonly times: number }
  | { readonly do: "end"; readonly which: number; readonly well: boolean }
  | { readonly do: "advance"; readonly ms: number }
  | { readonly do: "jump"; readonly ms: number }
  | { readonly do: "start" }
  | { readonly do: "stop"; readonly ms: number | undefined }
  | { readonly do: "drain"; readonly ms: number | undefined }
  | { readonly do: "cancel" | "prioritise"; readonly graph: string | undefined }
  | { readonly do: "compileNow"; readonly scope: readonly string[] | undefined }
  | { readonly do: "withdraw" | "unregister"; readonly graph: string }
  | { readonly do: "register"; readonly graph: string; readonly never: boolean };

/** A whole story. */
export interface Story {
  readonly settings: ModelSettings;
  readonly behaviours: readonly Behaviour[];
  readonly steps: readonly Step[];
}

/** When graphs are due, of many kinds. */
export const allTriggers = [
  { sizeThreshold: 0, staleAfterMs: 2000, staleMinEdits: 1 },
  { sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 },
  { sizeThreshold: 3, staleAfterMs: 500, staleMinEdits: 2 },
  { sizeThreshold: 1000, staleAfterMs: 800, staleMinEdits: 1 },
  { sizeThreshold: 1000, staleAfterMs: 100, staleMinEdits: 1000 },
] as const;

const aGraph = fc.constantFrom("a", "b", "c", "d", "e", "f");
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("notify" as const), graph: aGraph, triggers: fc.nat(4), times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("end" as const), which: fc.nat(3), well: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.constantFrom(0, 0, 1, 99, 250, 500, 2000, 5000, 40_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("jump" as const), ms: fc.constantFrom(-3_600_000, 3_600_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("start" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("stop" as const, "drain" as const), ms: maybe(fc.constantFrom(0, 100, 3000)) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("cancel" as const, "prioritise" as const), graph: maybe(aGraph) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("compileNow" as const), scope: maybe(fc.uniqueArray(aGraph)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("withdraw" as const, "unregister" as const), graph: aGraph }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("register" as const), graph: aGraph, never: fc.boolean() }) },
);

/** Stories of all kinds. */
export const stories: fc.Arbitrary<Story> = fc.record({
  settings: fc.record({
    concurrency: fc.integer({ min: 1, max: 3 }),
    jobTimeoutMs: fc.constantFrom(1000, 10_000),
    storm: fc.record({ compiles: fc.constantFrom(2, 50), windowMs: fc.constantFrom(300, 3000) }),
  }),
  behaviours: fc.array(fc.constantFrom<Behaviour>("done", "throws", "open", "open", "open", "open"), {
    minLength: 1,
    maxLength: 12,
    size: "max",
  }),
  steps: fc.array(aStep, { maxLength: 100, size: "max" }),
});
