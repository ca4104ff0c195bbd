import "@vscode-elements/elements/dist/vscode-button/index.js";
import { annotating } from "../canvas/annotations/annotating.js";
import { renameGroupIntents } from "../canvas/annotations/annotation-intents.js";
import { namesOf } from "../canvas/annotations/spoken-annotations.js";
import type { GroupView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { ColorField } from "./color-field.js";
import { TextField } from "./fields.js";
import { Section } from "./section.js";

/** What the inspector shows of a group: its name, its colour, and what is in it. */
export function GroupPanel({ group }: { readonly group: GroupView }): React.ReactElement {
  const { store } = useServices();
  const shown = useCanvas((state) => state.shown);
  const disabled = shown?.readOnly === true;
  const { ungroup } = annotating(store);
  const rename = (label: string): void => {
    if (shown !== undefined) store.getState().edit(renameGroupIntents(shown, group.id, label));
  };
  return (
    <>
      <Section title="Group">
        <TextField name="label" label="Label" value={group.label} disabled={disabled} onCommit={rename} />
        <ColorField
          color={group.color}
          disabled={disabled}
          onCommit={(color) => store.getState().edit([{ type: "group/update", id: group.id, patch: { color } }])}
        />
      </Section>
      <Section title="Members">
        <ul className="members" aria-label="Members">
          {shown !== undefined &&
            namesOf(shown, group.members).map(({ id, name }) => (
              <li key={id}>
                <button type="button" className="plain" onClick={() => store.getState().requestReveal({ nodes: [id], edges: [] })}>
                  {name}
                </button>
              </li>
            ))}
        </ul>
        <vscode-button secondary disabled={disabled} data-command="group/remove" onClick={ungroup}>
          Ungroup
        </vscode-button>
      </Section>
    </>
  );
}
