import { systemClock } from "../../platform/system-clock.js";
import type { Clock } from "../../ports.js";
import type { RunSession } from "../../run/session.js";
import type { CliIo } from "../io.js";
import { LiveLines } from "./live-lines.js";
import { RunningTasks } from "./running-tasks.js";

const REDRAWN_AFTER_MS = 100;

/** Where to write while a run's progress is shown, and the end of that. */
export interface Progress {
  /** Writes above the live lines. */
  readonly io: CliIo;
  end(): void;
}

/** Shows what is at work in a run, on a terminal; elsewhere it does nothing. What is over within a tenth of a second never shows. */
export function showProgress(session: Pick<RunSession, "onTrace">, io: CliIo, clock: Clock = systemClock): Progress {
  if (io.terminal === undefined) return { io, end: () => undefined };
  const live = new LiveLines(io.terminal, (text) => io.err(text));
  const tasks = new RunningTasks();
  const unfollow = session.onTrace((event) => tasks.add(event, clock.monotonic()));
  let cancel = clock.after(REDRAWN_AFTER_MS, function redraw() {
    live.show(tasks.lines(clock.monotonic()));
    cancel = clock.after(REDRAWN_AFTER_MS, redraw);
  });
  const above =
    (write: (text: string) => void) =>
    (text: string): void => {
      live.show([]);
      write(text);
    };
  return {
    io: { ...io, out: above((text) => io.out(text)), err: above((text) => io.err(text)) },
    end() {
      cancel();
      unfollow();
      live.show([]);
    },
  };
}
