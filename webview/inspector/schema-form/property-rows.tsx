import type { JsonObject } from "../../../runtime/model/json.js";
import { Icon } from "../../canvas/icon.js";
import { RowEditor } from "../rows/row-editor.js";
import { nameRefusal } from "../rows/rows.js";
import { isRequired, propertiesOf, withoutProperty, withProperty, withPropertyRenamed, withRequired } from "./json-schema.js";

interface PropertyRowsProps {
  readonly name: string;
  /** The object that has the properties. */
  readonly schema: JsonObject;
  readonly disabled: boolean;
  readonly onCommit: (schema: JsonObject) => void;
  /** What a property may be. */
  readonly children: (name: string) => React.ReactNode;
}

/** The properties of an object, each with whether it must be there. */
export function PropertyRows({ name, schema, disabled, onCommit, children }: PropertyRowsProps): React.ReactElement {
  return (
    <RowEditor
      name={name}
      noun="property"
      names={Object.keys(propertiesOf(schema))}
      disabled={disabled}
      check={(row, others) => nameRefusal(row, others, {})}
      onAdd={(row) => onCommit(withProperty(schema, row, {}))}
      onRename={(from, to) => onCommit(withPropertyRenamed(schema, from, to))}
      onRemove={(row) => onCommit(withoutProperty(schema, row))}
      renderTools={(row) => (
        <RequiredButton
          row={row}
          required={isRequired(schema, row)}
          disabled={disabled}
          onToggle={(required) => onCommit(withRequired(schema, row, required))}
        />
      )}
    >
      {children}
    </RowEditor>
  );
}

interface RequiredButtonProps {
  readonly row: string;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly onToggle: (required: boolean) => void;
}

function RequiredButton({ row, required, disabled, onToggle }: RequiredButtonProps): React.ReactElement {
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={required}
      aria-label={`${row} is required`}
      title={required ? "Required; click to let it be absent" : "May be absent; click to require it"}
      disabled={disabled}
      onClick={() => onToggle(!required)}
    >
      <Icon name={required ? "circle-filled" : "circle-outline"} />
    </button>
  );
}
