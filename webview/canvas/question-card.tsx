import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import type { VscodeTextarea } from "@vscode-elements/elements/dist/vscode-textarea/vscode-textarea.js";
import { useState } from "react";
import { MODIFY, REROUTE } from "../../runtime/model/graph.js";
import { readJson } from "../inspector/values.js";
import type { QuestionView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";
import { QuestionDeadline } from "./question-deadline.js";
import { RerouteTarget } from "./reroute-target.js";

/** A question that waits for a person: what is asked, the actions, and a value where one is taken. */
export function QuestionCard({ question }: { readonly question: QuestionView }): React.ReactElement {
  const { store, host } = useServices();
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const label = useCanvas((state) => state.shown?.nodes.find(({ id }) => id === question.node)?.label ?? question.node);
  const [typed, setTyped] = useState("");
  const value = readJson(typed);
  const [target, setTarget] = useState("");
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
  };
  return (
    <section className="question" aria-label={`Question of ${label}`} data-question={question.key}>
      <header className="question-from">
        <Icon name="comment-unresolved" />
        <button type="button" className="plain" onClick={() => store.getState().requestReveal({ nodes: [question.node], edges: [] })}>
          {label}
        </button>
        asks
      </header>
      <p className="question-prompt">{question.prompt}</p>
      {question.deadline !== undefined && <QuestionDeadline deadline={question.deadline} whenLate={question.default} />}
      {question.takesValue && (
        <vscode-textarea
          class="question-value"
          data-field="value"
          label="Value, as JSON"
          placeholder={question.actions.includes(MODIFY) ? "Value, as JSON" : "Value, as JSON (optional)"}
          rows={2}
          monospace
          invalid={!value.ok}
          value={typed}
          onInput={(event) => setTyped((event.currentTarget as VscodeTextarea).value)}
        />
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
    </section>
  );
}
