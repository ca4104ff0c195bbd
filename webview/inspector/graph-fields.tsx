import type { JsonValue } from "../../runtime/model/json.js";
import { Icon } from "../canvas/icon.js";
import type { NodeView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { TextField } from "./fields.js";
import { readPairs, showPairs } from "./http-values.js";
import { TypedField } from "./typed-field.js";
import { showText } from "./values.js";

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
      <button
        type="button"
        className="tool"
        data-command="graph/open"
        aria-label="Open the graph"
        title="Open the graph"
        onClick={() => host.command("graph/open", { node: node.id })}
      >
        <Icon name="go-to-file" />
      </button>
    </div>
  );
}

interface MappingProps extends GraphFieldProps {
  readonly field: "in" | "out";
  readonly label: string;
  readonly hint: string;
}

/** One channel a line; blank shares the channels of the same name. */
export function Mapping({ field, label, hint, node, disabled, set }: MappingProps): React.ReactElement {
  return (
    <TypedField
      name={field}
      label={label}
      value={showPairs(node.fields[field])}
      placeholder={hint}
      lines={3}
      code
      disabled={disabled}
      read={readPairs}
      onCommit={(value) => set(field, value)}
    />
  );
}
