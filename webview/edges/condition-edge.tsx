import "./edges.css";
import { memo } from "react";
import { BaseEdge, type EdgeProps } from "reactflow";
import type { FlowEdge, WireData } from "../canvas/flow-types.js";
import { Icon } from "../canvas/icon.js";
import { EdgeLabel } from "../canvas/label-layer.js";
import { spokenForce } from "../canvas/interventions.js";
import { edgeMenu } from "../canvas/menus.js";
import { endsRun } from "./ends-run.js";
import { Hand } from "./hand.js";
import { BreakpointMark } from "../nodes/breakpoint-mark.js";
import { ProblemMark } from "../nodes/problem-mark.js";
import { useServices } from "../store/context.js";
import { showDetails } from "../inspector/show-details.js";
import { wirePath } from "./wire-path.js";

/**
 * An edge with its condition as a pill; dashed where conditional, in the colour of failures where that is its condition, dotted with
 * a hand where forced, lit where just taken, dotted at its tail where taken before; in long dashes with a mark where the plan in force
 * does not have it so. A breakpoint stands before the condition where that is tested, behind it where the edge is taken.
 */
export const ConditionEdge = memo(ConditionEdgeView);

function ConditionEdgeView(props: EdgeProps<FlowEdge>): React.ReactElement {
  const { id, data, selected } = props;
  const { path, x, y } = wirePath(props, data.detour);
  const conditional = data.view.condition !== "plain";
  return (
    <>
      <BaseEdge
        path={path}
        className="wire"
        data-conditional={conditional}
        data-condition={data.view.condition}
        data-forced={forceOf(data)}
        data-stale={data.stale !== undefined}
        data-taken={data.taken}
        markerEnd="url(#pb-arrow)"
        {...(data.taken === "never" ? {} : { markerStart: "url(#pb-taken)" })}
        interactionWidth={18}
      />
      <Pill id={id} data={data} selected={selected === true} x={x} y={y} />
    </>
  );
}

/** A hand drew it: `now`, or `before`. */
function forceOf({ forced }: WireData): "now" | "before" | undefined {
  return forced === undefined ? undefined : forced.now ? "now" : "before";
}

interface PillProps {
  readonly id: string;
  readonly data: WireData;
  readonly selected: boolean;
  readonly x: number;
  readonly y: number;
}

function Pill({ id, data, selected, x, y }: PillProps): React.ReactElement | null {
  const { store } = useServices();
  const { view, problems, taken, forced, stale, breakpoints } = data;
  const label = typeof view.fields["label"] === "string" ? view.fields["label"] : "";
  const ends = endsRun(view);
  const words = label || view.text || (ends ? "ends the run" : "");
  const plain = problems.length === 0 && forced === undefined && stale === undefined && breakpoints.length === 0;
  if (words === "" && plain) return null;
  const select = (event: React.MouseEvent): void => {
    const { selection, changeSelection, ...state } = store.getState();
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    if (adding) changeSelection([], [{ id, selected: !selection.edges.includes(id) }]);
    else state.select({ nodes: [], edges: [id] });
  };
  return (
    <EdgeLabel>
      <div
        className="pill nodrag nopan"
        data-pill={id}
        data-condition={view.condition}
        data-forced={forceOf(data)}
        data-taken={taken}
        data-selected={selected}
        data-stale={stale !== undefined}
        data-plain={plain}
        data-bare={words === ""}
        data-vscode-context={edgeMenu(data)["vscode-context"]}
        style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}
        title={[view.text, ends ? "ends the whole run" : "", spokenForce(forced), stale ?? ""].filter((part) => part !== "").join(" · ")}
        onClick={select}
        onDoubleClick={() => showDetails(store)}
      >
        {breakpoints.map((each) => each.at === "tested" && <BreakpointMark key={each.at} of={{ edge: id }} breakpoint={each} />)}
        {problems.length > 0 && <ProblemMark problems={problems} />}
        {stale !== undefined && <Icon name="sync-ignored" />}
        {forced !== undefined && <Hand />}
        {view.condition === "error" && <Icon name="zap" />}
        {words !== "" && <span className="pill-text">{words}</span>}
        {ends && <Icon name="debug-stop" />}
        {breakpoints.map((each) => each.at === "taken" && <BreakpointMark key={each.at} of={{ edge: id }} breakpoint={each} />)}
      </div>
    </EdgeLabel>
  );
}
