import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { CodeRows } from "./rows/code-rows.js";

interface MappingProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
  readonly field: "in" | "out";
  readonly label: string;
}

const hints = { in: "an expression over the channels here", out: "an expression over its channels" };

/** What goes into the graph that a node runs, or comes out of it, a channel a row; without any, channels of the same name. */
export function Mapping(props: MappingProps): React.ReactElement {
  const noun = props.field === "in" ? "channel of it" : "channel here";
  const none = props.node.kind === "map" ? "What the item or a channel here has by the same name." : "Channels of the same name.";
  return <CodeRows {...props} noun={noun} syntax="expression" placeholder={hints[props.field]} first={(name) => name} none={none} />;
}
