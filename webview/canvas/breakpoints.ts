// Breakpoints in words and signs, as VS Code has them. Pure.
import type { BreakpointView } from "../protocol/debug.js";

/** What a menu needs to know of the breakpoints of one thing. */
export type HasBreakpoints = "none" | "enabled" | "disabled";

/** Whether a thing has breakpoints, and any that counts. */
export function breakpointsOf(all: readonly BreakpointView[]): HasBreakpoints {
  if (all.length === 0) return "none";
  return all.some(({ enabled }) => enabled) ? "enabled" : "disabled";
}

const names = { plain: "", conditional: "-conditional", log: "-log" } as const;

/** The icon of a breakpoint, of VS Code's own: filled, grey where disabled, hollow where it cannot be met; a diamond where it only tells. */
export function breakpointIcon({ kind, enabled, problem }: BreakpointView): string {
  const form = !enabled ? "-disabled" : problem === undefined ? "" : "-unverified";
  return kind === "plain" ? `debug-breakpoint${form}` : `debug-breakpoint${names[kind]}${form}`;
}

const places = {
  before: "before the node",
  after: "after the node",
  taken: "where the edge is taken",
  tested: "where the edge is tested",
} as const;

/** The same in full: what a hover says, and a screen reader. */
export function spokenBreakpoint({ at, kind, enabled, text, problem }: BreakpointView): string {
  const what = kind === "log" ? "logpoint" : "breakpoint";
  const terms = text === "" ? "" : `: ${text}`;
  const reason = problem === undefined ? "" : ` (${problem})`;
  return `${enabled ? "" : "disabled "}${what} ${places[at]}${terms}${reason}`;
}
