/** What a server wrote in a day. */
export interface Log {
  readonly day: number;
  readonly lines: readonly string[];
}

/** What was found in it. A type, so that it counts as JSON. */
export type Figures = {
  readonly day: number;
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds. */
  readonly p95: number;
};
