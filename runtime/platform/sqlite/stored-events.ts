import { eventsShape } from "../../checkpoint/stored-shapes.js";
import type { JsonValue } from "../../model/json.js";
import type { TraceEvent } from "../../trace/event.js";

/** The events of a list as it is stored; none where it is damaged. */
export function eventsIn(json = "[]"): readonly TraceEvent[] {
  try {
    const events = JSON.parse(json) as JsonValue;
    return eventsShape(events) ? (events as unknown as readonly TraceEvent[]) : [];
  } catch {
    return [];
  }
}
