import { errorInfo } from "../../errors.js";
import type { ModuleSnapshot } from "../modules/module-snapshot.js";
import type { HandlerCall, HandlerEvents, HandlerInspection, HandlerOutcome } from "../../ports.js";

/** A call on its way: it waits in the pool, or is at work in a process. */
export interface Job {
  readonly call: HandlerCall;
  /** Counts the calls of a pool: which goes first. */
  readonly turn: number;
  /** The checked URL of its module. */
  readonly url: string;
  /** The version of it that is to run; absent: as the file is. */
  readonly snapshot: ModuleSnapshot | undefined;
  readonly events: HandlerEvents;
  readonly signal: AbortSignal;
  /** Who looks into it with a debugger: then it has a process to itself. */
  readonly inspection: HandlerInspection | undefined;
  /** Ends it; only the first time counts. */
  readonly settle: (outcome: HandlerOutcome) => void;
}

/** The outcome of a call that was stopped. */
export const cancelled: HandlerOutcome = { ok: false, error: errorInfo("CANCELLED", "The run was stopped.") };

/** What runs in a call, as it is named in messages. */
export function nameOf({ node, fold }: HandlerCall): string {
  return fold === undefined ? `node ${node}` : `the reducer of channel ${fold.value}`;
}
