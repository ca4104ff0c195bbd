import type { Selection } from "../bridge/bridge.js";
import type { GraphSession } from "../run/graph-session.js";

/** A row of a view that is about nodes or edges of a graph. */
export interface RevealingRow {
  readonly session: GraphSession;
  readonly selection: Selection;
}

/** Whether what VS Code handed to a command is such a row. */
export function isRevealingRow(value: unknown): value is RevealingRow {
  return typeof value === "object" && value !== null && "session" in value && "selection" in value;
}
