import { useState } from "react";
import type { ProblemView } from "../protocol/views.js";
import { useCanvas } from "../store/context.js";
import { Icon } from "./icon.js";
import { ProblemList } from "./problem-list.js";
import { severities, severityIcon } from "./severity.js";

const none: readonly ProblemView[] = [];

/** How many problems there are; opens into the list of them. */
export function ProblemStrip(): React.ReactElement | null {
  const problems = useCanvas((state) => state.shown?.problems ?? none);
  const [open, setOpen] = useState(false);
  if (problems.length === 0) return null;
  const counts = severities.map((severity) => [severity, problems.filter((problem) => problem.severity === severity).length] as const);
  return (
    <section className="problems" aria-label="Problems" data-testid="problems">
      <button type="button" className="problems-head" aria-expanded={open} data-command="problems/toggle" onClick={() => setOpen(!open)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} />
        {counts.map(([severity, count]) => count > 0 && <Count key={severity} severity={severity} count={count} />)}
      </button>
      {open && <ProblemList problems={problems} />}
    </section>
  );
}

interface CountProps {
  readonly severity: ProblemView["severity"];
  readonly count: number;
}

function Count({ severity, count }: CountProps): React.ReactElement {
  const word = severity === "information" ? "note" : severity;
  return (
    <span className="problems-count" data-severity={severity}>
      <Icon name={severityIcon(severity)} />
      {count} {count === 1 ? word : `${word}s`}
    </span>
  );
}
