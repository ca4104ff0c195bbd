import { useEffect, useState } from "react";
import type { QuestionView } from "../protocol/views.js";
import { lookAgain, remaining } from "./deadline.js";
import { Icon } from "./icon.js";

interface QuestionDeadlineProps {
  readonly deadline: number;
  /** The action that is taken then. */
  readonly whenLate: QuestionView["default"];
}

/** Until when a question waits, and what becomes of it then; keeps itself current with one timer, and renders nothing else. */
export function QuestionDeadline({ deadline, whenLate }: QuestionDeadlineProps): React.ReactElement {
  const [now, setNow] = useState(Date.now);
  const left = remaining(deadline - now);
  const wait = lookAgain(left);
  const next = wait === undefined ? undefined : now + wait;
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), next - Date.now());
    return () => clearTimeout(timer);
  }, [next]);
  const at = new Date(deadline).toLocaleString();
  const inTime = wait === undefined ? left.words : `in ${left.words}`;
  return (
    <p className="question-deadline" data-testid="deadline" title={at}>
      <Icon name="watch" />
      {whenLate === undefined ? (
        <span>
          waits until {at} ({inTime})
        </span>
      ) : (
        <span>
          answers itself with <code>{whenLate}</code> {wait === undefined ? `now: ${left.words}` : inTime}
        </span>
      )}
    </p>
  );
}
