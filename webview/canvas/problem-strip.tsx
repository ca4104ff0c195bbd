import { useState } from "react";
import type { ProblemView } from "../protocol/views.js";
import { useCanvas } from "../store/context.js";
import { Icon } from "./icon.js";
import { ProblemList } from "./problem-list.js";

const none: readonly ProblemView[] = [];

/** How many problems there are; opens into the list of them. */
export function ProblemStrip(): React.ReactElement | null {
  const problems = useCanvas((state) => state.shown?.problems ?? none);
  const [open, setOpen] = useState(false);
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return (
    <section className="problems" aria-label="Problems" data-testid="problems">
      <button type="button" className="problems-head" aria-expanded={open} data-command="problems/toggle" onClick={() => setOpen(!open)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} />
        {errors > 0 && <Count icon="error" count={errors} word="error" />}
        {warnings > 0 && <Count icon="warning" count={warnings} word="warning" />}
      </button>
      {open && <ProblemList problems={problems} />}
    </section>
  );
}

function Count({ icon, count, word }: { readonly icon: string; readonly count: number; readonly word: string }): React.ReactElement {
  return (
    <span className="problems-count" data-severity={icon}>
      <Icon name={icon} />
      {count} {count === 1 ? word : `${word}s`}
    </span>
  );
}
