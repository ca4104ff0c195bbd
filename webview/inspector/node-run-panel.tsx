import { Icon } from "../canvas/icon.js";
import { spokenMs } from "../nodes/duration.js";
import { NextAttempt } from "../nodes/next-attempt.js";
import { howOf, insideText, manner, shareOf, statusLooks } from "../nodes/node-status.js";
import type { NodeRunView } from "../protocol/node-run.js";
import { useCanvas, useServices } from "../store/context.js";
import { Fact } from "./fields.js";
import { Section } from "./section.js";

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
      <ProgressFacts id={id} run={run} />
      {run.error !== undefined && (
        <pre className="run-error" data-fact="error">
          {run.error}
        </pre>
      )}
    </Section>
  );
}

/** How far it is, and how it came to where it is, as far as there is something to say. */
function ProgressFacts({ id, run }: { readonly id: string; readonly run: NodeRunView }): React.ReactElement {
  const { host } = useServices();
  const fields = useCanvas((state) => state.shown?.nodes.find((node) => node.id === id)?.fields);
  const how = howOf(run);
  const share = shareOf(run);
  const worked = share === undefined ? "" : [share.words, manner(fields ?? {})].filter((part) => part !== "").join(" · ");
  return (
    <>
      {run.attempt !== undefined && (
        <Fact name="attempt" label="Tried again">
          <NextAttempt attempt={run.attempt} />
        </Fact>
      )}
      {how !== undefined && (
        <Fact name="how" label="How">
          <span className="status">
            <Icon name={how.icon} />
            {how.words}
          </span>
        </Fact>
      )}
      {worked !== "" && (
        <Fact name="share" label="Progress">
          {worked}
        </Fact>
      )}
      {run.inside !== undefined && (
        <Fact name="inside" label="Inside">
          {insideText(run.inside)}{" "}
          <button type="button" className="plain" data-command="graph/open" onClick={() => host.command("graph/open", { node: id })}>
            Open its graph
          </button>
        </Fact>
      )}
    </>
  );
}

function spokenCount(count: number): string {
  if (count === 0) return "not yet";
  return count === 1 ? "once" : `${String(count)} times`;
}
