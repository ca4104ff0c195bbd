import type { QuestionView } from "../protocol/views.js";
import { Answer } from "../questions/answer.js";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";

/** A question that waits for a person, at the foot of the canvas, wherever its node is; while it is answered at that, no more than a line. */
export function QuestionCard({ question }: { readonly question: QuestionView }): React.ReactElement {
  const { store } = useServices();
  const label = useCanvas((state) => state.shown?.nodes.find(({ id }) => id === question.node)?.label ?? question.node);
  const atNode = useCanvas((state) => state.answering === question.key && state.past === undefined);
  return (
    <section className="question" aria-label={`Question of ${label}`} data-question={question.key}>
      <header className="question-from">
        <Icon name="comment-unresolved" />
        <button type="button" className="plain" onClick={() => store.getState().requestReveal({ nodes: [question.node], edges: [] })}>
          {label}
        </button>
        asks
        {atNode && (
          <button type="button" className="plain question-here" onClick={() => store.getState().answer(undefined)}>
            Answer here instead
          </button>
        )}
      </header>
      {!atNode && <Answer question={question} />}
    </section>
  );
}
