// Documents of older versions.
//
// 1. Step n turns a document of version n into one of version n + 1; steps are never changed, only added.
// 2. A step works on the text, by edits, so that comments and formatting live through it.
// 3. A document is migrated in memory; its file is rewritten only when somebody edits it.
import type { TextEdit } from "./intent.js";
import { applyEdits } from "./text.js";

/** One step from a version to the next. */
export interface MigrationStep {
  /** The version it starts from. */
  readonly from: number;
  /** The edits that make the next version of a document. */
  edits(text: string): readonly TextEdit[];
}

/** The version that this Patchbay writes. */
export const currentVersion = 1;

/** Every step there is. Version 1 is the first, so that there is none yet. */
const migrationSteps: readonly MigrationStep[] = [];

/** A document's text brought from `version` to the version after the last step. */
export function migrate(text: string, version: number, steps: readonly MigrationStep[] = migrationSteps): string {
  return steps
    .filter(({ from }) => from >= version)
    .toSorted((a, b) => a.from - b.from)
    .reduce((migrated, step) => applyEdits(migrated, step.edits(migrated)), text);
}
