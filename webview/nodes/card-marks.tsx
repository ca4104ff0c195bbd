import { Icon } from "../canvas/icon.js";
import { spokenJoin } from "../canvas/interventions.js";
import { Hand } from "../edges/hand.js";

/** Where edges meet: what the node waits for. */
export function JoinMark({ join }: { readonly join: string }): React.ReactElement {
  return (
    <span className="card-mark" data-mark="join" title={`This node ${spokenJoin(join)}`}>
      <Icon name="git-merge" />
      {join}
    </span>
  );
}

/** Where a person sent this run from here, whatever the edges say. */
export function ElsewhereMark({ goals }: { readonly goals: readonly string[] }): React.ReactElement {
  const where = goals.join(", ");
  return (
    <span className="card-mark" data-mark="elsewhere" title={`This run goes on with ${where} from here, whatever the edges say`}>
      <Hand />
      <span className="card-mark-text">→ {where}</span>
    </span>
  );
}

/** The plan in force does not have the node as it is drawn. */
export function StaleMark({ stale }: { readonly stale: string }): React.ReactElement {
  return (
    <span className="card-mark" data-mark="stale" title={stale}>
      <Icon name="sync-ignored" />
      not in force
    </span>
  );
}

/** What is recorded of the node does not count when a run goes over it again. */
export function LiveMark(): React.ReactElement {
  return (
    <span className="card-mark" data-mark="live" title="Runs live on replay: its recorded results do not count">
      <Icon name="debug-rerun" />
      live
    </span>
  );
}

/** The run stands before the node. */
export function PausedMark(): React.ReactElement {
  return (
    <span className="card-mark" data-mark="paused" title="The run is paused here, before this node">
      <Icon name="debug-stackframe" />
      paused
    </span>
  );
}

/** The node is bypassed. */
export function DisabledMark(): React.ReactElement {
  return (
    <span className="card-mark" data-mark="disabled" title="Disabled: a run passes it by">
      <Icon name="debug-disconnect" />
      disabled
    </span>
  );
}
