import "./tasks.css";
import { useState } from "react";
import { spokenMs } from "../../nodes/duration.js";
import type { TaskDetails, TaskView } from "../../protocol/tasks.js";
import { useCanvas } from "../../store/context.js";
import { ChoiceField, Fact } from "../fields.js";
import { Section } from "../section.js";
import { TaskFailure } from "./task-failure.js";
import { TaskValues } from "./task-values.js";
import { useTask } from "./use-task.js";

const ends: Readonly<Record<TaskView["end"], string>> = {
  running: "under way",
  done: "done",
  failed: "failed",
  cached: "an earlier result",
  replayed: "a recorded result",
  bypassed: "passed by",
};

/** What a node was given when it ran, and what became of it: the newest time by the moment that is looked at, or one that is chosen. */
export function TaskSection({ node }: { readonly node: string }): React.ReactElement | null {
  const began = useCanvas((state) => state.run.nodes[node] !== undefined);
  if (!began) return null;
  return (
    <Section title="Task" lazy>
      <Tasks node={node} />
    </Section>
  );
}

function Tasks({ node }: { readonly node: string }): React.ReactElement {
  const [chosen, setChosen] = useState<string>();
  const details = useTask(node, chosen);
  const past = useCanvas((state) => state.past?.superstep);
  if (details === undefined) return <p className="quiet">…</p>;
  const { tasks, shown } = details;
  if (shown === undefined)
    return (
      <p className="quiet">{past === undefined ? "It has not begun in this run." : `It had not begun by superstep ${String(past)}.`}</p>
    );
  const choices = tasks.map(({ task, superstep, end }) => ({
    value: task,
    title: `Superstep ${String(superstep)}: ${ends[end]}${nth(task)}`,
  }));
  return (
    <>
      {past !== undefined && (
        <p className="quiet task-moment" data-fact="moment" role="status">
          {`As of superstep ${String(past)}`}
        </p>
      )}
      <ChoiceField name="task" label="Which time" value={shown.task} choices={choices} onCommit={setChosen} />
      <Task node={node} shown={shown} />
    </>
  );
}

/** Of several in one superstep, which. */
function nth(task: string): string {
  const index = /#(\d+)$/.exec(task)?.[1];
  return index === undefined ? "" : ` (${String(Number(index) + 1)}.)`;
}

function Task({ node, shown }: { readonly node: string; readonly shown: NonNullable<TaskDetails["shown"]> }): React.ReactElement {
  const { task, ms, action, error, fallback, attempts, logs, given, input, writes, cleared } = shown;
  return (
    <>
      {ms !== undefined && (
        <Fact name="task.ms" label="Took">
          {spokenMs(ms)}
        </Fact>
      )}
      {action !== undefined && (
        <Fact name="task.action" label="Action">
          {action}
        </Fact>
      )}
      {attempts.map((each) => (
        <TaskFailure
          key={each.attempt}
          title={`Attempt ${String(each.attempt)}`}
          failure={each.error}
          of={{ node, task, attempt: each.attempt }}
        />
      ))}
      {error !== undefined && (
        <TaskFailure title={fallback ? "Failed, and its fallback took over" : "Failed"} failure={error} of={{ node, task }} />
      )}
      {given !== undefined && <TaskValues title="Given" values={[given]} place={{ node, task, of: "given" }} none="" />}
      {input === undefined ? (
        <p className="quiet">What it read is out of reach.</p>
      ) : (
        <TaskValues title="Read" values={input} place={{ node, task, of: "input" }} none="nothing" />
      )}
      {writes !== undefined && <TaskValues title="Wrote" values={writes} place={{ node, task, of: "writes" }} none="nothing" />}
      {cleared.length > 0 && (
        <Fact name="task.cleared" label="Cleared">
          {cleared.join(", ")}
        </Fact>
      )}
      {logs.length > 0 && (
        <details>
          <summary className="field-label">{`Log, ${String(logs.length)} ${logs.length === 1 ? "line" : "lines"}`}</summary>
          <pre className="declaration">{logs.map(({ level, message }) => `${level}: ${message}`).join("\n")}</pre>
        </details>
      )}
    </>
  );
}
