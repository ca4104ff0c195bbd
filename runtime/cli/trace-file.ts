import { closeSync, openSync, writeSync } from "node:fs";
import type { CheckpointStore } from "../checkpoint/store.js";
import { traceEntries } from "../checkpoint/trace-entries.js";
import { PatchbayError } from "../errors.js";
import type { RunSession } from "../run/session.js";
import type { TraceEvent } from "../trace/event.js";
import { reasonOf } from "./text-file.js";

/** A file that a run's whole trace is written to, as it is recorded: a killed process leaves all but the superstep at work. */
export interface TraceFile {
  /** Writes what happened so far, earlier invocations included, and then each event as it comes. */
  follow(session: RunSession, store: CheckpointStore): void;
  close(): void;
}

/** Makes the file anew. Throws `USAGE` where it cannot be written. */
export function openTraceFile(path: string, given: string): TraceFile {
  const file = open(path, given);
  let last = 0;
  let unfollow = (): void => undefined;
  const write = (event: TraceEvent): void => {
    if (event.seq <= last) return;
    last = event.seq;
    writeSync(file, `${JSON.stringify(event)}\n`);
  };
  return {
    follow(session, store) {
      for (const { event } of traceEntries(store, session.id)) write(event);
      for (const event of session.trace) write(event);
      unfollow = session.onRecord(write);
    },
    close() {
      unfollow();
      closeSync(file);
    },
  };
}

function open(path: string, given: string): number {
  try {
    return openSync(path, "w");
  } catch (error) {
    throw new PatchbayError(
      "USAGE",
      `--trace ${given} cannot be written: ${reasonOf(error)}. Give the path of a file in a folder that exists.`,
      {},
      error,
    );
  }
}
