import type { ProblemView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
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
          <CreateHandler problem={problem} />
        </li>
      ))}
    </ul>
  );
}

/** Writes the handler that a node names and that is not there, as the inspector does; of a channel's reducer there is no node to write it for. */
function CreateHandler({ problem: { code, node, field } }: { readonly problem: ProblemView }): React.ReactElement | null {
  const { host } = useServices();
  const readOnly = useCanvas((state) => state.shown?.readOnly === true);
  const label = useCanvas((state) => state.shown?.nodes.find(({ id }) => id === node)?.label ?? node);
  if (code !== "HANDLER_MISSING" || node === undefined || field !== "handler" || readOnly) return null;
  return (
    <button
      type="button"
      className="problem-remedy"
      data-command="handler/create"
      aria-label={`Create handler of ${label ?? ""}`}
      onClick={() => host.command("handler/create", { node })}
    >
      <Icon name="new-file" />
      Create handler
    </button>
  );
}
