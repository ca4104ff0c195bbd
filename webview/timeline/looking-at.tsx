import { Icon } from "../canvas/icon.js";
import { useCanvas, useServices } from "../store/context.js";
import type { CanvasState } from "../store/state.js";
import { goneNodes, listed, markLooks, marksAt } from "./marks.js";

/** Says that what is drawn is the past, what was special about it, and leads out of it. */
export function LookingAt(): React.ReactElement {
  const superstep = useCanvas((state) => state.past?.superstep);
  const last = useCanvas((state) => state.now.superstep);
  const notes = useCanvas((state) => notesOf(state).join(" "));
  return (
    <div className="timeline-looking">
      <span className="timeline-where" data-testid="looking">
        <Icon name="eye" />
        Looking at superstep {superstep} of {last}
      </span>
      <Marks superstep={superstep ?? -1} />
      <span className="timeline-notes" role="status" data-testid="looking-notes">
        {notes}
      </span>
      <Actions />
    </div>
  );
}

function Marks({ superstep }: { readonly superstep: number }): React.ReactElement {
  const outline = useCanvas((state) => state.outline);
  return (
    <>
      {marksAt(outline, superstep).map((kind) => (
        <span key={kind} className="timeline-mark" data-mark={kind}>
          <Icon name={markLooks[kind].icon} />
          {markLooks[kind].word}
        </span>
      ))}
    </>
  );
}

function Actions(): React.ReactElement {
  const { store, host } = useServices();
  const checkpoint = useCanvas((state) => state.past?.checkpoint);
  const why = useCanvas(whyNot);
  return (
    <>
      <button
        type="button"
        className="timeline-action"
        data-command="past/restore"
        disabled={why !== ""}
        title={why === "" ? "Stand at this checkpoint; nothing is lost" : why}
        onClick={() => checkpoint !== undefined && host.command("past/restore", { checkpoint })}
      >
        Restore here…
      </button>
      <button
        type="button"
        className="timeline-action"
        data-command="past/leave"
        data-primary="true"
        onClick={() => store.getState().leavePast()}
      >
        Back to now
      </button>
    </>
  );
}

/** Why the run cannot be taken to what is looked at, if so. */
function whyNot({ past, now, shown }: CanvasState): string {
  if (shown?.trusted !== true) return "Trust the workspace first";
  if (now.status === "running") return "Pause the run first";
  return past?.checkpoint === undefined ? "This superstep has no checkpoint" : "";
}

/** What is not as it seems: another superstep than was asked for, another graph, nodes that are not drawn. */
function notesOf({ past, seeking, playing, shown }: CanvasState): readonly string[] {
  if (past === undefined) return [];
  const gone = goneNodes(Object.keys(past.run.nodes), shown?.nodes ?? []);
  const isElsewhere = !playing && seeking !== undefined && past.superstep < seeking;
  return [
    ...(isElsewhere ? [`Superstep ${String(seeking)} was not kept.`] : []),
    ...(past.samePlan ? [] : ["It ran by another revision of the graph."]),
    ...(gone.length === 0 ? [] : [`Not in the graph any more: ${listed(gone)}.`]),
  ];
}
