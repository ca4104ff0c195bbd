import { useRef } from "react";
import type { NoteView } from "../../protocol/views.js";
import { useServices } from "../../store/context.js";
import { focusNode } from "../stage.js";
import { noteTextIntents } from "./annotation-intents.js";

/**
 * The text of a note while it is typed: leaving it and Ctrl+Enter commit, Escape reverts. What is committed for somebody who only looks
 * away (see `useCommitTyped`) has the keyboard again at once, and can be typed on.
 */
export function NoteField({ note: { id, text } }: { readonly note: NoteView }): React.ReactElement {
  const { store } = useServices();
  const before = useRef(text);
  const commit = (typed: string): void => {
    const { shown, edit } = store.getState();
    if (shown !== undefined) edit(noteTextIntents(shown, id, typed));
  };
  const close = (typed: string): void => {
    commit(typed);
    store.getState().rename(undefined);
    focusNode(id);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    const commits = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!commits && event.key !== "Escape") return;
    event.preventDefault();
    const typed = commits ? event.currentTarget.value : before.current;
    event.currentTarget.value = typed;
    close(typed);
  };
  const onBlur = ({ currentTarget: field }: React.FocusEvent<HTMLTextAreaElement>): void => {
    commit(field.value);
    requestAnimationFrame(() => {
      const { renaming, rename } = store.getState();
      if (renaming === id && document.activeElement !== field) rename(undefined);
    });
  };
  return (
    <textarea
      className="sticky-field nodrag nopan nowheel"
      aria-label="Text of the note"
      defaultValue={text}
      autoFocus
      onFocus={(event) => event.currentTarget.setSelectionRange(event.currentTarget.value.length, event.currentTarget.value.length)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    />
  );
}
