/** What the process's exit status says. */
export const exit = {
  /** The command did its work; for `run`: the run is completed. */
  ok: 0,
  /** The run failed, or the command could not do its work. */
  failed: 1,
  /** Bad usage, or a graph with errors. */
  usage: 2,
  /** The run waits for a decision. */
  paused: 10,
  /** Interrupted by the user. */
  cancelled: 130,
} as const;
