import type { JsonValue } from "../../runtime/model/json.js";
import { Icon } from "../canvas/icon.js";
import type { NodeView } from "../protocol/views.js";
import { useServices } from "../store/context.js";
import { TextField } from "./fields.js";
import { readPairs, showPairs } from "./http-values.js";
import { showText } from "./values.js";

interface SubgraphFieldsProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** The fields of a subgraph: which graph, what goes in, what comes out. */
export function SubgraphFields({ node, disabled, set }: SubgraphFieldsProps): React.ReactElement {
  const { host } = useServices();
  return (
    <>
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
      <Mapping field="in" label="Into it" hint="its channel: expression over the channels here" {...{ node, disabled, set }} />
      <Mapping field="out" label="Out of it" hint="channel here: expression over its channels" {...{ node, disabled, set }} />
    </>
  );
}

interface MappingProps extends SubgraphFieldsProps {
  readonly field: "in" | "out";
  readonly label: string;
  readonly hint: string;
}

/** One channel a line; blank shares the channels of the same name. */
function Mapping({ field, label, hint, node, disabled, set }: MappingProps): React.ReactElement {
  return (
    <TextField
      name={field}
      label={label}
      value={showPairs(node.fields[field])}
      placeholder={hint}
      lines={3}
      code
      disabled={disabled}
      check={(typed) => {
        const read = readPairs(typed);
        return read.ok ? undefined : read.message;
      }}
      onCommit={(typed) => {
        const read = readPairs(typed);
        if (read.ok) set(field, read.value);
      }}
    />
  );
}
