import { useRef } from "react";
import { focusNode } from "../canvas/stage.js";
import { renameIntents } from "../canvas/to-intents.js";
import { useServices } from "../store/context.js";

/** The label of a card while it is typed: Enter and leaving commit, Escape reverts. */
export function RenameField({ id, label }: { readonly id: string; readonly label: string }): React.ReactElement {
  const { store } = useServices();
  const done = useRef(false);
  const finish = (typed: string | undefined): void => {
    if (done.current) return;
    done.current = true;
    const { shown, edit, rename } = store.getState();
    rename(undefined);
    if (typed !== undefined && shown !== undefined) edit(renameIntents(shown, id, typed));
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    finish(event.key === "Enter" ? event.currentTarget.value : undefined);
    focusNode(id);
  };
  return (
    <input
      className="card-rename nodrag nopan"
      aria-label="Name of the node"
      defaultValue={label}
      autoFocus
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
