import { useCanvas } from "../store/context.js";
import type { RunView } from "../protocol/views.js";
import { spokenRun } from "./run-status.js";

/** Tells a screen reader what the run is at, whenever that changes. */
export function LiveRegion(): React.ReactElement {
  const words = useCanvas((state) => announcement(state.now));
  return (
    <div className="unseen" role="status" aria-live="polite" data-testid="announcement">
      {words}
    </div>
  );
}

/** Tells a screen reader what somebody just did, where only eyes could see it. */
export function SaidRegion(): React.ReactElement {
  const { words, time } = useCanvas((state) => state.said);
  return (
    <div className="unseen" role="status" aria-live="polite" data-testid="said">
      <span key={time}>{words}</span>
    </div>
  );
}

function announcement(run: RunView): string {
  const [question] = run.questions;
  if (run.status === "none") return "";
  // Supersteps of a running graph would drown everything else.
  if (run.status === "running") return "Run started";
  const more = run.blocked?.reasons[0]?.message ?? run.error ?? question?.prompt;
  return more === undefined ? spokenRun(run) : `${spokenRun(run)}: ${more}`;
}
