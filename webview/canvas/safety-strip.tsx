import "./safety-strip.css";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import type { CommandName } from "../protocol/messages.js";
import type { BlockedView, ReasonView } from "../protocol/safety.js";
import { useCanvas, useServices } from "../store/context.js";
import { Icon } from "./icon.js";
import { spokenBlocked, spokenCertificates, spokenNextStep } from "./safety.js";
import { useShowProblem } from "./use-show-problem.js";

/** Reasons that stand on the canvas; the Checkpoints view has all. */
const SHOWN = 2;

type Way = readonly [command: CommandName & (`blocked/${string}` | "history/undo"), label: string];

/** What the graph as it is now means to the run shown and its checkpoints, and what to do; nothing while all can go on. */
export function SafetyStrip(): React.ReactElement | null {
  const blocked = useCanvas((state) => state.now.blocked);
  const words = useCanvas(({ now: { certificates } }) => (certificates === undefined ? "" : spokenCertificates(certificates)));
  const reasons = useCanvas(({ now }) => now.blocked?.reasons ?? now.certificates?.reasons ?? none);
  const ended = useCanvas(({ now: { status } }) => status === "completed" || status === "cancelled");
  if (blocked === undefined && words === "") return null;
  return (
    <section className="note safety-strip" aria-label="Checkpoints under this graph" data-testid="safety" data-why={blocked?.why ?? ""}>
      {blocked !== undefined && (
        <>
          <Blocked blocked={blocked} />
          <Reasons reasons={reasons} />
          <Ways blocked={blocked} />
        </>
      )}
      {words !== "" && <Summary words={words} />}
      {blocked === undefined && !ended && <Reasons reasons={reasons} />}
    </section>
  );
}

const none: readonly ReasonView[] = [];

function Blocked({ blocked }: { readonly blocked: BlockedView }): React.ReactElement {
  return (
    <p className="safety-words">
      <Icon name="error" />
      <span>
        <strong>{spokenBlocked(blocked)}</strong> {spokenNextStep(blocked)}
      </span>
    </p>
  );
}

function Ways({ blocked }: { readonly blocked: BlockedView }): React.ReactElement {
  const { host } = useServices();
  return (
    <p className="safety-ways">
      {waysOf(blocked).map(([command, label]) => (
        <vscode-button key={command} secondary data-command={command} onClick={() => host.command(command, {})}>
          {label}
        </vscode-button>
      ))}
    </p>
  );
}

function waysOf({ why, ancestor, migration }: BlockedView): readonly Way[] {
  return [
    ["history/undo", "Undo"],
    ...(why === "migrate" ? [["blocked/migrate", migration ? "Open Migration" : "Write Migration…"] as const] : []),
    ...(ancestor === undefined ? [] : [["blocked/restore", `Restore Superstep ${String(ancestor)}`] as const]),
    ["blocked/overrule", "Go On Anyway…"],
  ];
}

/** Each shows its place. */
function Reasons({ reasons }: { readonly reasons: readonly ReasonView[] }): React.ReactElement | null {
  const show = useShowProblem();
  const { host } = useServices();
  if (reasons.length === 0) return null;
  return (
    <ul className="safety-reasons">
      {reasons.slice(0, SHOWN).map((reason) => (
        <li key={reason.message}>
          <button
            type="button"
            className="safety-reason"
            title="Shows the place; Ctrl+click shows it in the text"
            onClick={(event) => show(reason, event.ctrlKey || event.metaKey)}
          >
            {reason.message}
          </button>
        </li>
      ))}
      {reasons.length > SHOWN && (
        <li>
          <button type="button" className="safety-reason" onClick={() => host.command("checkpoints/show", {})}>
            And {reasons.length - SHOWN} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Summary({ words }: { readonly words: string }): React.ReactElement {
  const { host } = useServices();
  return (
    <button
      type="button"
      className="safety-summary"
      data-command="checkpoints/show"
      title="Shows the checkpoints"
      onClick={() => host.command("checkpoints/show", {})}
    >
      <Icon name="history" />
      {words}
    </button>
  );
}

/** Tells a screen reader when checkpoints are not safe any more. That the run cannot go on is told with its status. */
export function SafetyRegion(): React.ReactElement {
  const words = useCanvas(({ now: { certificates } }) => (certificates === undefined ? "" : spokenCertificates(certificates)));
  return (
    <div className="unseen" role="status" aria-live="polite" data-testid="safety-announcement">
      {words}
    </div>
  );
}
