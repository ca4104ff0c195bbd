import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { LAYOUT_THREAD } from "../platform/layout-thread/lay-out-in-thread.js";
import type { CliIo } from "./io.js";
import type { Terminal } from "./progress/live-lines.js";

const HANDLER_ENTRY = "handler-process.mjs";
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/** The process itself. The handler entry is built into the folder of the program that was started. */
export function processIo(): CliIo {
  const program = process.argv[1];
  const folder = program === undefined ? process.cwd() : dirname(realpathSync(program));
  for (const stream of [process.stdout, process.stderr]) stream.on("error", unlessClosed);
  return {
    cwd: process.cwd(),
    handlerEntry: join(folder, HANDLER_ENTRY),
    layoutEntry: join(folder, LAYOUT_THREAD),
    terminal: terminalOf(process.stderr, process.env),
    out: (written) => void process.stdout.write(written),
    outStream: () => process.stdout,
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

/** The terminal behind a stream; logs of builds, simple terminals and people who want no control sequences get none. */
export function terminalOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number },
  environment: Readonly<Record<string, string | undefined>>,
): Terminal | undefined {
  const { CI, NO_COLOR, TERM } = environment;
  if (stream.isTTY !== true || TERM === "dumb" || isSet(CI) || isSet(NO_COLOR)) return undefined;
  return {
    get columns() {
      return known(stream.columns) ?? USUAL_COLUMNS;
    },
    get rows() {
      return known(stream.rows) ?? USUAL_ROWS;
    },
  };
}

/** A terminal that does not tell its size says 0. */
function known(size: number | undefined): number | undefined {
  return size === 0 ? undefined : size;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

/** A reader that has seen enough (`patchbay runs | head`) closes the pipe: no fault of ours, and none of the run's. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
