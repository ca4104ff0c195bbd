// What the document says otherwise than the plan in force, in words. Pure.
import type { DriftView, ProblemView, StaleView } from "../protocol/views.js";

/** Why a node or edge is not in the plan in force as it is drawn. */
export function spokenStale({ change, problem }: StaleView, { why, error }: DriftView): string {
  switch (why) {
    case "broken":
      return problem ?? `${change}: takes effect once the errors of the graph are mended`;
    case "waiting":
      return `${change}: waits for a hard compile`;
    case "refused":
      return `${change}: refused, as the strategy is soft and the edit needs a hard compile`;
    case "failed":
      return `${change}: could not be compiled: ${error ?? ""}`;
  }
}

/** How much differs from the plan in force. */
export function spokenDrift({ nodes, edges, removed, others }: DriftView): string {
  const parts = [
    counted(Object.keys(nodes).length, "node"),
    counted(Object.keys(edges).length, "edge"),
    ...(removed === 0 ? [] : [`${String(removed)} removed`]),
    ...(others.length > 2 ? [`${String(others.length)} settings of the graph`] : others),
  ].filter((part) => part !== "");
  const what = parts.length === 0 ? "the graph" : parts.join(", ");
  return `Differs from the plan in force: ${what}`;
}

/** What becomes of it, and what to do. */
export function spokenNextStep({ why, error }: DriftView, problems: readonly ProblemView[]): string {
  switch (why) {
    case "broken": {
      const errors = problems.filter(({ severity }) => severity === "error").length;
      return `Runs go by the last good plan until ${errors === 1 ? "the error is" : `the ${String(errors)} errors are`} mended.`;
    }
    case "waiting":
      return "It waits for a hard compile.";
    case "refused":
      return "The strategy is soft, and this needs a hard compile: undo it, or compile it all the same.";
    case "failed":
      return `It could not be compiled, and is tried again: ${error ?? ""}`;
  }
}

function counted(count: number, noun: string): string {
  if (count === 0) return "";
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
