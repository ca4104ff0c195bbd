import "./conflicts.css";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { Icon } from "../canvas/icon.js";
import { ToolButton } from "../canvas/tool-button.js";
import { useCanvas, useServices } from "../store/context.js";
import { conflictsOf } from "./conflict-list.js";
import { useConflictWalk } from "./use-conflict-walk.js";

/** That a merge left something to decide: how much, the way through it, and the list of all. */
export function ConflictStrip(): React.ReactElement | null {
  const { host } = useServices();
  const count = useCanvas((state) => conflictsOf(state.shown).length);
  const place = useCanvas((state) => conflictsOf(state.shown).findIndex(({ at }) => at === state.conflictAt));
  const walk = useConflictWalk();
  if (count === 0) return null;
  return (
    <section className="note conflict-strip" aria-label="Conflicts of a merge" data-testid="conflicts">
      <Icon name="git-merge" />
      <span className="conflict-words" role="status">
        <strong>{count === 1 ? "1 conflict" : `${String(count)} conflicts`}</strong> of a merge left to decide; the graph does not run until
        then.
      </span>
      {place >= 0 && (
        <span className="conflict-place">
          {place + 1}/{count}
        </span>
      )}
      <ToolButton command="conflict/previous" icon="arrow-up" label="Previous conflict" onClick={() => walk(-1)} />
      <ToolButton command="conflict/next" icon="arrow-down" label="Next conflict" onClick={() => walk(1)} />
      <vscode-button secondary data-command="conflict/choose" onClick={() => host.command("conflict/choose", {})}>
        Resolve…
      </vscode-button>
    </section>
  );
}
