import { useRemaining } from "../canvas/use-remaining.js";
import type { NodeRunView } from "../protocol/node-run.js";
import { attemptText } from "./node-status.js";

interface NextAttemptProps {
  readonly attempt: NonNullable<NodeRunView["attempt"]>;
}

/** Which attempt a node is at, or in how long that begins. */
export function NextAttempt({ attempt }: NextAttemptProps): React.ReactElement {
  const left = useRemaining(attempt.from);
  const short = attempt.of === undefined ? `#${String(attempt.number)}` : `${String(attempt.number)}/${String(attempt.of)}`;
  const words = left.isOver ? attemptText(attempt) : `${attemptText(attempt)} in ${left.words}`;
  return (
    <span className="figures" data-mark="attempt" title={words}>
      {left.isOver ? short : `${short} in ${left.words}`}
    </span>
  );
}
