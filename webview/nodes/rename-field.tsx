import { useRef } from "react";
import { focusNode } from "../canvas/stage.js";
import type { Intent } from "../../runtime/document/intent.js";
import type { GraphView } from "../protocol/views.js";
import { useServices } from "../store/context.js";

interface RenameFieldProps {
  readonly id: string;
  readonly label: string;
  /** What it names. */
  readonly what: string;
  /** The edit that a typed name is. */
  readonly intents: (graph: GraphView, id: string, typed: string) => readonly Intent[];
}

/** The label of a card or frame while it is typed: Enter and leaving commit, Escape reverts. */
export function RenameField({ id, label, what, intents }: RenameFieldProps): React.ReactElement {
  const { store } = useServices();
  const done = useRef(false);
  const finish = (typed: string | undefined): void => {
    if (done.current) return;
    done.current = true;
    const { shown, edit, rename } = store.getState();
    rename(undefined);
    if (typed !== undefined && shown !== undefined) edit(intents(shown, id, typed));
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
      aria-label={`Name of the ${what}`}
      defaultValue={label}
      autoFocus
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
