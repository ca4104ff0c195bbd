import "@vscode-elements/elements/dist/vscode-button/index.js";
import { useMemo, useState } from "react";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";
import { isPoorlyPlaced } from "./poorly-placed.js";

/** That a graph was written by hand and is hard to read as it was placed, with what places it better. */
export function LayoutStrip(): React.ReactElement | null {
  const { host } = useServices();
  const [dismissed, setDismissed] = useState(false);
  const shown = useCanvas((state) => state.shown);
  const poor = useMemo(() => shown !== undefined && !shown.readOnly && isPoorlyPlaced(shown), [shown]);
  if (!poor || dismissed) return null;
  return (
    <div className="note" role="note" data-testid="unplaced">
      <Icon name="type-hierarchy" />
      <span>Nodes of this graph have no place yet: they stand in columns.</span>
      <vscode-button secondary data-command="graph/layOut" onClick={() => host.command("graph/layOut", { scope: "new" })}>
        Lay Them Out
      </vscode-button>
      <button type="button" className="tool" aria-label="Dismiss" onClick={() => setDismissed(true)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
