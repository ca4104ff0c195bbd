import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { useId } from "react";
import type { FormField, TypedAnswer } from "./answer-form.js";
import { textOf } from "./answer-form.js";

type TextElement = HTMLElement & { value: string };

interface AnswerFieldsProps {
  readonly fields: readonly FormField[];
  readonly typed: TypedAnswer;
  /** The field that is wrong. */
  readonly wrong: string | undefined;
  readonly onType: (name: string, text: string) => void;
}

/** The fields of an answer, one for each part of its value. */
export function AnswerFields({ fields, typed, wrong, onType }: AnswerFieldsProps): React.ReactElement {
  return (
    <div className="answer-fields">
      {fields.map((field) => (
        <AnswerField
          key={field.name}
          field={field}
          text={textOf(field, typed)}
          isWrong={wrong === field.name}
          onType={(text) => onType(field.name, text)}
        />
      ))}
    </div>
  );
}

interface AnswerFieldProps {
  readonly field: FormField;
  readonly text: string;
  readonly isWrong: boolean;
  readonly onType: (text: string) => void;
}

function AnswerField({ field, text, isWrong, onType }: AnswerFieldProps): React.ReactElement {
  const id = useId();
  const { name, required, description, kind, choices } = field;
  const label = field.label === "" ? "Value" : field.label;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id} title={description}>
        {label}
        {required && (
          <span className="field-required" title="Required">
            *
          </span>
        )}
      </label>
      {kind === "choice" ? (
        <span className="choice">
          <select id={id} data-answer={name} value={text} onChange={(event) => onType(event.currentTarget.value)}>
            <option value="">–</option>
            {choices.map((choice) => (
              <option key={choice.text} value={choice.text}>
                {choice.text}
              </option>
            ))}
          </select>
        </span>
      ) : (
        <vscode-textfield
          id={id}
          class="control"
          data-answer={name}
          label={label}
          placeholder={kind === "number" ? "a number" : ""}
          invalid={isWrong}
          value={text}
          onInput={(event) => onType((event.currentTarget as TextElement).value)}
        />
      )}
    </div>
  );
}
