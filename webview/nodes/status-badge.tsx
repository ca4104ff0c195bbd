import { Icon } from "../canvas/icon.js";
import type { NodeRunView } from "../protocol/node-run.js";
import { attemptText, figuresText, howOf, insideText, manner, shareOf, statusLooks } from "./node-status.js";
import { NextAttempt } from "./next-attempt.js";

/** A node's state in the run, as an icon; hovering says it in words. */
export function StatusIcon({ run }: { readonly run: NodeRunView }): React.ReactElement {
  const { icon, word } = statusLooks[run.status];
  if (run.attempt !== undefined) return <RetryIcon attempt={run.attempt} />;
  return (
    <span className="status" data-status={run.status} title={run.error === undefined ? word : `${word}: ${run.error}`}>
      <Icon name={icon} spin={run.status === "running"} />
    </span>
  );
}

/** One attempt failed, and another one is at work or waited for. */
function RetryIcon({ attempt }: { readonly attempt: NonNullable<NodeRunView["attempt"]> }): React.ReactElement {
  return (
    <span className="status" data-status="retried" title={`An attempt failed: ${attemptText(attempt)}`}>
      <Icon name="debug-restart" />
    </span>
  );
}

interface StatusFiguresProps {
  readonly run: NodeRunView;
  /** The node as the document has it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** How far a node is; else how long its last task took, and how it came to its result where that was not by its own work. */
export function StatusFigures({ run, fields }: StatusFiguresProps): React.ReactElement | null {
  const share = shareOf(run);
  if (run.attempt !== undefined) return <NextAttempt attempt={run.attempt} />;
  if (share !== undefined) {
    const title = [share.words, manner(fields)].filter((part) => part !== "").join(" · ");
    return (
      <span className="figures" data-mark="share" title={title}>
        {share.done}/{share.total}
      </span>
    );
  }
  if (run.inside !== undefined) return <InsideFigures inside={run.inside} />;
  return <LastFigures run={run} />;
}

function LastFigures({ run }: { readonly run: NodeRunView }): React.ReactElement | null {
  const figures = figuresText(run);
  const how = howOf(run);
  if (how === undefined) return figures === "" ? null : <span className="figures">{figures}</span>;
  return (
    <span className="figures" data-mark={how.name} title={how.words}>
      <Icon name={how.icon} />
      {figures}
    </span>
  );
}

function InsideFigures({ inside }: { readonly inside: NonNullable<NodeRunView["inside"]> }): React.ReactElement {
  return (
    <span className="figures" data-mark="inside" title={insideText(inside)}>
      <Icon name="type-hierarchy-sub" />
      {inside.superstep}
    </span>
  );
}

/** A thin line along the foot of a card: how much of several pieces of work is over, and how much of that failed. */
export function ShareBar({ run }: { readonly run: NodeRunView }): React.ReactElement | null {
  const share = shareOf(run);
  if (share === undefined || share.total === 0) return null;
  const percent = (count: number): string => `${String((100 * count) / share.total)}%`;
  return (
    <span className="share-bar" aria-hidden="true">
      <span data-part="done" style={{ width: percent(share.done - share.failed) }} />
      <span data-part="failed" style={{ width: percent(share.failed) }} />
    </span>
  );
}
