import "./edges.css";
import { memo } from "react";
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "reactflow";
import type { FlowEdge, WireData } from "../canvas/flow-types.js";
import { ProblemMark } from "../nodes/problem-mark.js";
import { useServices } from "../store/context.js";
import { showDetails } from "../inspector/show-details.js";
import { wirePath } from "./wire-path.js";

/** An edge with its condition as a pill; dashed where conditional, lit where just taken, dotted at its tail where taken before. */
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
        data-taken={data.taken}
        markerEnd="url(#pb-arrow)"
        {...(data.taken === "never" ? {} : { markerStart: "url(#pb-taken)" })}
        interactionWidth={18}
      />
      <Pill id={id} data={data} selected={selected === true} x={x} y={y} />
    </>
  );
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
  const { view, problems, taken } = data;
  const label = typeof view.fields["label"] === "string" ? view.fields["label"] : "";
  const words = label || view.text;
  if (words === "" && problems.length === 0) return null;
  const select = (event: React.MouseEvent): void => {
    const { selection, changeSelection, ...state } = store.getState();
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    if (adding) changeSelection([], [{ id, selected: !selection.edges.includes(id) }]);
    else state.select({ nodes: [], edges: [id] });
  };
  return (
    <EdgeLabelRenderer>
      <div
        className="pill nodrag nopan"
        data-pill={id}
        data-condition={view.condition}
        data-taken={taken}
        data-selected={selected}
        style={{ transform: `translate(-50%, -50%) translate(${String(x)}px, ${String(y)}px)` }}
        title={view.text}
        onClick={select}
        onDoubleClick={() => showDetails(store)}
      >
        {problems.length > 0 && <ProblemMark problems={problems} />}
        {words !== "" && <span className="pill-text">{words}</span>}
      </div>
    </EdgeLabelRenderer>
  );
}
