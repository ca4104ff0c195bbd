import "./schema-form.css";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";
import { ChoiceField, TextField } from "../fields.js";
import { readNumber } from "../policies.js";
import { TypedField } from "../typed-field.js";
import { readNames, showJson, showNames, showText } from "../values.js";
import { choicesFor, itemsOf, propertyOf, typeOf, withItems, withKeyword, withProperty, withType } from "./json-schema.js";
import { PropertyRows } from "./property-rows.js";

interface SchemaFieldsProps {
  /** Name of the field that has the schema; those of its parts begin with it. */
  readonly name: string;
  readonly label: string;
  readonly schema: JsonObject;
  readonly disabled: boolean;
  readonly onCommit: (schema: JsonObject) => void;
}

/** What a schema accepts: a type, and what there is to say of that: items, properties, bounds. */
export function SchemaFields(props: SchemaFieldsProps): React.ReactElement {
  const { name, label, schema, disabled, onCommit } = props;
  return (
    <>
      <ChoiceField
        name={name}
        label={label}
        value={typeOf(schema)}
        choices={choicesFor(schema)}
        disabled={disabled}
        onCommit={(chosen) => onCommit(withType(schema, chosen))}
      />
      <TypeFields {...props} />
    </>
  );
}

/** What there is to say of a value of a type. */
function TypeFields({ name, schema, disabled, onCommit }: SchemaFieldsProps): React.ReactElement | null {
  const of = name.replace(/\.type$/, "");
  const keyword = (word: string, value: JsonValue | undefined): void => onCommit(withKeyword(schema, word, value));
  switch (typeOf(schema)) {
    case "string":
      return (
        <TextField
          name={`${of}.enum`}
          label="One of"
          value={showNames(schema["enum"])}
          placeholder="any text"
          disabled={disabled}
          onCommit={(typed) => keyword("enum", readNames(typed).length === 0 ? undefined : readNames(typed))}
        />
      );
    case "number":
    case "integer":
      return (
        <div className="schema-bounds">
          {(["minimum", "maximum"] as const).map((word) => (
            <TypedField
              key={word}
              name={`${of}.${word}`}
              label={word === "minimum" ? "At least" : "At most"}
              value={showJson(schema[word])}
              placeholder="any"
              disabled={disabled}
              read={readAnyNumber}
              onCommit={(value) => keyword(word, value ?? undefined)}
            />
          ))}
        </div>
      );
    case "array":
      return (
        <div className="schema-within">
          <SchemaFields
            name={`${of}.items`}
            label="Each item"
            schema={itemsOf(schema)}
            disabled={disabled}
            onCommit={(items) => onCommit(withItems(schema, items))}
          />
        </div>
      );
    case "object":
      return (
        <PropertyRows name={`${of}.properties`} schema={schema} disabled={disabled} onCommit={onCommit}>
          {(row) => (
            <Property
              name={`${of}.properties.${row}`}
              label={row}
              schema={propertyOf(schema, row)}
              disabled={disabled}
              onCommit={(property) => onCommit(withProperty(schema, row, property))}
            />
          )}
        </PropertyRows>
      );
    default:
      return null;
  }
}

/** A property: its type, and what is folded away as long as there is nothing to it. */
function Property(props: SchemaFieldsProps): React.ReactElement {
  const { name, label, schema, disabled, onCommit } = props;
  const type = typeOf(schema);
  return (
    <>
      <ChoiceField
        name={name}
        label={`Type of ${label}`}
        value={type}
        choices={choicesFor(schema)}
        disabled={disabled}
        onCommit={(chosen) => onCommit(withType(schema, chosen))}
      />
      <details className="schema-more" key={type} open={type === "object" || type === "array" || schema["enum"] !== undefined}>
        <summary>More</summary>
        <div className="schema-within">
          <DescriptionField {...props} />
          <TypeFields {...props} />
        </div>
      </details>
    </>
  );
}

/** What a schema says of itself in words. */
export function DescriptionField({ name, schema, disabled, onCommit }: Omit<SchemaFieldsProps, "label">): React.ReactElement {
  return (
    <TextField
      name={`${name}.description`}
      label="Description"
      value={showText(schema["description"])}
      disabled={disabled}
      onCommit={(typed) => onCommit(withKeyword(schema, "description", typed.trim() || undefined))}
    />
  );
}

const readAnyNumber = readNumber(-Infinity, Infinity, false);
