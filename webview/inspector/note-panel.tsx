import { noteTextIntents } from "../canvas/annotations/annotation-intents.js";
import type { NoteView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ColorField } from "./color-field.js";
import { TextField } from "./fields.js";
import { Section } from "./section.js";

/** What the inspector shows of a note. */
export function NotePanel({ note }: { readonly note: NoteView }): React.ReactElement {
  const { store } = useServices();
  const disabled = useCanvas((state) => state.shown?.readOnly === true);
  const write = (text: string): void => {
    const { shown, edit } = store.getState();
    if (shown !== undefined) edit(noteTextIntents(shown, note.id, text));
  };
  return (
    <Section title="Note">
      <TextField name="text" label="Text" value={note.text} lines={8} disabled={disabled} onCommit={write} />
      <p className="quiet">**bold**, *italic* and `code` look like that.</p>
      <ColorField
        color={note.color}
        disabled={disabled}
        onCommit={(color) => store.getState().edit([{ type: "note/update", id: note.id, patch: { color } }])}
      />
    </Section>
  );
}
