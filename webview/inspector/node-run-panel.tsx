import { Icon } from "../canvas/icon.js";
import { spokenMs } from "../nodes/duration.js";
import { statusLooks } from "../nodes/status-badge.js";
import { useCanvas } from "../store/context.js";
import { Fact, Section } from "./fields.js";

/** A node's state in the run. */
export function NodeRunPanel({ id }: { readonly id: string }): React.ReactElement | null {
  const run = useCanvas((state) => state.run.nodes[id]);
  if (run === undefined) return null;
  const { icon, word } = statusLooks[run.status];
  return (
    <Section title="Run">
      <Fact name="status" label="State">
        <span className="status" data-status={run.status}>
          <Icon name={icon} spin={run.status === "running"} />
          {word}
        </span>
      </Fact>
      <Fact name="count" label="Finished">
        {spokenCount(run.count)}
      </Fact>
      {run.ms !== undefined && (
        <Fact name="ms" label="Last took">
          {spokenMs(run.ms)}
        </Fact>
      )}
      {run.error !== undefined && (
        <pre className="run-error" data-fact="error">
          {run.error}
        </pre>
      )}
    </Section>
  );
}

function spokenCount(count: number): string {
  if (count === 0) return "not yet";
  return count === 1 ? "once" : `${String(count)} times`;
}
