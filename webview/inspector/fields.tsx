import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import { useId, useRef } from "react";
import { showUsual, useFieldFacts } from "./field-facts.js";
import { FieldLabel } from "./field-label.js";
import { FieldProblems, useFieldProblems } from "./field-problems.js";
import { useCommitted, type Committed } from "./use-committed.js";

interface FieldProps extends Pick<Committed, "name" | "value" | "onCommit"> {
  readonly label: string;
  readonly disabled?: boolean;
}

interface TextFieldProps extends FieldProps, Committed {
  readonly placeholder?: string;
  readonly lines?: number;
  readonly code?: boolean;
  /** Called with each letter. */
  readonly onType?: (typed: string) => void;
}

type TextElement = HTMLElement & { value: string };

/** A text that is committed on leaving or Enter, and reverted by Escape; with several lines Enter needs Ctrl. */
export function TextField({
  name,
  label,
  value,
  disabled = false,
  placeholder = "",
  lines = 1,
  code = false,
  check,
  empties,
  onType,
  onCommit,
}: TextFieldProps): React.ReactElement {
  const usual = useFieldFacts(name).usual;
  const isWrong = useFieldProblems(name).some(({ severity }) => severity === "error");
  const element = useRef<TextElement>(null);
  const { typed, refusal, type, commit, revert } = useCommitted({ name, value, check, empties, onCommit });
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === "Escape") revert();
    else if (event.key === "Enter" && (lines === 1 || event.ctrlKey || event.metaKey)) commit();
    else return;
    event.preventDefault();
  };
  const shared = {
    ref: element,
    "data-field": name,
    class: code ? "control code" : "control",
    label,
    value: typed,
    placeholder: placeholder || (usual === undefined ? "" : showUsual(usual)),
    disabled,
    invalid: refusal !== undefined || isWrong,
    onBlur: commit,
    onInput: () => {
      const next = element.current?.value ?? value;
      type(next);
      onType?.(next);
    },
    onKeyDown,
  };
  return (
    <div className="field">
      <FieldLabel name={name} label={label} />
      {lines === 1 ? <vscode-textfield {...shared} /> : <vscode-textarea {...shared} rows={lines} monospace={code} />}
      {refusal !== undefined && (
        <span className="field-error" role="alert">
          {refusal}
        </span>
      )}
      <FieldProblems name={name} />
    </div>
  );
}

interface ChoiceFieldProps extends FieldProps {
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

/** One of a few; committed at once. A value that is none of them is shown all the same. */
export function ChoiceField({ name, label, value, disabled = false, choices, onCommit }: ChoiceFieldProps): React.ReactElement {
  const id = useId();
  const known = choices.some((choice) => choice.value === value);
  return (
    <div className="field">
      <FieldLabel name={name} label={label} htmlFor={id} />
      <span className="choice">
        <select id={id} data-field={name} value={value} disabled={disabled} onChange={(event) => onCommit(event.currentTarget.value)}>
          {!known && <option value={value}>{value || "–"}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.title}
            </option>
          ))}
        </select>
      </span>
      <FieldProblems name={name} />
    </div>
  );
}

/** A fact that cannot be edited here. */
export function Fact({
  name,
  label,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly children: React.ReactNode;
}): React.ReactElement {
  return (
    <div className="field fact">
      <span className="field-label">{label}</span>
      <span data-fact={name}>{children}</span>
    </div>
  );
}
