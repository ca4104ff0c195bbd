import { sameJson } from "../document/same-json.js";
import type { JsonValue } from "../model/json.js";
import type { Origin, Segment } from "./change.js";
import { valueAt, type Path } from "./channel-path.js";
import { familyOf, partsOf, type Family, type Parts } from "./parts.js";

/** What is known of a place: its value, and the last change by which it was another one before. */
export interface LastChange {
  readonly path: Path;
  readonly value: JsonValue | undefined;
  /** Absent: in all segments it was the same. */
  readonly origin?: Origin;
}

interface Watch {
  readonly path: Path;
  readonly found: JsonValue | undefined;
  part: string;
  rest: Path;
  value: JsonValue | undefined;
  origin?: Origin;
}

/**
 * The last change of each of several places, given the segments of a channel's history, newest first. Reads no more segments than
 * that takes. `select` names the places by the value at the end; those that lead nowhere are left out.
 */
export function lastChanges(segments: Iterable<Segment>, select: (end: JsonValue | undefined) => readonly Path[]): readonly LastChange[] {
  let family: Family | undefined;
  let watches: readonly Watch[] = [];
  for (const segment of segments) {
    const own = familyOf(segment.start.reducer);
    if (family === undefined) watches = watchesAt(segment, own, select);
    family ??= own;
    const open = watches.filter(({ origin }) => origin === undefined);
    if (family !== own && family !== "whole") {
      family = "whole"; // before another reducer was in force, places are all that there is to go by
      for (const watch of open) [watch.part, watch.rest] = ["", watch.path];
    }
    follow(segment, partsOf(family, segment.start), open);
    if (open.every(({ origin }) => origin !== undefined)) break;
  }
  return watches.map(({ path, found, origin }) => ({ path, value: found, ...(origin === undefined ? {} : { origin }) }));
}

function watchesAt(segment: Segment, family: Family, select: (end: JsonValue | undefined) => readonly Path[]): readonly Watch[] {
  const end = partsOf(family, segment.start);
  for (const change of segment.changes) end.take(change);
  return select(end.value()).flatMap((path): Watch[] => {
    const place = end.locate(path);
    if (place === undefined) return [];
    const found = valueAt(end.at(place.part), place.rest);
    return [{ path, found, ...place, value: found }];
  });
}

/** Goes through a segment, oldest change first, and notes for each place the last by which it became another. */
function follow({ changes }: Segment, parts: Parts, open: readonly Watch[]): void {
  const byPart = Map.groupBy(open, ({ part }) => part);
  for (const watch of open) watch.value = valueAt(parts.at(watch.part), watch.rest);
  for (const change of changes) {
    for (const part of parts.take(change) ?? byPart.keys()) {
      for (const watch of byPart.get(part) ?? []) {
        const value = valueAt(parts.at(part), watch.rest);
        if (sameJson(value, watch.value)) continue;
        [watch.value, watch.origin] = [value, change.origin];
      }
    }
  }
}
