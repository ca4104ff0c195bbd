import { Icon } from "../canvas/icon.js";
import { useCanvas, useServices } from "../store/context.js";

/** The node asks: a click opens the question at its card. In the past there is nothing to answer. */
export function AsksMark({ node }: { readonly node: string }): React.ReactElement | null {
  const { store } = useServices();
  const key = useCanvas(({ now, past }) => (past === undefined ? now.questions.find((each) => each.node === node)?.key : undefined));
  if (key === undefined) return null;
  const open = (event: React.MouseEvent): void => {
    event.stopPropagation();
    const { answering, answer } = store.getState();
    answer(answering === key ? undefined : key);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className="card-mark nodrag nopan"
      data-mark="asks"
      title="Answer the question here (A)"
      onClick={open}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon name="comment" />
      answer…
    </button>
  );
}
