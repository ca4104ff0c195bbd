import { describeChange, type Change } from "./change.js";
import { gravest } from "./classify.js";
import type { CompileRecord } from "./compile-record.js";

/** Why a compile is made, and what it covers. */
export type Cause = Pick<CompileRecord, "trigger" | "needed" | "reasons" | "edits" | "waitedMs">;

/** The reason of a compile that somebody asked for. */
export const ASKED = "asked for";

/** The first compile of a graph. */
export const opened: Cause = { trigger: "opened", needed: "hard", reasons: ["first plan"], edits: 0, waitedMs: 0 };

/** Somebody asked, and nothing could be done. */
export const askedInVain: Cause = { trigger: "asked", needed: "none", reasons: [ASKED], edits: 0, waitedMs: 0 };

/** One edit, dealt with at once. */
export function editedNow(changes: readonly Change[]): Cause {
  return { trigger: "edited", needed: neededFor(changes), reasons: reasonsOf(changes), edits: 1, waitedMs: 0 };
}

/** A file that nodes run was saved, which is dealt with at once. */
export function savedNow(changes: readonly Change[]): Cause {
  return { ...editedNow(changes), trigger: "saved", edits: 0 };
}

/** What waited for a job of the queue: so many edits, the first of them for so long. */
export function ofJob(changes: readonly Change[], asked: boolean, edits: number, waitedMs: number): Cause {
  const reasons = reasonsOf(changes);
  return {
    trigger: asked ? "asked" : "edited",
    needed: neededFor(changes),
    reasons: asked ? [ASKED, ...reasons] : reasons,
    edits,
    waitedMs: Math.max(0, waitedMs),
  };
}

/** One line for each change that a plan depends on. */
export function reasonsOf(changes: readonly Change[]): readonly string[] {
  return changes.filter((change) => change.class !== "none").map(describeChange);
}

function neededFor(changes: readonly Change[]): CompileRecord["needed"] {
  return gravest(changes.map((change) => change.class));
}
