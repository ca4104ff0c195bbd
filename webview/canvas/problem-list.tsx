import type { ProblemView } from "../protocol/views.js";
import { Icon } from "./icon.js";
import { severityIcon } from "./severity.js";
import { useShowProblem } from "./use-show-problem.js";

/** Problems, one a line; a click selects and shows the place, with Ctrl or Cmd in the text. */
export function ProblemList({ problems }: { readonly problems: readonly ProblemView[] }): React.ReactElement {
  const show = useShowProblem();
  return (
    <ul className="problem-list">
      {problems.map((problem) => (
        <li key={`${problem.code} ${String(problem.line)} ${problem.message}`}>
          <button
            type="button"
            className="problem"
            data-code={problem.code}
            title={`${problem.message}\nCtrl+click shows it in the text`}
            onClick={(event) => show(problem, event.ctrlKey || event.metaKey)}
          >
            <span className="problems-count" data-severity={problem.severity}>
              <Icon name={severityIcon(problem.severity)} />
            </span>
            <span className="problem-message">{problem.message}</span>
            <span className="problem-line">line {problem.line}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
