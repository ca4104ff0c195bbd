import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import type { VscodeTextarea } from "@vscode-elements/elements/dist/vscode-textarea/vscode-textarea.js";
import { useState } from "react";
import { readJson } from "../inspector/values.js";
import type { QuestionView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";

/** A question that waits for a person: what is asked, the actions, and a value where one is taken. */
export function QuestionCard({ question }: { readonly question: QuestionView }): React.ReactElement {
  const { store, host } = useServices();
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const label = useCanvas((state) => state.shown?.nodes.find(({ id }) => id === question.node)?.label ?? question.node);
  const [typed, setTyped] = useState("");
  const value = readJson(typed);
  const decide = (action: string): void => {
    if (!value.ok) return;
    host.command("question/decide", { key: question.key, action, ...(value.value === undefined ? {} : { value: value.value }) });
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
      {question.takesValue && (
        <vscode-textarea
          class="question-value"
          data-field="value"
          label="Value, as JSON"
          placeholder="Value, as JSON (optional)"
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
      <div className="question-actions">
        {question.actions.map((action, index) => (
          <vscode-button
            key={action}
            data-action={action}
            secondary={index > 0}
            disabled={!trusted || !value.ok}
            onClick={() => decide(action)}
          >
            {action}
          </vscode-button>
        ))}
      </div>
    </section>
  );
}
