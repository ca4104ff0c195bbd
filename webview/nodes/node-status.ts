// A node's state in the run, in words and signs. Pure.
import type { NodeRunView } from "../protocol/node-run.js";
import { spokenMs } from "./duration.js";

type Status = NodeRunView["status"];

/** Icon and words of each state; never colour alone. */
export const statusLooks: Readonly<Record<Status, { readonly icon: string; readonly word: string }>> = {
  due: { icon: "debug-stackframe", word: "Due in the next superstep" },
  running: { icon: "loading", word: "Running" },
  waiting: { icon: "comment-unresolved", word: "Waiting for a decision" },
  done: { icon: "pass", word: "Done" },
  failed: { icon: "error", word: "Failed" },
};

/** A sign of how a node came to its state. */
export interface HowLook {
  readonly name: "recorded" | "cached" | "fallback" | "bypassed" | "retried";
  readonly icon: string;
  /** For hovering and the inspector. */
  readonly words: string;
  /** For a screen reader, in a list of facts. */
  readonly spoken: string;
}

/** How a node came to its state, where there is something to say; undefined: by its own work, at once. */
export function howOf({ replayed, by, retried }: NodeRunView): HowLook | undefined {
  if (replayed === true)
    return {
      name: "recorded",
      icon: "history",
      words: "A recorded result counted again: the node was not run",
      spoken: "a recorded result",
    };
  switch (by) {
    case "cached":
      return {
        name: "cached",
        icon: "database",
        words: "An earlier result was used again: the node was not run",
        spoken: "a cached result",
      };
    case "fallback":
      return { name: "fallback", icon: "arrow-swap", words: "It failed, and its fallback took its place", spoken: "by its fallback" };
    case "bypassed":
      return { name: "bypassed", icon: "debug-disconnect", words: "Disabled: it was passed by", spoken: "passed by" };
    case undefined:
  }
  if (retried === undefined) return undefined;
  const times = retried === 1 ? "once" : `${String(retried)} times`;
  return { name: "retried", icon: "debug-restart", words: `Tried again ${times} before it ended`, spoken: `tried again ${times}` };
}

/** The attempt that a node is at: `2 of 3`. */
export function attemptText({ number, of }: NonNullable<NodeRunView["attempt"]>): string {
  return of === undefined ? `attempt ${String(number)}` : `attempt ${String(number)} of ${String(of)}`;
}

/** Several pieces of work, and how many of them are over. */
export interface Share {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  /** `3 of 10 items, 1 failed, 2 at work`. */
  readonly words: string;
}

/** How far a node is that does several pieces of work: items of a list, or tasks that were sent to it. */
export function shareOf({ items, tasks }: NodeRunView): Share | undefined {
  if (items !== undefined) return { ...items, words: shareWords(items, "items") };
  if (tasks === undefined) return undefined;
  const { running, done, failed, total } = tasks;
  const share = { done: done + failed, failed, total };
  return { ...share, words: [shareWords(share, "tasks"), ...(running === 0 ? [] : [`${String(running)} at work`])].join(", ") };
}

function shareWords({ done, failed, total }: Omit<Share, "words">, what: string): string {
  return `${String(done)} of ${String(total)} ${what}${failed === 0 ? "" : `, ${String(failed)} failed`}`;
}

/** How the items of a list are worked on, as the document says: `at most 4 at once, each in a process of its own`. */
export function manner(fields: Readonly<Record<string, unknown>>): string {
  const { concurrency, pool } = fields;
  const most = typeof concurrency === "number" ? [`at most ${String(concurrency)} at once`] : [];
  return [...most, ...(pool === "process" ? ["each in a process of its own"] : [])].join(", ");
}

/** What the run inside a node is at. */
export function insideText({ runs, superstep, running, due }: NonNullable<NodeRunView["inside"]>): string {
  const where = `superstep ${String(superstep)}`;
  const which = running.length > 0 ? `: ${running.join(", ")}` : due.length > 0 ? `, next ${due.join(", ")}` : "";
  return runs > 1 ? `${String(runs)} runs inside, the furthest in ${where}${which}` : `inside: ${where}${which}`;
}

/** All of a node's state for a screen reader; no seconds, which would be told again and again. */
export function spokenStatus(run: NodeRunView): readonly string[] {
  const how = howOf(run);
  const share = shareOf(run);
  return [
    run.status,
    ...(run.attempt === undefined ? [] : [attemptText(run.attempt)]),
    ...(how === undefined ? [] : [how.spoken]),
    ...(share === undefined || run.status === "done" ? [] : [share.words]),
    ...(run.inside === undefined ? [] : [`inside: superstep ${String(run.inside.superstep)}`]),
  ];
}

/** How long its last task took, and how often it ran if more than once. */
export function figuresText({ ms, count, status }: NodeRunView): string {
  const duration = ms === undefined || status === "running" ? [] : [spokenMs(ms)];
  const times = count > 1 ? [`×${String(count)}`] : [];
  return [...duration, ...times].join(" ");
}
