import { Icon } from "../canvas/icon.js";
import type { NodeRunView } from "../protocol/views.js";
import { spokenMs } from "./duration.js";

type Status = NodeRunView["status"];

/** Icon and words of each state; never colour alone. */
export const statusLooks: Readonly<Record<Status, { readonly icon: string; readonly word: string }>> = {
  due: { icon: "debug-stackframe", word: "Due in the next superstep" },
  running: { icon: "loading", word: "Running" },
  waiting: { icon: "comment-unresolved", word: "Waiting for a decision" },
  done: { icon: "pass", word: "Done" },
  failed: { icon: "error", word: "Failed" },
};

/** A node's state in the run, as an icon; hovering says it in words. */
export function StatusIcon({ run }: { readonly run: NodeRunView }): React.ReactElement {
  const { icon, word } = statusLooks[run.status];
  return (
    <span className="status" data-status={run.status} title={run.error === undefined ? word : `${word}: ${run.error}`}>
      <Icon name={icon} spin={run.status === "running"} />
    </span>
  );
}

/** How far a node is with a list; else how long its last task took, and how often it ran if more than once. */
export function StatusFigures({ run }: { readonly run: NodeRunView }): React.ReactElement | null {
  if (run.items !== undefined) return <ItemFigures {...run.items} />;
  const duration = run.ms === undefined || run.status === "running" ? [] : [spokenMs(run.ms)];
  const times = run.count > 1 ? [`×${String(run.count)}`] : [];
  const figures = [...duration, ...times].join(" ");
  if (run.replayed === true) return <RecordedFigures figures={figures} />;
  return figures === "" ? null : <span className="figures">{figures}</span>;
}

/** Its result counted again; it did not run. */
function RecordedFigures({ figures }: { readonly figures: string }): React.ReactElement {
  return (
    <span className="figures" data-mark="recorded" title="A recorded result counted again: the node was not run">
      <Icon name="history" />
      {figures}
    </span>
  );
}

function ItemFigures({ done, failed, total }: NonNullable<NodeRunView["items"]>): React.ReactElement {
  const title = `${String(done)} of ${String(total)} items${failed === 0 ? "" : `, ${String(failed)} failed`}`;
  return (
    <span className="figures" title={title}>
      {done}/{total}
    </span>
  );
}
