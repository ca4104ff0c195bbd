import { memo } from "react";
import { Handle, Position, type NodeProps } from "reactflow";
import { Icon } from "../canvas/icon.js";
import type { TerminalNode } from "../canvas/flow-types.js";
import { ElsewhereMark } from "./card-marks.js";

/** Where a run enters, or a branch ends. */
export const Terminal = memo(
  TerminalView,
  (a, b) => a.data === b.data && a.selected === b.selected && a.isConnectable === b.isConnectable && a.sourcePosition === b.sourcePosition,
);

function TerminalView({ data, selected, isConnectable, ...sides }: NodeProps<TerminalNode>): React.ReactElement {
  const start = data.end === "start";
  return (
    <div className="terminal" data-end={data.end} data-selected={selected}>
      {!start && <Handle type="target" position={sides.targetPosition ?? Position.Left} isConnectable={isConnectable} />}
      <span className="terminal-pill">
        <Icon name={start ? "play-circle" : "stop-circle"} />
        {start ? "Start" : "End"}
      </span>
      {data.elsewhere !== undefined && <ElsewhereMark goals={data.elsewhere} />}
      {start && <Handle type="source" position={sides.sourcePosition ?? Position.Right} isConnectable={isConnectable} />}
    </div>
  );
}
