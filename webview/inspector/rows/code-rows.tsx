import { useCallback } from "react";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";
import type { NodeView } from "../../protocol/views.js";
import { useServices } from "../../store/context.js";
import { ExpressionField } from "../code/expression-field.js";
import type { CodeSyntax } from "../code/paint.js";
import { useFieldFacts } from "../field-facts.js";
import { FormOrJson } from "../form-or-json.js";
import { RowEditor } from "./row-editor.js";
import { isTable, nameRefusal, readRow, showRow, withoutRow, withRenamed, withRow } from "./rows.js";

interface CodeRowsProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
  readonly field: string;
  readonly label: string;
  readonly noun: string;
  readonly syntax: Extract<CodeSyntax, "expression" | "template">;
  readonly placeholder?: string;
  /** What stands in a new row. */
  readonly first?: (name: string) => string;
  /** The last row goes: the field does too, unless it is needed. */
  readonly needed?: boolean;
  /** What counts where nothing is said. */
  readonly none?: string;
  readonly text?: React.ReactNode;
  readonly textName?: string;
}

const nothing: JsonObject = {};
const blank = (): string => "";

/** A table of expressions or templates, a row each; names are completed by the host. */
export function CodeRows(props: CodeRowsProps): React.ReactElement {
  const { node, disabled, set, field, label, noun, syntax, placeholder = "", first = blank, needed = false, none, text, textName } = props;
  const { host } = useServices();
  const suggest = useCallback(
    (typed: string) => host.request("name/suggest", { node: node.id, field, text: typed }),
    [host, node.id, field],
  );
  const { schema = nothing } = useFieldFacts(field);
  const value = node.fields[field];
  const table = isTable(value) ? value : nothing;
  const names = Object.keys(table);
  const commit = (next: JsonObject): void => set(field, needed || Object.keys(next).length > 0 ? next : null);
  return (
    <FormOrJson
      name={field}
      label={label}
      value={value}
      fits={value === undefined || isTable(value)}
      disabled={disabled}
      fields={names.map((name) => `${field}.${name}`)}
      onCommit={(next) => set(field, next)}
      {...(text === undefined ? {} : { text })}
      {...(textName === undefined ? {} : { textName })}
    >
      {none !== undefined && names.length === 0 && <p className="quiet">{value === undefined ? none : "Nothing."}</p>}
      <RowEditor
        name={field}
        noun={noun}
        names={names}
        disabled={disabled}
        suggest={suggest}
        check={(name, others) => nameRefusal(name, others, schema)}
        onAdd={(name) => commit(withRow(table, name, first(name)))}
        onRename={(from, to) => commit(withRenamed(table, from, to))}
        onRemove={(name) => commit(withoutRow(table, name))}
      >
        {(name) => (
          <ExpressionField
            name={`${field}.${name}`}
            label={name}
            value={showRow(table[name])}
            syntax={syntax}
            placeholder={placeholder}
            disabled={disabled}
            onCommit={(typed) => commit(withRow(table, name, readRow(typed, table[name])))}
          />
        )}
      </RowEditor>
    </FormOrJson>
  );
}
