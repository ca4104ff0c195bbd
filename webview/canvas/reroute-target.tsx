import { END } from "../../runtime/model/ids.js";
import { ChoiceField, TextField } from "../inspector/fields.js";
import type { NodeView, QuestionView } from "../protocol/views.js";
import { useCanvas } from "../store/context.js";

interface RerouteTargetProps {
  readonly question: QuestionView;
  /** The node chosen; empty for none yet. */
  readonly target: string;
  readonly onChoose: (target: string) => void;
}

const none: readonly NodeView[] = [];

/** Where the run goes on after a decision to reroute. What a run inside the node asks names a node in there, which is typed. */
export function RerouteTarget({ question, target, onChoose }: RerouteTargetProps): React.ReactElement {
  const nodes = useCanvas((state) => state.shown?.nodes ?? none);
  if (question.inner) {
    const read = (typed: string): void => onChoose(typed.trim());
    return <TextField name="target" label="Reroute to (a node of the graph inside)" value={target} onCommit={read} onType={read} />;
  }
  const choices = [
    { value: "", title: "Choose a node…" },
    ...nodes.map(({ id, label }) => ({ value: id, title: label === id ? id : `${label} (${id})` })),
    { value: END, title: "End (@end)" },
  ];
  return <ChoiceField name="target" label="Reroute to" value={target} choices={choices} onCommit={onChoose} />;
}
