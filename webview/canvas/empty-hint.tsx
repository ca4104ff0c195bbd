import { useCanvas } from "../store/context.js";

/** What to press while the graph has no nodes. */
export function EmptyHint(): React.ReactElement | null {
  const empty = useCanvas((state) => state.shown !== undefined && state.shown.nodes.length === 0 && !state.shown.readOnly);
  const choosing = useCanvas((state) => state.palette !== undefined);
  if (!empty || choosing) return null;
  return (
    <div className="empty" data-testid="empty">
      <p className="empty-title">An empty graph</p>
      <dl>
        <dt>
          <kbd>Tab</kbd>
        </dt>
        <dd>or double-click adds a node</dd>
        <dt>
          <kbd>drag</kbd>
        </dt>
        <dd>from a port connects; onto the empty canvas it adds and connects</dd>
        <dt>
          <kbd>F2</kbd>
        </dt>
        <dd>
          renames, <kbd>Enter</kbd> shows the details
        </dd>
      </dl>
    </div>
  );
}
