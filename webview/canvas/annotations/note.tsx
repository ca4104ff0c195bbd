import "./annotations.css";
import { memo } from "react";
import type { NodeProps } from "reactflow";
import { ProblemMark } from "../../nodes/problem-mark.js";
import { useCanvas } from "../../store/context.js";
import type { NoteNode } from "./annotation-types.js";
import { emphasised, type Piece } from "./emphasis.js";
import { NoteField } from "./note-field.js";
import { useResize } from "./use-resize.js";

/** A note: its text, typed in place, and a corner that makes it larger. */
export const Note = memo(NoteView, (a, b) => a.data === b.data && a.selected === b.selected && a.draggable === b.draggable);

function NoteView({ id, data, selected, draggable }: NodeProps<NoteNode>): React.ReactElement {
  const { view, problems } = data;
  const writing = useCanvas((state) => state.renaming === id);
  const { size, corner } = useResize(view);
  return (
    <div className="sticky inked" data-color={view.color ?? "none"} data-selected={selected} style={size}>
      {writing ? <NoteField note={view} /> : <NoteText text={view.text} />}
      {draggable && <div className="sticky-corner nodrag nopan" title="Drag to resize" {...corner} />}
      {problems.length > 0 && <ProblemMark problems={problems} />}
    </div>
  );
}

function NoteText({ text }: { readonly text: string }): React.ReactElement {
  if (text.trim() === "") return <div className="sticky-text sticky-empty">Empty note</div>;
  return (
    <div className="sticky-text">
      {emphasised(text).map((piece, index) => (
        <Words key={index} piece={piece} />
      ))}
    </div>
  );
}

function Words({ piece: { look, text } }: { readonly piece: Piece }): React.ReactNode {
  switch (look) {
    case "bold":
      return <strong>{text}</strong>;
    case "italic":
      return <em>{text}</em>;
    case "code":
      return <code>{text}</code>;
    case "plain":
      return text;
  }
}
