import "./nodes.css";
import { memo } from "react";
import { Handle, Position, type NodeProps } from "reactflow";
import { Icon } from "../canvas/icon.js";
import type { CardNode } from "../canvas/flow-types.js";
import { renameIntents } from "../canvas/to-intents.js";
import { useCanvas } from "../store/context.js";
import { isDisabled } from "../canvas/interventions.js";
import { DisabledMark, ElsewhereMark, JoinMark, LiveMark, PausedMark, StaleMark } from "./card-marks.js";
import { BreakpointMark } from "./breakpoint-mark.js";
import { AsksMark } from "./asks-mark.js";
import { CardLine } from "./card-line.js";
import { kindOf } from "./kinds.js";
import { ProblemMark } from "./problem-mark.js";
import { RenameField } from "./rename-field.js";
import { ShareBar, StatusFigures, StatusIcon } from "./status-badge.js";

/** A node: kind, label, one line of what it does, ports, and its state in the run. */
export const Card = memo(
  CardView,
  (a, b) => a.data === b.data && a.selected === b.selected && a.isConnectable === b.isConnectable && a.sourcePosition === b.sourcePosition,
);

function CardView({ id, data, selected, isConnectable, ...sides }: NodeProps<CardNode>): React.ReactElement {
  const { view, run, problems, question, join, elsewhere, live, stale, breakpoints, paused } = data;
  const look = kindOf(view.kind);
  const renaming = useCanvas((state) => state.renaming === id);
  const line = question ?? (view.summary || look.title);
  return (
    <div
      className="card"
      data-kind={view.kind}
      data-state={run?.status ?? "idle"}
      data-retrying={run?.attempt !== undefined}
      data-selected={selected}
      data-disabled={isDisabled(view)}
      data-paused={paused}
    >
      <Handle type="target" position={sides.targetPosition ?? Position.Left} isConnectable={isConnectable} />
      <span className="card-kind" title={look.title}>
        <Icon name={look.icon} />
      </span>
      <div className="card-text">
        <div className="card-row">
          {renaming ? (
            <RenameField id={id} label={view.label} what="node" intents={renameIntents} />
          ) : (
            <span className="card-label">{view.label}</span>
          )}
          {run !== undefined && <StatusIcon run={run} />}
        </div>
        <div className="card-row">
          <CardLine id={id} line={line} asks={question !== undefined} atWork={run?.status === "running"} />
          {run !== undefined && <StatusFigures run={run} fields={view.fields} />}
        </div>
      </div>
      {run !== undefined && <ShareBar run={run} />}
      {question !== undefined && <AsksMark node={id} />}
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
      <Handle type="source" position={sides.sourcePosition ?? Position.Right} isConnectable={isConnectable} />
    </div>
  );
}
