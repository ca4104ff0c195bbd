import type { ProblemView } from "../protocol/views.js";

type Severity = ProblemView["severity"];

/** How bad problems are, the worst first. */
export const severities: readonly Severity[] = ["error", "warning", "information"];

/** The codicon of a severity. */
export function severityIcon(severity: Severity): string {
  return severity === "information" ? "info" : severity;
}
