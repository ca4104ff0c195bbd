import type { QuestionView } from "../protocol/views.js";
import { Icon } from "./icon.js";
import { useRemaining } from "./use-remaining.js";

interface QuestionDeadlineProps {
  readonly deadline: number;
  /** The action that is taken then. */
  readonly whenLate: QuestionView["default"];
}

/** Until when a question waits, and what becomes of it then. */
export function QuestionDeadline({ deadline, whenLate }: QuestionDeadlineProps): React.ReactElement {
  const left = useRemaining(deadline);
  const at = new Date(deadline).toLocaleString();
  const inTime = left.isOver ? left.words : `in ${left.words}`;
  return (
    <p className="question-deadline" data-testid="deadline" title={at}>
      <Icon name="watch" />
      {whenLate === undefined ? (
        <span>
          waits until {at} ({inTime})
        </span>
      ) : (
        <span>
          answers itself with <code>{whenLate}</code> {left.isOver ? `now: ${left.words}` : inTime}
        </span>
      )}
    </p>
  );
}
