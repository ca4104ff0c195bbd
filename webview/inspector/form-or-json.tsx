import { useState } from "react";
import { Icon } from "../canvas/icon.js";
import type { JsonValue } from "../../runtime/model/json.js";
import { FieldLabel } from "./field-label.js";
import { FieldProblems } from "./field-problems.js";
import { TypedField } from "./typed-field.js";
import { readJsonField, showJson } from "./values.js";

interface FormOrJsonProps {
  readonly name: string;
  readonly label: string;
  readonly value: unknown;
  /** Whether the form can hold all of the value. */
  readonly fits: boolean;
  readonly disabled: boolean;
  /** Fields of the form that show problems of their own. */
  readonly fields?: readonly string[];
  /** What takes the place of plain JSON. */
  readonly text?: React.ReactNode;
  /** What the text is called on the button that leads to it. */
  readonly textName?: string;
  /** JSON that was typed, or null for nothing. */
  readonly onCommit: (value: JsonValue) => void;
  /** The form. */
  readonly children: React.ReactNode;
}

/** A field with a form of its own, and its JSON as the way out for what a form does not know. */
export function FormOrJson(props: FormOrJsonProps): React.ReactElement {
  const { name, label, value, fits, disabled, fields = [], text, textName = "JSON", onCommit, children } = props;
  const [chosen, setChosen] = useState(!fits);
  const asText = chosen || !fits;
  const title = asText ? `${label}: edit in the form` : `${label}: edit as ${textName}`;
  const shown = showJson(value);
  return (
    <div className="form-group" role="group" aria-label={label} data-group={name}>
      <div className="form-head">
        <FieldLabel name={name} label={label} />
        <button
          type="button"
          className="tool"
          data-command={`json/${name}`}
          aria-pressed={asText}
          aria-label={title}
          title={fits ? title : "The form cannot hold what is written here"}
          disabled={!fits}
          onClick={() => setChosen(!chosen)}
        >
          <Icon name="json" />
        </button>
      </div>
      {!asText && children}
      {asText && text}
      {asText && text === undefined && (
        <TypedField
          name={name}
          label={`${label}, as JSON`}
          value={shown}
          placeholder="JSON"
          lines={Math.min(14, Math.max(3, shown.split("\n").length))}
          code
          disabled={disabled}
          read={readJsonField}
          onCommit={onCommit}
        />
      )}
      {!asText && <FieldProblems name={name} besides={fields} />}
    </div>
  );
}
