import "./dock.css";
import { useCanvas, useServices } from "../store/context.js";
import { ConflictStrip } from "../conflicts/conflict-strip.js";
import { ChangeCard } from "../diff/change-card.js";
import { Icon } from "./icon.js";
import { LayoutStrip } from "./layout-strip.js";
import { ProblemStrip } from "./problem-strip.js";
import { QuestionCard } from "./question-card.js";
import { SafetyStrip } from "./safety-strip.js";
import { StaleStrip } from "./stale-strip.js";

/** What stands at the foot of the canvas: notices, questions, problems. */
export function Dock(): React.ReactElement {
  const questions = useCanvas((state) => state.now.questions);
  return (
    <div className="dock">
      <Notice />
      <Restrictions />
      {questions.map((question) => (
        <QuestionCard key={question.key} question={question} />
      ))}
      <ChangeCard />
      <ConflictStrip />
      <LayoutStrip />
      <SafetyStrip />
      <StaleStrip />
      <ProblemStrip />
    </div>
  );
}

function Notice(): React.ReactElement | null {
  const { store } = useServices();
  const notice = useCanvas((state) => state.notice);
  if (notice === undefined) return null;
  return (
    <div className="note" role="alert" data-testid="notice" data-severity="error">
      <Icon name="error" />
      <span>{notice}</span>
      <button type="button" className="tool" aria-label="Dismiss" onClick={() => store.getState().notify(undefined)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function Restrictions(): React.ReactElement {
  const untrusted = useCanvas((state) => state.shown?.trusted === false);
  const readOnly = useCanvas((state) => state.shown?.readOnly === true && state.diff === undefined);
  const past = useCanvas((state) => state.shown?.earlier === true);
  return (
    <>
      {untrusted && (
        <div className="note" role="note" data-testid="restricted">
          <Icon name="shield" />
          Restricted Mode: this graph can be edited. To run it, trust the workspace.
        </div>
      )}
      {readOnly && (
        <div className="note" role="note" data-testid="read-only">
          <Icon name="lock" />
          {past ? "Read-only: an earlier revision of this graph." : "Read-only: this graph was written by a newer Patchbay."}
        </div>
      )}
    </>
  );
}
