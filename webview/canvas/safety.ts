// What the plan in force means to the run shown and its checkpoints, in words. Pure.
import type { BlockedView, CertificatesView } from "../protocol/safety.js";

/** How many checkpoints cannot go on as they are; empty where all can. */
export function spokenCertificates({ total, migrate, replay, invalid, from }: CertificatesView): string {
  const replayed = from === undefined ? "only be replayed from earlier ones" : `only be replayed from superstep ${String(from)}`;
  const parts: readonly (readonly [number, string])[] = [
    [migrate, "would need a migration"],
    [replay, `could ${replayed}`],
    [invalid, "could not go on at all"],
  ];
  const [first, ...others] = parts.filter(([count]) => count > 0);
  if (first === undefined) return "";
  const checkpoints = `${String(first[0])} of ${String(total)} ${total === 1 ? "checkpoint" : "checkpoints"} ${first[1]}`;
  return `${[checkpoints, ...others.map(([count, words]) => `${String(count)} ${words}`)].join(", ")}.`;
}

/** That the run cannot go on. */
export function spokenBlocked({ why }: BlockedView): string {
  return why === "migrate" ? "This run needs a migration to go on." : "This run cannot go on under the graph as it is now.";
}

/** What to do about it. */
export function spokenNextStep({ why, migration }: BlockedView): string {
  if (why === "lost") return "Undo the edit, or choose what becomes of the run.";
  return migration ? "Complete its migration and continue, or undo the edit." : "Undo the edit, or write a migration for its values.";
}
