/** One edge that is to go elsewhere. */
export interface Retarget {
  readonly edge: string;
  readonly to: string;
}

/** What the extension beside ours is asked to measure. */
export interface Asked {
  /** The file to change, in the folder. */
  readonly document: string;
  readonly edits: readonly Retarget[];
  /** Where to write the milliseconds of each. */
  readonly results: string;
}
