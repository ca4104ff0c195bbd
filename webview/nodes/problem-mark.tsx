import { Icon } from "../canvas/icon.js";
import { severities, severityIcon } from "../canvas/severity.js";
import type { ProblemView } from "../protocol/views.js";

/** A mark on a node or edge that has problems; hovering tells which. */
export function ProblemMark({ problems }: { readonly problems: readonly ProblemView[] }): React.ReactElement {
  const severity = severities.find((each) => problems.some((problem) => problem.severity === each)) ?? "error";
  return (
    <span className="problem-mark" data-severity={severity} title={problems.map(({ message }) => message).join("\n")}>
      <Icon name={severityIcon(severity)} />
    </span>
  );
}
