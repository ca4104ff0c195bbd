import type { BreakpointList } from "../breakpoint-list.js";
import type { DebuggedRun } from "../debugged-run.js";
import type { Inspection } from "../inspection.js";
import type { Counting, Stage } from "../stage.js";
import type { DebugTarget } from "../target.js";

/** What requests are answered from. */
export interface SessionParts {
  readonly target: DebugTarget;
  readonly debugged: DebuggedRun;
  readonly stage: Stage;
  readonly inspection: Inspection;
  readonly list: BreakpointList;
  readonly counting: Counting;
  /** Who is said to have edited what is edited here. */
  readonly actor: string;
}
