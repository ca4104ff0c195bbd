import "./answer.css";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import type { VscodeTextarea } from "@vscode-elements/elements/dist/vscode-textarea/vscode-textarea.js";
import { useMemo, useState } from "react";
import { MODIFY, REROUTE } from "../../runtime/model/graph.js";
import { QuestionDeadline } from "../canvas/question-deadline.js";
import { RerouteTarget } from "../canvas/reroute-target.js";
import { readJson } from "../inspector/values.js";
import type { QuestionView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { AnswerFields } from "./answer-fields.js";
import { formOf, readForm, type AnswerValue, type TypedAnswer } from "./answer-form.js";

interface AnswerProps {
  readonly question: QuestionView;
  /** The answer is on its way. */
  readonly onDone?: () => void;
}

/** What is asked, until when, the value where one is taken, and the actions. */
export function Answer({ question, onDone }: AnswerProps): React.ReactElement {
  const { host } = useServices();
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const [typed, setTyped] = useState<TypedAnswer>({});
  const [target, setTarget] = useState("");
  const fields = useMemo(() => formOf(question.schema), [question.schema]);
  const value: AnswerValue = fields === undefined ? readWhole(typed[""] ?? "") : readForm(fields, typed);
  const type = (name: string, text: string): void => setTyped((before) => ({ ...before, [name]: text }));
  const wanting = (action: string): string | undefined => {
    if (action === REROUTE && target === "") return "Choose where the run goes on first";
    return action === MODIFY && value.ok && value.value === undefined ? "Type a value first" : undefined;
  };
  const decide = (action: string): void => {
    if (!value.ok) return;
    host.command("question/decide", {
      key: question.key,
      action,
      ...(value.value === undefined ? {} : { value: value.value }),
      ...(action === REROUTE ? { target } : {}),
    });
    onDone?.();
  };
  return (
    <>
      <p className="question-prompt">{question.prompt}</p>
      {question.deadline !== undefined && <QuestionDeadline deadline={question.deadline} whenLate={question.default} />}
      {question.takesValue && fields === undefined && (
        <WholeValue question={question} typed={typed[""] ?? ""} isWrong={!value.ok} onType={(text) => type("", text)} />
      )}
      {question.takesValue && fields !== undefined && (
        <AnswerFields fields={fields} typed={typed} wrong={value.ok ? undefined : value.field} onType={type} />
      )}
      {!value.ok && (
        <p className="field-error" role="alert">
          {value.message}
        </p>
      )}
      {question.actions.includes(REROUTE) && <RerouteTarget question={question} target={target} onChoose={setTarget} />}
      <div className="question-actions">
        {question.actions.map((action, index) => (
          <vscode-button
            key={action}
            data-action={action}
            secondary={index > 0}
            disabled={!trusted || !value.ok || wanting(action) !== undefined}
            title={wanting(action) ?? ""}
            onClick={() => decide(action)}
          >
            {action}
          </vscode-button>
        ))}
      </div>
    </>
  );
}

function readWhole(typed: string): AnswerValue {
  const read = readJson(typed);
  return read.ok ? read : { ...read, field: "" };
}

interface WholeValueProps {
  readonly question: QuestionView;
  readonly typed: string;
  readonly isWrong: boolean;
  readonly onType: (text: string) => void;
}

function WholeValue({ question, typed, isWrong, onType }: WholeValueProps): React.ReactElement {
  return (
    <vscode-textarea
      class="question-value"
      data-field="value"
      label="Value, as JSON"
      placeholder={question.actions.includes(MODIFY) ? "Value, as JSON" : "Value, as JSON (optional)"}
      rows={2}
      monospace
      invalid={isWrong}
      value={typed}
      onInput={(event) => onType((event.currentTarget as VscodeTextarea).value)}
    />
  );
}
