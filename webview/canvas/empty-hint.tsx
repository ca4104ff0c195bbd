import { useCanvas } from "../store/context.js";
import { Way } from "./shortcuts/shortcuts.js";

const ways: readonly (readonly [how: string, what: string])[] = [
  ["`Tab`", "or double-click adds a node, a snippet, or a handler of the workspace"],
  ["`Shift`", "and dragging a handler or graph from the explorer puts it here"],
  ["`drag`", "from a port connects; onto the empty canvas it adds and connects"],
  ["`F2`", "renames, `Enter` shows the details"],
  ["`?`", "lists every key"],
];

/** What to press while the graph has no nodes; in a comparison what the other side has stands there. */
export function EmptyHint(): React.ReactElement | null {
  const empty = useCanvas(
    (state) => state.shown !== undefined && state.shown.nodes.length === 0 && !state.shown.readOnly && state.diff === undefined,
  );
  const choosing = useCanvas((state) => state.palette !== undefined || state.shortcuts);
  if (!empty || choosing) return null;
  return (
    <div className="empty" data-testid="empty">
      <p className="empty-title">An empty graph</p>
      <dl>
        {ways.map(([how, what]) => (
          <div key={how}>
            <dt>
              <Way text={how} />
            </dt>
            <dd>
              <Way text={what} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
