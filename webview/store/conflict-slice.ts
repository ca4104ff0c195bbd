import type { SetState } from "./state.js";

/** What a merge left to decide, as it is walked through. */
export interface ConflictSlice {
  /** The conflict that was gone to last, by its place in the document. */
  readonly conflictAt: string | undefined;
  readonly goToConflict: (at: string | undefined) => void;
}

/** What a merge left to decide, as it is walked through. */
export function conflictSlice(set: SetState): ConflictSlice {
  return { conflictAt: undefined, goToConflict: (conflictAt) => set({ conflictAt }) };
}
