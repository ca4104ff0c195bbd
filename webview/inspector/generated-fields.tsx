import type { JsonValue } from "../../runtime/model/json.js";
import type { NodeView } from "../protocol/views.js";
import { ChoiceField } from "./fields.js";
import { readNumber } from "./policies.js";
import { controlFor, otherFields, titleOf, type OtherField } from "./schema/generated.js";
import { TypedField } from "./typed-field.js";
import { readJsonField, readNames, showJson, showNames, showText, type Typed } from "./values.js";

interface GeneratedFieldsProps {
  readonly node: NodeView;
  readonly disabled: boolean;
  readonly set: (field: string, value: JsonValue) => void;
}

/** Fields that have no control of their own, made from what the format says of them; as JSON where it says nothing. */
export function GeneratedFields({ node, disabled, set }: GeneratedFieldsProps): React.ReactNode {
  return otherFields(node.kind, node.fields).map((field) => (
    <GeneratedField
      key={field.name}
      field={field}
      value={node.fields[field.name]}
      disabled={disabled}
      onCommit={(value) => set(field.name, value)}
    />
  ));
}

interface GeneratedFieldProps {
  readonly field: OtherField;
  readonly value: unknown;
  readonly disabled: boolean;
  /** A value, or null for nothing. */
  readonly onCommit: (value: JsonValue) => void;
}

function GeneratedField({ field: { name, facts }, value, disabled, onCommit }: GeneratedFieldProps): React.ReactElement {
  const control = controlFor(facts?.schema ?? {});
  const shared = { name, label: facts === undefined ? name : titleOf(name), disabled };
  switch (control.type) {
    case "choice": {
      const usual = showText(facts?.usual);
      const choices = control.choices.map((choice) => ({ value: choice, title: choice }));
      const commit = (chosen: string): void => onCommit(chosen === usual || chosen === "" ? null : chosen);
      return <ChoiceField {...shared} value={showText(value) || usual} choices={choices} onCommit={commit} />;
    }
    case "switch": {
      const choices = ["false", "true"].map((choice) => ({ value: choice, title: choice === "true" ? "Yes" : "No" }));
      return (
        <ChoiceField
          {...shared}
          value={String(value === true)}
          choices={choices}
          onCommit={(chosen) => onCommit(chosen === "true" || null)}
        />
      );
    }
    case "number":
      return (
        <TypedField {...shared} value={showJson(value)} read={readNumber(control.min, control.max, control.whole)} onCommit={onCommit} />
      );
    case "names":
      return <TypedField {...shared} value={showNames(value)} read={readNameList} onCommit={onCommit} />;
    case "text":
      return <TypedField {...shared} value={showText(value)} read={readText} onCommit={onCommit} />;
    case "json":
      return <TypedField {...shared} value={showJson(value)} lines={3} code read={readJsonField} onCommit={onCommit} />;
  }
}

function readText(typed: string): Typed {
  return { ok: true, value: typed.trim() || null };
}

function readNameList(typed: string): Typed {
  const names = readNames(typed);
  return { ok: true, value: names.length === 0 ? null : names };
}
