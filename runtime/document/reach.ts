// What a run can get to along the edges that can fire.
//
// 1. Each id that is reached, but the start, is entered by a living edge from an id of lower rank: so all of them are, by
//    induction, and to see whether one still is after an edit costs its own edges.
// 2. No living edge leads from an id that is reached to one that is not.
import { START } from "../model/ids.js";
import type { Link, Links } from "./links.js";

/** Id -> rank, of all that is reached. */
export type Reach = ReadonlyMap<string, number>;

/** The living edges of a document. */
export interface LivingLinks {
  readonly links: Links;
  /** Ids of the edges of a source that can never fire. */
  readonly deadFrom: (source: string) => ReadonlySet<string> | undefined;
}

/** Whether an edge can never fire. */
export function isDead({ id, from }: Link, { deadFrom }: LivingLinks): boolean {
  return deadFrom(from)?.has(id) === true;
}

/** The edges of a source that can fire. */
function livingFrom(source: string, { links, deadFrom }: LivingLinks): readonly Link[] {
  const dead = deadFrom(source);
  return dead === undefined ? links.leaving(source) : links.leaving(source).filter(({ id }) => !dead.has(id));
}

/** All that the start reaches, itself included. Costs what is reached. */
export function reachFromStart(living: LivingLinks): Reach {
  const reach = new Map([[START, 0]]);
  // A map goes on to what is added while it is walked.
  for (const id of reach.keys()) {
    for (const { to } of livingFrom(id, living)) if (!reach.has(to)) reach.set(to, reach.size);
  }
  return reach;
}

/** What the start reaches, given what it reached before the edges of some sources changed. Costs these edges, mostly. */
export function reachAfter(reach: Reach, before: LivingLinks, after: LivingLinks, sources: Iterable<string>): Reach {
  for (const source of sources) {
    if (!reach.has(source)) continue; // what leaves it reached nothing, and reaches nothing
    const [had, has] = [targets(source, before), targets(source, after)];
    const grows = [...has].some((id) => !reach.has(id)); // invariant 2
    if (grows || [...had].some((id) => !has.has(id) && !isSupported(id, reach, after))) return reachFromStart(after);
  }
  return reach;
}

function targets(source: string, living: LivingLinks): ReadonlySet<string> {
  return new Set(livingFrom(source, living).map(({ to }) => to));
}

/** Invariant 1. */
function isSupported(id: string, reach: Reach, living: LivingLinks): boolean {
  const own = reach.get(id) ?? Infinity;
  return id === START || living.links.entering(id).some((link) => (reach.get(link.from) ?? Infinity) < own && !isDead(link, living));
}
