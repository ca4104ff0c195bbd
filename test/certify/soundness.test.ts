import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "../../runtime/index.js";
import { graphText, type ShortGraph } from "../support/graph-text.js";
import type { Handlers } from "../unit/run/harness.js";
import { judge } from "./oracle.js";
import { edits, graphs } from "./random-edits.js";

const isValid = (graph: ShortGraph): boolean => parseDocument(graphText(graph)).valid;

const handlers: Handlers = Object.fromEntries(["a", "b", "c", "d", "e", "f", "z"].map((name) => [name, () => ({ log: [name] })]));

test("no checkpoint that is called safe goes on silently wrong, whatever is edited", async () => {
  const counts: Record<string, number> = {};
  const sample = fc.tuple(graphs, edits).map(([before, edit]) => ({ before, after: edit(before) }));
  await fc.assert(
    fc.asyncProperty(
      sample.filter(({ before, after }) => isValid(before) && isValid(after)),
      async (edited) => {
        const { verdicts, wrong, confirmed } = await judge(edited, { handlers });
        for (const [verdict, count] of Object.entries({ ...verdicts, confirmed })) counts[verdict] = (counts[verdict] ?? 0) + count;
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: Number(process.env["SAMPLES"] ?? 250) },
  );
  if (process.env["SAMPLES"] !== undefined) console.log(counts);
  // Each of these must have been given, or nothing was tested.
  const { unaffected = 0, mapped = 0, replay = 0, confirmed: byFreshRuns = 0 } = counts;
  expect(Math.min(unaffected, mapped, replay, byFreshRuns)).toBeGreaterThan(0);
});
