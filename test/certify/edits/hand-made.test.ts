import { afterAll, describe, expect, test } from "vitest";
import { expectSection, tableLines } from "../../support/doc-section.js";
import type { Outcome } from "../oracle.js";
import { handMade } from "./all.js";
import { check } from "./check.js";

const verdicts = ["unaffected", "mapped", "migrate", "replay", "invalid"] as const;
const outcomes = new Map<string, Outcome[]>();

describe.each(Object.entries(handMade))("edits of %s", (group, edits) => {
  test.each(edits.map((edit) => [edit.name, edit] as const))("%s", async (_name, edit) => {
    const outcome = await check(edit);
    outcomes.set(group, [...(outcomes.get(group) ?? []), outcome]);
  });
});

test("each edit has a name of its own", () => {
  const names = Object.values(handMade).flatMap((edits) => edits.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});

afterAll(() => {
  const count = Object.values(handMade).flat().length;
  if ([...outcomes.values()].flat().length < count) return; // only some were asked for, or one has failed
  expectSection("certificates.md", "counts", tableLines(["edits of", "edits", "checkpoints", ...verdicts, "silently wrong"], rows()));
});

function rows(): readonly (readonly (string | number)[])[] {
  const groups = [...outcomes, ["**all**", [...outcomes.values()].flat()] as const];
  return groups.map(([group, all]) => {
    const counts = verdicts.map((verdict) => sum(all.map((outcome) => outcome.verdicts[verdict])));
    return [group, all.length, sum(counts), ...counts, sum(all.map(({ wrong }) => wrong.length))];
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
