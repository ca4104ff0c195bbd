import "./toolbar.css";
import { Hand } from "../edges/hand.js";
import type { EdgeView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { sole } from "../store/selection.js";
import type { CanvasState } from "../store/state.js";
import { CompileChip } from "./compile-chip.js";
import { forcedOf } from "./interventions.js";
import { redirecting } from "./redirecting.js";
import { runControls, type RunControl } from "./run-controls.js";
import { RunStatus } from "./run-status.js";
import { ToolButton } from "./tool-button.js";
import { useMinimap } from "../minimap/use-minimap.js";
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
  const run = useCanvas((state) => state.now);
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const planned = useCanvas((state) => state.compile.plan !== "");
  return (
    <>
      {runControls({ run, trusted, planned }).map(({ command, title, icon, enabled }: RunControl) => (
        <ToolButton
          key={command}
          command={command}
          label={title}
          icon={icon}
          disabled={!enabled}
          onClick={() => host.command(command, {})}
        />
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
    <ToolButton
      command={forced ? "route/release" : "route/force"}
      label={title}
      icon={<Hand />}
      pressed={forced}
      disabled={!redirect.able}
      onClick={() => (forced ? host.command("route/release", { node: edge.from }) : host.command("route/force", { edge: edge.id }))}
    />
  );
}

function soleEdge({ shown, selection }: CanvasState): EdgeView | undefined {
  const one = sole(selection);
  return one !== undefined && "edge" in one ? shown?.edges.find(({ id }) => id === one.edge) : undefined;
}

function EditButtons(): React.ReactElement {
  const minimap = useMinimap();
  const perform = usePerform();
  const readOnly = useCanvas((state) => state.shown?.readOnly === true);
  return (
    <>
      <ToolButton
        command="node/add"
        label="Add a node"
        title="Add a node (Tab)"
        icon="add"
        disabled={readOnly}
        onClick={() => perform({ type: "add" })}
      />
      <ToolButton
        command="graph/layOut"
        label="Lay out the graph"
        title="Lay out the graph (Shift+Alt+F)"
        icon="type-hierarchy"
        disabled={readOnly}
        onClick={() => perform({ type: "lay-out" })}
      />
      <ToolButton
        command="view/fit"
        label="Fit the graph"
        title="Fit the graph (Ctrl+1)"
        icon="screen-full"
        onClick={() => perform({ type: "fit" })}
      />
      <ToolButton
        command="view/minimap"
        label="Minimap"
        title={minimap.on ? "Hide the minimap" : "Show the minimap"}
        icon="map"
        pressed={minimap.on}
        onClick={minimap.toggle}
      />
    </>
  );
}
