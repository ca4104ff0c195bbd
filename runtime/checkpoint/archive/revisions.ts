import type { TraceEvent } from "../../trace/event.js";
import type { Checkpoint } from "../checkpoint.js";
import type { ArchiveRecord } from "./record.js";

/** The revisions of the graph that a record names: those that may have a document. */
export function revisionsIn(record: ArchiveRecord): readonly string[] {
  switch (record.type) {
    case "checkpoint":
      return [...revisionsAt(record.checkpoint), ...record.trace.flatMap(revisionsOf)];
    case "gone":
      return record.trace.flatMap(revisionsOf);
    case "trace":
      return record.events.flatMap(revisionsOf);
    case "document":
    case "run":
    case "results":
    case "head":
      return [];
  }
}

function revisionsAt({ revision, channels: { under, earlier = [] } }: Checkpoint): readonly string[] {
  const others = [under, ...earlier.map((each) => each.revision)];
  return [revision, ...others.filter((each) => each !== undefined)];
}

function revisionsOf(event: TraceEvent): readonly string[] {
  if ("revision" in event) return [event.revision];
  return event.type === "carried-over" || event.type === "migrated" ? [event.from, event.to] : [];
}
