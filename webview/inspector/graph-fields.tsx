import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { TextField } from "./fields.js";
import { showText } from "./values.js";
import { ToolButton } from "../canvas/tool-button.js";

interface GraphFieldProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** Which graph a node runs, with a button to open it. */
export function GraphField({ node, disabled, set }: GraphFieldProps): React.ReactElement {
  const { host } = useServices();
  return (
    <div className="set-row">
      <TextField
        name="graph"
        label="Graph"
        value={showText(node.fields["graph"])}
        code
        disabled={disabled}
        onCommit={(typed) => set("graph", typed.trim())}
      />
      <ToolButton
        command="graph/open"
        label="Open the graph"
        icon="go-to-file"
        onClick={() => host.command("graph/open", { node: node.id })}
      />
    </div>
  );
}
