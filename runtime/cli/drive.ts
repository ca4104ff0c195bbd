import { systemClock } from "../platform/system-clock.js";
import type { RunSession } from "../run/session.js";
import type { LiveEvent } from "../trace/event.js";
import type { Decisions } from "./decisions.js";
import { exit } from "./exit.js";
import type { CliIo } from "./io.js";

/** Who decides and redirects here, for the trace. */
export const ACTOR = "command line";

/** A launcher forwards the interrupt that the terminal has sent to us as well: milliseconds in which a second one is that echo. */
const ECHO_MS = 200;

/** What is asked of a run here. */
export type DrivenRun = Pick<RunSession, "status" | "frontier" | "continue" | "stop" | "decide" | "onTrace">;

/**
 * Takes a run as far as the decisions allow. A completed run stays as it is. The first interrupt cancels the run, the second
 * ends the process. Rejects with `DECISION_INVALID`, `NOT_RESUMABLE`, `RUN_FINISHED`.
 */
export async function drive(session: DrivenRun, decisions: Decisions, io: CliIo): Promise<void> {
  const interrupts = cancelOnInterrupt(session, io);
  const stopLogging = session.onTrace((event) => log(event, io));
  try {
    if (session.status === "completed") return;
    answer(session, decisions);
    do await session.continue();
    while (!interrupts.seen && answer(session, decisions));
    if (interrupts.seen) await session.stop();
  } finally {
    stopLogging();
    interrupts.release();
  }
}

function cancelOnInterrupt(session: DrivenRun, io: CliIo): { readonly seen: boolean; release(): void } {
  let first: number | undefined;
  const release = io.onInterrupt(() => {
    const now = systemClock.monotonic();
    if (first === undefined) {
      first = now;
      io.err("Cancelling; once more ends the process at once.\n");
      void session.stop();
    } else if (now - first >= ECHO_MS) io.kill(exit.cancelled);
  });
  return {
    get seen() {
      return first !== undefined;
    },
    release,
  };
}

/** Answers the open questions that there are decisions for; whether there were any. */
function answer(session: DrivenRun, decisions: Decisions): boolean {
  const { questions, decisions: made } = session.frontier;
  const answerable = questions.filter((question) => made[question.key] === undefined && decisions.has(question.key));
  for (const { key } of answerable) {
    const decision = decisions.get(key);
    if (decision !== undefined) session.decide(key, { ...decision, actor: ACTOR });
  }
  return answerable.length > 0;
}

function log(event: LiveEvent, io: CliIo): void {
  if (event.type === "log" && event.level !== "debug")
    io.err(`${event.node}: ${event.level === "info" ? "" : `${event.level}: `}${event.message}\n`);
}
