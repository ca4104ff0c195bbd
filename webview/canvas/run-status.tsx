import type { RunView } from "../protocol/views.js";
import { useCanvas } from "../store/context.js";
import { Icon } from "./icon.js";

type Status = RunView["status"];

const looks: Readonly<Record<Status, { readonly icon: string; readonly word: string }>> = {
  none: { icon: "circle-outline", word: "Not run" },
  running: { icon: "loading", word: "Running" },
  paused: { icon: "debug-pause", word: "Paused" },
  waiting: { icon: "comment-unresolved", word: "Waiting" },
  completed: { icon: "pass", word: "Completed" },
  failed: { icon: "error", word: "Failed" },
  cancelled: { icon: "circle-slash", word: "Stopped" },
};

/** What a run is at, in a few words. */
export function spokenRun({ status, superstep, restoredFrom, blocked }: RunView): string {
  if (status === "none") return looks.none.word;
  if (blocked !== undefined) return `Cannot go on · superstep ${String(superstep)}`;
  if (restoredFrom !== undefined) return `Restored superstep ${String(restoredFrom)}`;
  return `${looks[status].word} · superstep ${String(superstep)}`;
}

/** The run's status in the toolbar. */
export function RunStatus(): React.ReactElement | null {
  const run = useCanvas((state) => state.now);
  if (run.status === "none") return null;
  const icon = run.blocked !== undefined ? "error" : run.restoredFrom === undefined ? looks[run.status].icon : "history";
  return (
    <span
      className="run-status"
      data-testid="run-status"
      data-status={run.status}
      data-blocked={run.blocked?.why ?? ""}
      title={run.error ?? ""}
    >
      <Icon name={icon} spin={run.status === "running"} />
      {spokenRun(run)}
    </span>
  );
}
