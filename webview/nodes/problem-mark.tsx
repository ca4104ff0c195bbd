import { Icon } from "../canvas/icon.js";
import type { ProblemView } from "../protocol/views.js";

/** A mark on a node or edge that has problems; hovering tells which. */
export function ProblemMark({ problems }: { readonly problems: readonly ProblemView[] }): React.ReactElement {
  const severity = problems.some((problem) => problem.severity === "error") ? "error" : "warning";
  return (
    <span className="problem-mark" data-severity={severity} title={problems.map(({ message }) => message).join("\n")}>
      <Icon name={severity} />
    </span>
  );
}
