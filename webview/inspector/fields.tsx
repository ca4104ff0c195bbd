import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import { useEffect, useId, useRef, useState } from "react";
import { FieldProblems, useFieldProblems } from "./field-problems.js";

interface FieldProps {
  /** Stable name, for tests and focus. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly disabled?: boolean;
  readonly onCommit: (typed: string) => void;
}

interface TextFieldProps extends FieldProps {
  readonly placeholder?: string;
  readonly lines?: number;
  readonly code?: boolean;
  /** Why what was typed cannot be committed. */
  readonly check?: (typed: string) => string | undefined;
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
  onType,
  onCommit,
}: TextFieldProps): React.ReactElement {
  const [error, setError] = useState<string>();
  const isWrong = useFieldProblems(name).some(({ severity }) => severity === "error");
  const element = useRef<TextElement>(null);
  const commit = (): void => {
    const typed = element.current?.value ?? value;
    const wrong = typed === value ? undefined : check?.(typed);
    setError(wrong);
    if (wrong === undefined && typed !== value) onCommit(typed);
  };
  // A field that goes away while it is typed in, because something else was selected, is committed too.
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => () => latest.current(), []);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === "Escape" && element.current !== null) {
      element.current.value = value;
      setError(undefined);
    } else if (event.key === "Enter" && (lines === 1 || event.ctrlKey || event.metaKey)) commit();
    else return;
    event.preventDefault();
  };
  const shared = {
    ref: element,
    "data-field": name,
    class: code ? "control code" : "control",
    label,
    value,
    placeholder,
    disabled,
    invalid: error !== undefined || isWrong,
    onBlur: commit,
    onInput: () => onType?.(element.current?.value ?? value),
    onKeyDown,
  };
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      {lines === 1 ? <vscode-textfield {...shared} /> : <vscode-textarea {...shared} rows={lines} monospace={code} />}
      {error !== undefined && (
        <span className="field-error" role="alert">
          {error}
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
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
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

/** A part of the inspector that can be folded. */
export function Section({
  title,
  open = true,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: React.ReactNode;
}): React.ReactElement {
  return (
    <details className="section" open={open} data-section={title.toLowerCase()}>
      <summary>{title}</summary>
      <div className="section-body">{children}</div>
    </details>
  );
}
