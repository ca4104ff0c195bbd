import type { Writable } from "node:stream";
import type { Terminal } from "./progress/live-lines.js";

/** What the command line asks of the outside; tests hand in their own. */
export interface CliIo {
  /** Relative paths in arguments start here. Absolute. */
  readonly cwd: string;
  /** Path of `handler-process.mjs`, which runs handlers. */
  readonly handlerEntry: string;
  /** Path of `layout-thread.mjs`, which lays graphs out. */
  readonly layoutEntry: string;
  /** What stderr is shown on; undefined where it is piped, or lines must not be drawn over. */
  readonly terminal?: Terminal | undefined;
  /** To stdout. */
  out(text: string): void;
  /** Stdout for bytes; whoever asks ends it. */
  outStream(): Writable;
  /** To stderr. */
  err(text: string): void;
  /** All of stdin. */
  readStdin(): Promise<string>;
  /** Calls back at each interrupt (Ctrl+C) instead of ending the process; the returned function ends that. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process at once. */
  kill(status: number): void;
}
