import { systemClock } from "../platform/system-clock.js";
import type { RunSession } from "../run/session.js";
import { exit } from "./exit.js";
import type { CliIo } from "./io.js";

/** A launcher forwards the interrupt that the terminal has sent to us as well: milliseconds in which another one is that echo. */
const ECHO_MS = 200;

/** What interrupts have asked for so far. */
export interface Interrupts {
  readonly asked: "nothing" | "drain" | "cancel";
  release(): void;
}

/** The first interrupt drains the run, the second cancels it at once, the third ends the process. */
export function followInterrupts(session: Pick<RunSession, "drain" | "stop" | "runningTasks">, io: CliIo): Interrupts {
  let asked: Interrupts["asked"] = "nothing";
  let last = Number.NEGATIVE_INFINITY;
  const release = io.onInterrupt(() => {
    const now = systemClock.monotonic();
    if (now - last < ECHO_MS) return;
    last = now;
    if (asked === "nothing") {
      asked = "drain";
      io.err(`Pausing${after(session.runningTasks.map(({ node }) => node))}. Interrupt again to cancel the run.\n`);
      void session.drain();
    } else if (asked === "drain") {
      asked = "cancel";
      io.err("Cancelling the run; once more ends the process at once.\n");
      void session.stop();
    } else io.kill(exit.cancelled);
  });
  return {
    get asked() {
      return asked;
    },
    release,
  };
}

const MOST_NAMES = 5;

function after(nodes: readonly string[]): string {
  if (nodes.length === 0) return "";
  const named = nodes.slice(0, MOST_NAMES).join(", ");
  return ` when ${named}${nodes.length > MOST_NAMES ? ` and ${nodes.length - MOST_NAMES} more` : ""} ${nodes.length === 1 ? "has" : "have"} finished`;
}
