import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { ChoiceField } from "./fields.js";
import { readNumber, showPart } from "./policies.js";
import { TypedField } from "./typed-field.js";
import { showText } from "./values.js";

const joins = [
  { value: "any", title: "Any incoming edge" },
  { value: "all", title: "All incoming edges" },
  { value: "count", title: "Some incoming edges" },
  { value: "deferred", title: "Everything else that is due" },
];

interface JoinFieldProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** What a node waits for; of several edges how many. */
export function JoinField({ node, disabled, set }: JoinFieldProps): React.ReactElement {
  const { join } = node.fields;
  const counted = typeof join === "object" && join !== null;
  return (
    <>
      <ChoiceField
        name="join"
        label="Runs after"
        value={counted ? "count" : showText(join) || "any"}
        choices={joins}
        disabled={disabled}
        onCommit={(chosen) => set("join", joinOf(chosen))}
      />
      {counted && (
        <TypedField
          name="join.count"
          label="How many edges"
          value={showPart(join, "count")}
          disabled={disabled}
          read={readCount}
          onCommit={(count) => set("join", { count })}
        />
      )}
    </>
  );
}

const readNumberOfEdges = readNumber(1, Infinity, true);

/** A count is not optional. */
function readCount(typed: string): ReturnType<typeof readNumberOfEdges> {
  return readNumberOfEdges(typed.trim() === "" ? "0" : typed);
}

/** A join as the document has it; the usual one is left out. */
function joinOf(chosen: string): JsonValue {
  if (chosen === "count") return { count: 2 };
  return chosen === "any" ? null : chosen;
}
