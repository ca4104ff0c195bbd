import "./annotations.css";
import { memo } from "react";
import type { NodeProps } from "reactflow";
import { ProblemMark } from "../../nodes/problem-mark.js";
import { RenameField } from "../../nodes/rename-field.js";
import { useCanvas, useServices } from "../../store/context.js";
import { Icon } from "../icon.js";
import { renameGroupIntents } from "./annotation-intents.js";
import type { FrameNode } from "./annotation-types.js";

/** A frame around a group: its header names it, selects it, and moves all that is in it. */
export const Frame = memo(FrameView, (a, b) => a.data === b.data && a.selected === b.selected);

function FrameView({ id, data, selected }: NodeProps<FrameNode>): React.ReactElement {
  const { store } = useServices();
  const { view, takes, problems } = data;
  const renaming = useCanvas((state) => state.renaming === id);
  const select = (event: React.MouseEvent): void => {
    const { changeSelection, select: selectOnly } = store.getState();
    if (event.shiftKey || event.ctrlKey || event.metaKey) changeSelection([{ id, selected: !selected }], []);
    else selectOnly({ nodes: [id], edges: [] });
  };
  return (
    <div className="group-frame inked" data-color={view.color ?? "none"} data-selected={selected} data-takes={takes}>
      <div className="group-header" onClick={select}>
        <Icon name="group-by-ref-type" />
        {renaming ? (
          <RenameField id={id} label={view.label} what="group" intents={renameGroupIntents} />
        ) : (
          <span className="group-label">{view.label}</span>
        )}
        {takes && (
          <span className="group-takes">
            <Icon name="add" /> Drop to add
          </span>
        )}
      </div>
      {problems.length > 0 && <ProblemMark problems={problems} />}
    </div>
  );
}
