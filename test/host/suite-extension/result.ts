/** What became of one test inside the extension host. */
export interface HostResult {
  readonly name: string;
  /** Stack of the failure; absent: it held. */
  readonly error?: string;
}

/** Setting that names the file to write the results to; where it is set, the suite runs by itself after the start. */
export const RESULTS_SETTING = "patchbayTests.results";
