import "./nodes.css";
import { memo } from "react";
import { Handle, Position, type NodeProps } from "reactflow";
import { Icon } from "../canvas/icon.js";
import type { CardNode } from "../canvas/flow-types.js";
import { useCanvas } from "../store/context.js";
import { isDisabled } from "../canvas/interventions.js";
import { DisabledMark, ElsewhereMark, JoinMark, LiveMark, PausedMark, StaleMark } from "./card-marks.js";
import { BreakpointMark } from "./breakpoint-mark.js";
import { kindOf } from "./kinds.js";
import { ProblemMark } from "./problem-mark.js";
import { RenameField } from "./rename-field.js";
import { StatusFigures, StatusIcon } from "./status-badge.js";

/** A node: kind, label, one line of what it does, ports, and its state in the run. */
export const Card = memo(CardView, (a, b) => a.data === b.data && a.selected === b.selected && a.isConnectable === b.isConnectable);

function CardView({ id, data, selected, isConnectable }: NodeProps<CardNode>): React.ReactElement {
  const { view, run, problems, question, join, elsewhere, live, stale, breakpoints, paused } = data;
  const look = kindOf(view.kind);
  const renaming = useCanvas((state) => state.renaming === id);
  const line = question ?? (view.summary || look.title);
  return (
    <div
      className="card"
      data-kind={view.kind}
      data-state={run?.status ?? "idle"}
      data-selected={selected}
      data-disabled={isDisabled(view)}
      data-paused={paused}
    >
      <Handle type="target" position={Position.Left} isConnectable={isConnectable} />
      <span className="card-kind" title={look.title}>
        <Icon name={look.icon} />
      </span>
      <div className="card-text">
        <div className="card-row">
          {renaming ? <RenameField id={id} label={view.label} /> : <span className="card-label">{view.label}</span>}
          {run !== undefined && <StatusIcon run={run} />}
        </div>
        <div className="card-row">
          <span className="card-line" title={line} data-asks={question !== undefined}>
            {line}
          </span>
          {run !== undefined && <StatusFigures run={run} />}
        </div>
      </div>
      {join !== undefined && <JoinMark join={join} />}
      {elsewhere !== undefined && <ElsewhereMark goals={elsewhere} />}
      {live && <LiveMark />}
      {paused && <PausedMark />}
      {isDisabled(view) && <DisabledMark />}
      {stale !== undefined && <StaleMark stale={stale} />}
      {breakpoints.map((each) => (
        <BreakpointMark key={each.at} of={{ node: id }} breakpoint={each} />
      ))}
      {problems.length > 0 && <ProblemMark problems={problems} />}
      <Handle type="source" position={Position.Right} isConnectable={isConnectable} />
    </div>
  );
}
