// What stands along the slider over a run's history. Pure.
import type { PastOutline } from "../protocol/past.js";

/** What is marked, and how it is told. */
export const markLooks = {
  question: { icon: "comment-unresolved", word: "somebody was asked" },
  failure: { icon: "error", word: "a task failed" },
  recompile: { icon: "sync", word: "the graph was recompiled" },
  byHand: { icon: "edit", word: "somebody intervened" },
} as const;
export type MarkKind = keyof typeof markLooks;
export const markKinds: readonly MarkKind[] = ["question", "failure", "recompile", "byHand"];

/** What is marked at a superstep. */
export function marksAt(outline: PastOutline | undefined, superstep: number): readonly MarkKind[] {
  return outline === undefined ? [] : markKinds.filter((kind) => outline[kind].includes(superstep));
}

/** The nearest superstep before or after one that has a mark. */
export function nextMark(outline: PastOutline | undefined, superstep: number, way: 1 | -1): number | undefined {
  if (outline === undefined) return undefined;
  const all = markKinds.flatMap((kind) => outline[kind]).filter((at) => (way === 1 ? at > superstep : at < superstep));
  if (all.length === 0) return undefined;
  return all.reduce((best, at) => (way === 1 ? Math.min(best, at) : Math.max(best, at)));
}

/** A part of the height of the line. */
interface Lane {
  readonly top: number;
  readonly height: number;
}

/** Short strokes along a line of `width` units, one for each superstep, as the path of an SVG; those that fall together are one. */
export function strokes(supersteps: readonly number[], last: number, width: number, { top, height }: Lane): string {
  const places = new Set(supersteps.filter((each) => each <= last).map((each) => placeOf(each, last, width)));
  return [...places].map((x) => `M${String(x)} ${String(top)}v${String(height)}`).join("");
}

/** Where ranges of supersteps lie along a line, in the same way. */
export function stretches(ranges: PastOutline["saved"], last: number, width: number, top: number): string {
  const at = (superstep: number): string => String(placeOf(Math.min(superstep, last), last, width));
  return [...new Set(ranges.map(([from, to]) => `M${at(from)} ${String(top)}H${at(to)}`))].join("");
}

function placeOf(superstep: number, last: number, width: number): number {
  return last === 0 ? 0 : Math.round((10 * width * superstep) / last) / 10;
}

/** Supersteps a second that can be chosen. */
export const paces = [1, 2, 5, 20, 100, 500] as const;

/** How often the slider moves while it is played, and by how many supersteps: no more often than people can see. */
export function beat(pace: number): { readonly everyMs: number; readonly by: number } {
  const perSecond = Math.min(pace, 20);
  return { everyMs: 1000 / perSecond, by: Math.max(1, Math.round(pace / perSecond)) };
}

/** Nodes that had a state then, and are not in the graph as it is now. */
export function goneNodes(past: readonly string[], present: readonly { readonly id: string }[]): readonly string[] {
  const known = new Set(present.map(({ id }) => id));
  return past.filter((id) => !known.has(id) && !id.startsWith("@"));
}

/** Names, as far as they fit: `a, b and 3 more`. */
export function listed(names: readonly string[], most = 4): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${String(names.length - most)} more`;
}
