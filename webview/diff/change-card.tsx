import { Icon } from "../canvas/icon.js";
import { useCanvas, useServices } from "../store/context.js";
import { entryAt } from "./changes.js";
import { ChangeDetails } from "./change-details.js";

/** The difference that somebody looks at on this side, at the foot of the canvas; with the inspector open it is told there. */
export function ChangeCard(): React.ReactElement | null {
  const { store } = useServices();
  const entry = useCanvas((state) => (state.diff === undefined || !state.diffHere ? undefined : entryAt(state.diff, state.diff.at)));
  const inspector = useCanvas((state) => state.inspector.open);
  if (entry === undefined || inspector) return null;
  return (
    <section className="note diff-card" aria-label="Difference">
      <ChangeDetails entry={entry} />
      <button type="button" className="tool" aria-label="Close" title="Close" onClick={() => store.getState().setDiff({ at: null })}>
        <Icon name="close" />
      </button>
    </section>
  );
}
