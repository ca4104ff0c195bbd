import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { GraphField } from "./graph-fields.js";
import { Mapping } from "./mapping.js";

interface SubgraphFieldsProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** The fields of a subgraph: which graph, what goes in, what comes out. */
export function SubgraphFields(props: SubgraphFieldsProps): React.ReactElement {
  return (
    <>
      <GraphField {...props} />
      <Mapping field="in" label="Into it" {...props} />
      <Mapping field="out" label="Out of it" {...props} />
    </>
  );
}
