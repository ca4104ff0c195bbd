import type { CommandName } from "../protocol/messages.js";
import type { RunView } from "../protocol/views.js";

/** One button of run control. */
export interface RunControl {
  readonly command: Extract<CommandName, `run/${string}`>;
  readonly title: string;
  readonly icon: string;
  readonly enabled: boolean;
}

/** What decides which buttons work. */
export interface RunFacts {
  readonly run: RunView;
  readonly trusted: boolean;
  /** Whether any plan is in force. */
  readonly planned: boolean;
}

/** The buttons of run control; a disabled one says why where the reason is not plain to see. */
export function runControls({ run, trusted, planned }: RunFacts): readonly RunControl[] {
  const able = trusted && planned;
  const halted = run.status === "paused" || run.status === "failed" || (run.status === "waiting" && run.questions.length === 0);
  const idle = run.status === "none" || run.status === "completed" || run.status === "failed" || run.status === "cancelled";
  const live = run.status === "running" || run.status === "paused" || run.status === "waiting";
  const because = (title: string): string => `${title}${blocked({ run, trusted, planned })}`;
  return [
    { command: "run/start", title: because("Run"), icon: "play", enabled: able && idle },
    { command: "run/continue", title: because("Continue"), icon: "debug-continue", enabled: able && halted },
    { command: "run/step", title: because("Step one superstep"), icon: "debug-step-over", enabled: able && (idle || halted) },
    { command: "run/pause", title: "Pause at the next superstep", icon: "debug-pause", enabled: run.status === "running" },
    { command: "run/stop", title: "Stop", icon: "debug-stop", enabled: live },
  ];
}

function blocked({ run, trusted, planned }: RunFacts): string {
  if (!trusted) return ": trust the workspace first";
  if (!planned) return ": fix the problems of the graph first";
  return run.status === "waiting" && run.questions.length > 0 ? ": answer the question first" : "";
}
