import { useEffect, useRef } from "react";
import { NodeToolbar, Position } from "reactflow";
import { Icon } from "../canvas/icon.js";
import { focusNode } from "../canvas/stage.js";
import type { QuestionView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { Answer } from "./answer.js";

/** The question that is being answered at its node, if one is. */
export function AnswerPopover(): React.ReactElement | null {
  const question = useCanvas(({ answering, now, past }) =>
    past === undefined && answering !== undefined ? now.questions.find(({ key }) => key === answering) : undefined,
  );
  return question === undefined ? null : <Popover key={question.key} question={question} />;
}

function Popover({ question }: { readonly question: QuestionView }): React.ReactElement {
  const { store } = useServices();
  const label = useCanvas((state) => state.shown?.nodes.find(({ id }) => id === question.node)?.label ?? question.node);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = body.current?.querySelector("[data-answer], [data-field], [data-action]");
    // The toolbar gets its place with the next frame; what has none yet cannot be focused.
    const frame = requestAnimationFrame(() => first instanceof HTMLElement && first.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);
  const close = (): void => {
    store.getState().answer(undefined);
    focusNode(question.node);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <NodeToolbar nodeId={question.node} isVisible position={Position.Bottom} offset={10} className="nodrag nopan nowheel">
      <div
        ref={body}
        className="question answer-popover"
        role="dialog"
        aria-label={`Question of ${label}`}
        data-answering={question.key}
        onKeyDown={onKeyDown}
      >
        <header className="question-from">
          <Icon name="comment-unresolved" />
          <span className="answer-of">{label} asks</span>
          <button type="button" className="tool" aria-label="Close" title="Close (Escape)" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <Answer question={question} onDone={close} />
      </div>
    </NodeToolbar>
  );
}
