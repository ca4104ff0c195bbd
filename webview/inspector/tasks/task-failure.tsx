import { Icon } from "../../canvas/icon.js";
import type { FailureView } from "../../protocol/tasks.js";
import { useServices } from "../../store/context.js";

interface TaskFailureProps {
  readonly title: string;
  readonly failure: FailureView;
  readonly of: { readonly node: string; readonly task: string; readonly attempt?: number };
}

/** Why a task, or one of its attempts, failed; its stack, and the way to the line. */
export function TaskFailure({ title, failure, of }: TaskFailureProps): React.ReactElement {
  const { host } = useServices();
  const { code, message, stack, place } = failure;
  return (
    <div className="task-failure" data-failure={of.attempt ?? "end"}>
      <span className="task-failure-title">
        <Icon name="error" />
        {`${title}: ${code}`}
      </span>
      <span className="task-failure-message">{message}</span>
      {place !== undefined && (
        <button type="button" className="link" data-command="task/stack" onClick={() => host.command("task/stack", of)}>
          {place}
        </button>
      )}
      {stack !== undefined && (
        <details>
          <summary>Stack</summary>
          <pre className="declaration">{stack}</pre>
        </details>
      )}
    </div>
  );
}
