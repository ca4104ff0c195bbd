// Breakpoints between VS Code's list and graphs.
import * as vscode from "vscode";
import { isGraphPath } from "../../editor/graph-uri.js";
import type { EntryPlace } from "../adapter/text-places.js";
import type { Marker } from "./anchors.js";
import type { GraphBreakpoint } from "./graph-breakpoint.js";

/** Whether a breakpoint is of a line of a text. */
export function isSource(breakpoint: vscode.Breakpoint): breakpoint is vscode.SourceBreakpoint {
  return breakpoint instanceof vscode.SourceBreakpoint;
}

/** Key of the graph that a breakpoint is in; undefined for one that is in none. */
export function graphKeyOf(breakpoint: vscode.Breakpoint): string | undefined {
  return isSource(breakpoint) && isGraphPath(breakpoint.location.uri.path) ? breakpoint.location.uri.toString() : undefined;
}

/** Where a breakpoint stands. */
export function markerOf(breakpoint: vscode.SourceBreakpoint): Marker {
  const { line, character } = breakpoint.location.range.start;
  // VS Code hands the mode over, too, though its types do not say so yet.
  const mode = "mode" in breakpoint && typeof breakpoint.mode === "string" ? breakpoint.mode : undefined;
  return { id: breakpoint.id, line, column: character, mode };
}

/** A breakpoint of VS Code as one of a node or edge. */
export function graphBreakpoint(breakpoint: vscode.SourceBreakpoint, place: EntryPlace): GraphBreakpoint {
  const { id, enabled, condition, hitCondition, logMessage } = breakpoint;
  return {
    id,
    place,
    enabled,
    ...(isBlank(condition) ? {} : { condition }),
    ...(isBlank(hitCondition) ? {} : { hits: hitCondition }),
    ...(isBlank(logMessage) ? {} : { log: logMessage }),
  };
}

function isBlank(text: string | undefined): text is "" | undefined {
  return text === undefined || text === "";
}
