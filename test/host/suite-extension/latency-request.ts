/** Setting that names the file to write latencies to. */
export const LATENCIES_SETTING = "patchbayTests.latencies";

/** What to edit, and how often. */
export interface LatencyRequest {
  /** Path of the document, in the workspace. */
  readonly path: string;
  /** Two texts of one length: the one that is there is replaced by the other, in turn. */
  readonly texts: readonly [string, string];
  readonly rounds: number;
  readonly warmUp: number;
}

/** What changes took, in milliseconds each. */
export interface ChangeLatencies {
  /** From an edit to the event that tells of it and the answer to who made it: VS Code's own. */
  readonly changed: readonly number[];
  /** From the edit to a plan of the new text in force, of a graph. */
  readonly inForce: readonly number[];
}
