import "./toolbar.css";
import { Hand } from "../edges/hand.js";
import type { EdgeView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { sole } from "../store/selection.js";
import type { CanvasState } from "../store/state.js";
import { CompileChip } from "./compile-chip.js";
import { Icon } from "./icon.js";
import { forcedOf } from "./interventions.js";
import { redirecting } from "./redirecting.js";
import { runControls, type RunControl } from "./run-controls.js";
import { RunStatus } from "./run-status.js";
import { usePerform } from "./use-perform.js";

/** The floating toolbar: run control, editing, and what run and compiler are at. */
export function Toolbar(): React.ReactElement {
  return (
    <div className="toolbar" role="toolbar" aria-label="Graph" aria-orientation="horizontal">
      <RunButtons />
      <ForceButton />
      <span className="toolbar-rule" />
      <EditButtons />
      <span className="toolbar-rule" />
      <RunStatus />
      <CompileChip />
    </div>
  );
}

function RunButtons(): React.ReactElement {
  const { host } = useServices();
  const run = useCanvas((state) => state.run);
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const planned = useCanvas((state) => state.compile.plan !== "");
  return (
    <>
      {runControls({ run, trusted, planned }).map(({ command, title, icon, enabled }: RunControl) => (
        <button
          key={command}
          type="button"
          className="tool"
          data-command={command}
          aria-label={title}
          title={title}
          disabled={!enabled}
          onClick={() => host.command(command, {})}
        >
          <Icon name={icon} />
        </button>
      ))}
    </>
  );
}

/** While one edge is selected: makes the run take it next, or takes that back. */
function ForceButton(): React.ReactElement | null {
  const { host } = useServices();
  const run = useCanvas((state) => state.run);
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const edge = useCanvas((state) => soleEdge(state));
  const redirect = redirecting(run, trusted);
  if (edge === undefined || redirect === undefined) return null;
  const forced = forcedOf(edge, run)?.now === true;
  const title = `${forced ? "Release this edge" : "Take this edge next"}${redirect.because}`;
  return (
    <button
      type="button"
      className="tool"
      data-command={forced ? "route/release" : "route/force"}
      aria-label={title}
      aria-pressed={forced}
      title={title}
      disabled={!redirect.able}
      onClick={() => (forced ? host.command("route/release", { node: edge.from }) : host.command("route/force", { edge: edge.id }))}
    >
      <Hand />
    </button>
  );
}

function soleEdge({ shown, selection }: CanvasState): EdgeView | undefined {
  const one = sole(selection);
  return one !== undefined && "edge" in one ? shown?.edges.find(({ id }) => id === one.edge) : undefined;
}

function EditButtons(): React.ReactElement {
  const perform = usePerform();
  const readOnly = useCanvas((state) => state.shown?.readOnly === true);
  return (
    <>
      <button
        type="button"
        className="tool"
        data-command="node/add"
        aria-label="Add a node"
        title="Add a node (Tab)"
        disabled={readOnly}
        onClick={() => perform({ type: "add" })}
      >
        <Icon name="add" />
      </button>
      <button
        type="button"
        className="tool"
        data-command="view/fit"
        aria-label="Fit the graph"
        title="Fit the graph (Ctrl+1)"
        onClick={() => perform({ type: "fit" })}
      >
        <Icon name="screen-full" />
      </button>
    </>
  );
}
