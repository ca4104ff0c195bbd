import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { ExpressionField } from "./code/expression-field.js";
import { ChoiceField } from "./fields.js";
import { GraphField } from "./graph-fields.js";
import { Mapping } from "./mapping.js";
import { OutputField } from "./output-field.js";
import type { MapWork } from "./patch.js";
import { readNumber } from "./policies.js";
import { TypedField } from "./typed-field.js";
import { showJson, showText } from "./values.js";

const readCount = readNumber(1, Infinity, true);

const works = [
  { value: "handler", title: "A handler" },
  { value: "graph", title: "A graph" },
];
const pools = [
  { value: "async", title: "Shared processes, for handlers that wait" },
  { value: "process", title: "A process each, for handlers that compute" },
];
const policies = [
  { value: "fail", title: "The node fails" },
  { value: "skip", title: "It is left out" },
  { value: "collect", title: "Its error is its result" },
];

interface MapFieldsProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
  readonly onRuns: (what: MapWork) => void;
  /** Fields of the handler. */
  readonly children: React.ReactNode;
}

/** The fields of a map. */
export function MapFields({ node, disabled, set, onRuns, children }: MapFieldsProps): React.ReactElement {
  const runsGraph = node.fields["graph"] !== undefined;
  const { fields } = node;
  const count = (name: string, label: string, placeholder: string): React.ReactElement => (
    <TypedField
      name={name}
      label={label}
      value={showJson(fields[name])}
      placeholder={placeholder}
      disabled={disabled}
      read={readCount}
      onCommit={(value) => set(name, value)}
    />
  );
  return (
    <>
      <ExpressionField
        name="over"
        label="For each item of"
        value={showText(fields["over"])}
        disabled={disabled}
        onCommit={(typed) => set("over", typed.trim())}
      />
      <ChoiceField
        name="runs"
        label="Runs"
        value={runsGraph ? "graph" : "handler"}
        choices={works}
        disabled={disabled}
        onCommit={(what) => onRuns(what === "graph" ? "graph" : "handler")}
      />
      {runsGraph ? <ItemGraph {...{ node, disabled, set }} /> : children}
      <OutputField label="Results go to" value={fields["output"]} disabled={disabled} onCommit={(channel) => set("output", channel)} />
      {!runsGraph && (
        <ChoiceField
          name="pool"
          label="Works in"
          value={showText(fields["pool"]) || "async"}
          choices={pools}
          disabled={disabled}
          onCommit={(pool) => set("pool", pool === "async" ? null : pool)}
        />
      )}
      {count("concurrency", "At once", "automatic")}
      {!runsGraph && count("chunk", "Items a call", "one, by itself")}
      <ChoiceField
        name="onError"
        label="When an item fails"
        value={showText(fields["onError"]) || "fail"}
        choices={policies}
        disabled={disabled}
        onCommit={(policy) => set("onError", policy === "fail" ? null : policy)}
      />
      {count("errorLimit", "Fails with so many errors", "no limit")}
      <ExpressionField
        name="stopWhen"
        label="Stops when"
        value={showText(fields["stopWhen"])}
        placeholder="output.found"
        disabled={disabled}
        onCommit={(typed) => set("stopWhen", typed.trim() || null)}
      />
    </>
  );
}

/** What goes into the graph of an item, and what comes out of it. */
function ItemGraph(props: Pick<MapFieldsProps, "node" | "disabled" | "set">): React.ReactElement {
  const { node, disabled, set } = props;
  return (
    <>
      <GraphField {...props} />
      <Mapping field="in" label="Into it" {...props} />
      <ExpressionField
        name="result"
        label="Result of an item"
        value={showText(node.fields["result"])}
        placeholder="an expression over its channels; blank: all of them"
        disabled={disabled}
        onCommit={(typed) => set("result", typed.trim() || null)}
      />
    </>
  );
}
