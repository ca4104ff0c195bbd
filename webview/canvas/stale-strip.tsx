import "@vscode-elements/elements/dist/vscode-button/index.js";
import type { DriftView, ProblemView } from "../protocol/views.js";
import type { CommandName } from "../protocol/messages.js";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";
import { spokenDrift, spokenNextStep } from "./staleness.js";

type Step = readonly [command: CommandName & ("compile/now" | "compile/anew" | "history/undo"), label: string];

/** What can be done about it. */
const steps: Readonly<Record<DriftView["why"], readonly Step[]>> = {
  broken: [],
  waiting: [["compile/now", "Compile Now"]],
  refused: [
    ["history/undo", "Undo"],
    ["compile/anew", "Recompile Now"],
  ],
  failed: [["compile/anew", "Recompile Now"]],
};

const none: readonly ProblemView[] = [];

/** That the graph differs from the plan in force: by how much, why, and what to do. */
export function StaleStrip(): React.ReactElement | null {
  const { host } = useServices();
  const drift = useCanvas((state) => state.compile.drift);
  const problems = useCanvas((state) => state.shown?.problems ?? none);
  if (drift === undefined) return null;
  return (
    <section className="note stale-strip" aria-label="Differs from the plan in force" data-testid="stale" data-why={drift.why}>
      <Icon name="sync-ignored" />
      <span className="stale-words" title={drift.others.join("\n")}>
        <strong>{spokenDrift(drift)}.</strong> {spokenNextStep(drift, problems)}
      </span>
      {steps[drift.why].map(([command, label]) => (
        <vscode-button key={command} secondary data-command={command} onClick={() => host.command(command, {})}>
          {label}
        </vscode-button>
      ))}
    </section>
  );
}

/** Tells a screen reader when the plan falls behind the graph, and when it has caught up. */
export function StaleRegion(): React.ReactElement {
  const words = useCanvas(({ compile: { drift }, shown }) =>
    drift === undefined ? "" : `${spokenDrift(drift)}. ${spokenNextStep(drift, shown?.problems ?? none)}`,
  );
  return (
    <div className="unseen" role="status" aria-live="polite" data-testid="stale-announcement">
      {words}
    </div>
  );
}
