import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { CliIo } from "./io.js";

const HANDLER_ENTRY = "handler-process.mjs";

/** The process itself. The handler entry is built into the folder of the program that was started. */
export function processIo(): CliIo {
  const program = process.argv[1];
  for (const stream of [process.stdout, process.stderr]) stream.on("error", unlessClosed);
  return {
    cwd: process.cwd(),
    handlerEntry: join(program === undefined ? process.cwd() : dirname(realpathSync(program)), HANDLER_ENTRY),
    out: (written) => void process.stdout.write(written),
    err: (written) => void process.stderr.write(written),
    readStdin: () => text(process.stdin),
    onInterrupt(listener) {
      process.on("SIGINT", listener);
      process.on("SIGTERM", listener);
      return () => {
        process.off("SIGINT", listener);
        process.off("SIGTERM", listener);
      };
    },
    kill: (status) => process.exit(status),
  };
}

/** A reader that has seen enough (`patchbay runs | head`) closes the pipe: no fault of ours, and none of the run's. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
