import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { GraphField, Mapping } from "./graph-fields.js";

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
      <Mapping field="in" label="Into it" hint="its channel: expression over the channels here" {...props} />
      <Mapping field="out" label="Out of it" hint="channel here: expression over its channels" {...props} />
    </>
  );
}
