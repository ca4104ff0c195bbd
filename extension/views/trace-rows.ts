import type { TraceEvent } from "../../runtime/trace/event.js";
import type { Selection } from "../bridge/bridge.js";

const FORCED_ICON = "repo-force-push";

/** The newest events of a trace, oldest first, and whether there are earlier ones. */
export function tailOf(
  events: readonly TraceEvent[],
  limit: number,
): { readonly events: readonly TraceEvent[]; readonly earlier: boolean } {
  const shown = events.slice(Math.max(0, events.length - Math.max(1, limit)));
  return { events: shown, earlier: (shown[0]?.seq ?? 1) > 1 };
}

/** The nodes and edges that an event is about. */
export function subjectOf(event: TraceEvent): Selection {
  if (event.type === "route-taken" || event.type === "route-forced") {
    return event.edge === undefined ? { nodes: [event.node], edges: [] } : { nodes: [], edges: [event.edge] };
  }
  if (event.type === "superstep-started" || event.type === "superstep-finished") return { nodes: [...event.due], edges: [] };
  return { nodes: "node" in event ? [event.node] : [], edges: [] };
}

/** The codicon of an event; where a person made the run go that way it is another. */
export function traceIcon(event: TraceEvent): string {
  return event.type === "route-taken" && event.forced === true ? FORCED_ICON : traceIcons[event.type];
}

/** The codicon of each event type. */
const traceIcons: Readonly<Record<TraceEvent["type"], string>> = {
  "run-started": "play",
  "superstep-started": "debug-step-over",
  "task-started": "circle-outline",
  "task-finished": "pass",
  "task-failed": "error",
  "task-retried": "refresh",
  "task-progress": "ellipsis",
  "task-fallback": "debug-step-back",
  "task-cached": "database",
  "task-replayed": "history",
  "task-bypassed": "debug-disconnect",
  "nested-run": "type-hierarchy-sub",
  write: "edit",
  "route-taken": "arrow-right",
  "route-forced": FORCED_ICON,
  "route-overridden": "git-compare",
  moved: "arrow-small-right",
  restarted: "debug-restart-frame",
  input: "arrow-down",
  edited: "edit",
  "state-edited": "edit",
  question: "question",
  decision: "comment",
  "superstep-finished": "check-all",
  checkpoint: "save",
  recompile: "circuit-board",
  "carried-over": "arrow-swap",
  migrated: "versions",
  restored: "discard",
  token: "symbol-string",
  log: "output",
  "run-paused": "debug-pause",
  "run-finished": "flag",
};
