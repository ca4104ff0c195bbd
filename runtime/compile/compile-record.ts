import type { ErrorInfo } from "../errors.js";
import type { RecompileFacts } from "../trace/event.js";
import type { ChangeClass } from "./change.js";

/** What set a compile off: the graph was opened, it was edited, a file that its nodes run was saved, or somebody asked for it. */
export const compileTriggers = ["opened", "edited", "saved", "asked"] as const;
type CompileTrigger = (typeof compileTriggers)[number];

/** One compile, successful or not. `class` is what was done; a refused or failed one did nothing, and `recomputed` is 0. */
export interface CompileRecord extends RecompileFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly success: boolean;
  readonly error?: ErrorInfo;
  readonly trigger: CompileTrigger;
  /** The class of the gravest change that it covers: what it took. The strategy, or who asked, may have had more done. */
  readonly needed: ChangeClass;
  /** Edits that it covers. */
  readonly edits: number;
  /** Milliseconds that the first of these edits waited for the compile to begin. */
  readonly waitedMs: number;
  /** Microseconds that a full compile of this graph took when last measured; absent: none of a graph about as large has been. */
  readonly fullMicros?: number;
  /** Microseconds that a patch took beside a full compile, where a patch would have done. Its plan was dropped. */
  readonly patchMicros?: number;
}

/** Whether a change set the compile off, and not a person who opened the graph or asked. */
export function isRecompile({ trigger }: CompileRecord): boolean {
  return trigger === "edited" || trigger === "saved";
}

/** Microseconds that a soft recompile saved, measured against a full compile: below 0 where it cost more. Undefined where nothing was measured. */
export function savedMicros({ class: grade, success, micros, fullMicros }: CompileRecord): number | undefined {
  return grade === "soft" && success && fullMicros !== undefined ? fullMicros - micros : undefined;
}
