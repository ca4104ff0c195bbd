import { expect } from "vitest";
import type { Certificate } from "../../../runtime/index.js";
import { judge, type Outcome } from "../oracle.js";
import { compilePlayed, playedAfter, Recorded, type Course } from "../play.js";
import { edited, type HandMade } from "./hand-made.js";

/** Expects of an edit what it says: of every checkpoint, of the run that goes on, and that nothing is silently wrong. */
export async function check(edit: HandMade): Promise<Outcome> {
  const played = { handlers: {}, ...edit.played };
  const changed = playedAfter(played);
  const after = edited(edit.before, edit.edit);
  const recorded = await Recorded.of(edit.before, played);
  const compiled = compilePlayed(after, changed);
  const verdicts = verdictsOf(recorded.certify(compiled, changed));
  const at = recorded.checkpoints[edit.at] ?? "";
  const course = await recorded.from(at, compiled, changed);
  const leaves = Object.fromEntries(Object.entries(course.channels).filter(([name]) => name in (edit.leaves ?? {})));
  expect([verdicts, told(course), leaves]).toEqual([edit.verdicts, edit.goesOn, edit.leaves ?? {}]);
  await checkUndone(recorded, at, compiled);
  const outcome = await judge({ before: edit.before, after }, played);
  expect(outcome.wrong).toEqual([]);
  return outcome;
}

/** An edit that is undone before the run has moved leaves no mark. */
async function checkUndone(recorded: Recorded, at: string, compiled: ReturnType<typeof compilePlayed>): Promise<void> {
  const never = await recorded.from(at, recorded.before);
  const undone = await recorded.from(at, recorded.before, undefined, compiled);
  expect(undone).toEqual(never);
}

/** Verdicts as an edit states them. */
function verdictsOf(newestFirst: readonly Certificate[]): string {
  const certificates = newestFirst.toReversed();
  const place = (id: string): number => certificates.findIndex(({ checkpoint }) => checkpoint === id);
  return certificates
    .map(({ verdict, ancestor }) => (ancestor === undefined ? verdict : `${verdict}:${place(ancestor.checkpoint)}`))
    .join(" ");
}

/** A course as an edit states it. */
function told({ blocked, status, story }: Course): string {
  if (blocked !== undefined) return blocked.slice(0, blocked.indexOf(":"));
  const supersteps = new Map<string, Set<string>>();
  for (const line of story) {
    const [, superstep, task] = /^(\d+) \S+ \d+\/(\S+)$/.exec(line) ?? [];
    if (superstep !== undefined && task !== undefined) supersteps.set(superstep, (supersteps.get(superstep) ?? new Set()).add(task));
  }
  return `${[...supersteps].map(([superstep, tasks]) => `${superstep} ${[...tasks].join(" ")}`).join(" | ")}: ${status}`;
}
