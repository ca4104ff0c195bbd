import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import { FormOrJson } from "../form-or-json.js";
import { SchemaFields } from "./schema-fields.js";

interface SchemaFormProps {
  /** Name of the field that has the schema. */
  readonly name: string;
  readonly label: string;
  /** What the document has there. */
  readonly value: unknown;
  readonly disabled: boolean;
  /** The schema, or null for one that accepts anything. */
  readonly onCommit: (schema: JsonValue) => void;
}

/** What values may be, as a form and as JSON. */
export function SchemaForm({ name, label, value, disabled, onCommit }: SchemaFormProps): React.ReactElement {
  const schema: JsonObject = isObject(value) ? value : {};
  const isAny = isObject(value) && Object.keys(value).length === 0;
  return (
    <FormOrJson
      name={name}
      label={label}
      value={isAny ? undefined : value}
      fits={value === undefined || isObject(value)}
      disabled={disabled}
      onCommit={onCommit}
    >
      <SchemaFields
        name={`${name}.type`}
        label="Holds"
        schema={schema}
        disabled={disabled}
        onCommit={(next) => onCommit(Object.keys(next).length === 0 ? null : next)}
      />
    </FormOrJson>
  );
}
