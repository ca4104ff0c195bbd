import type { Finding } from "../certify/finding.js";
import type { ReplayTerms } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { ItemCounts } from "../plan/items.js";

/** What every trace event carries. */
interface TraceBase {
  /** Position in the run's trace, from 1, without gaps. What tasks of one superstep tell stands in task order, so `at` may go back. */
  readonly seq: number;
  /** Number of the superstep it belongs to, from 1; 0 before the first. */
  readonly superstep: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Why a recompile happened and what it cost; also in the compile history. */
export interface RecompileFacts {
  readonly class: "none" | "soft" | "hard";
  /** One line for each change, made from the structural diff. */
  readonly reasons: readonly string[];
  /** How many node programs were made anew. */
  readonly recomputed: number;
  /** Microseconds from the diff to the plan in force. */
  readonly micros: number;
  /** Revision of the plan in force after it. */
  readonly revision: string;
}

/** One event of a run, in order. */
export type TraceEvent = TraceBase &
  (
    | {
        readonly type: "run-started";
        readonly input: JsonObject;
        readonly revision: string;
        /** What its channels started with, of a run inside a task. */
        readonly values?: JsonObject;
      }
    | { readonly type: "superstep-started"; readonly due: readonly string[] }
    | {
        readonly type: "task-started";
        readonly node: string;
        readonly task: string;
        /** Why it runs although a result of it is recorded. */
        readonly anew?: string;
      }
    | {
        readonly type: "task-finished";
        readonly node: string;
        readonly task: string;
        readonly ms: number;
        readonly action?: string;
        /** What became of the items of its list. */
        readonly items?: ItemCounts;
      }
    | {
        readonly type: "task-failed";
        readonly node: string;
        readonly task: string;
        readonly ms: number;
        readonly error: ErrorInfo;
        readonly caught?: true;
      }
    /** An attempt failed, and the next begins after `delayMs`. */
    | {
        readonly type: "task-retried";
        readonly node: string;
        readonly task: string;
        /** The one that failed, from 1. */
        readonly attempt: number;
        readonly error: ErrorInfo;
        readonly delayMs: number;
      }
    /** A handler says how far it is. */
    | {
        readonly type: "task-progress";
        readonly node: string;
        readonly task: string;
        /** 0 to 1. */
        readonly fraction: number;
        readonly message?: string;
      }
    /** The node failed for good, and its fallback takes its place. */
    | { readonly type: "task-fallback"; readonly node: string; readonly task: string; readonly error: ErrorInfo }
    /** An earlier result is used again: the node is not run. */
    | { readonly type: "task-cached"; readonly node: string; readonly task: string }
    /** The result that a checkpoint of another branch has counts again: the task is not run. */
    | {
        readonly type: "task-replayed";
        readonly node: string;
        readonly task: string;
        readonly checkpoint: string;
        readonly action?: string;
        /** It had failed, and failed again by that. */
        readonly error?: ErrorInfo;
      }
    /** The node is disabled, and not run. */
    | { readonly type: "task-bypassed"; readonly node: string; readonly task: string }
    /** A run inside the task begins, with a trace of its own. */
    | {
        readonly type: "nested-run";
        readonly node: string;
        readonly task: string;
        readonly run: string;
        readonly graph: string;
        readonly slot?: string;
      }
    | { readonly type: "write"; readonly node: string; readonly writes: JsonObject; readonly cleared?: readonly string[] }
    | {
        readonly type: "route-taken";
        readonly node: string;
        /** Absent where no edge was taken: `goto`, an override, `send`. */
        readonly edge?: string;
        readonly to: string;
        readonly why: string;
        readonly forced?: true;
      }
    /** A person forced the edge (`forced`), or took that back. */
    | {
        readonly type: "route-forced";
        readonly node: string;
        readonly edge: string;
        /** Absent where it is taken back. */
        readonly to?: string;
        readonly forced: boolean;
        readonly actor: string;
      }
    /** A person sent a node elsewhere for the rest of the run; `to` is empty where that ends. */
    | { readonly type: "route-overridden"; readonly node: string; readonly to: readonly string[]; readonly actor: string }
    /** A person moved a task that was due to another node. */
    | { readonly type: "moved"; readonly node: string; readonly task: string; readonly to: string; readonly actor: string }
    /** A person had a task that was due begin anew. */
    | { readonly type: "restarted"; readonly node: string; readonly task: string; readonly actor: string }
    /** A person gave new input, or wrote as a node. */
    | { readonly type: "input"; readonly input: JsonObject; readonly actor: string }
    | {
        readonly type: "edited";
        readonly node: string;
        readonly writes: JsonObject;
        readonly action?: string;
        /** Where it went in place of its edges' targets. */
        readonly goto?: readonly string[];
        readonly actor: string;
      }
    /** A person gave channels other values, where the run stands; those in `cleared` went back to their defaults. */
    | { readonly type: "state-edited"; readonly values: JsonObject; readonly cleared?: readonly string[]; readonly actor: string }
    | {
        readonly type: "question";
        readonly node: string;
        readonly key: string;
        readonly prompt: string;
        readonly actions: readonly string[];
      }
    | {
        readonly type: "decision";
        readonly node: string;
        readonly key: string;
        readonly action: string;
        readonly value?: JsonValue;
        readonly target?: string;
        readonly actor: string;
        readonly revision: string;
      }
    | { readonly type: "superstep-finished"; readonly due: readonly string[]; readonly ms: number }
    | {
        readonly type: "checkpoint";
        readonly checkpoint: string;
        readonly trigger: string;
        readonly bytes: number;
        /** The figures that it was decided by, of the adaptive policy. */
        readonly reason?: string;
      }
    | ({ readonly type: "recompile" } & RecompileFacts)
    /** The run went on under another plan than it was on, and not all of what it may meet is as it was. With `actor`: a person let it, though something was lost. */
    | {
        readonly type: "carried-over";
        /** Revisions. */
        readonly from: string;
        readonly to: string;
        readonly verdict: "mapped" | "migrate" | "lost";
        readonly findings: readonly Finding[];
        readonly actor?: string;
      }
    /** Migrations made the values of the channels of now of those of then; `modules` in their order. */
    | { readonly type: "migrated"; readonly from: string; readonly to: string; readonly modules: readonly string[] }
    | {
        readonly type: "restored";
        readonly checkpoint: string;
        /** Which recorded results are to count from there on, where somebody said so. */
        readonly replay?: ReplayTerms;
      }
    | { readonly type: "log"; readonly node: string; readonly level: "debug" | "info" | "warn" | "error"; readonly message: string }
    /** What a task emitted: in the trace, texts that followed one another are one. */
    | { readonly type: "token"; readonly node: string; readonly task: string; readonly value: JsonValue }
    | { readonly type: "run-paused"; readonly reason: "asked" | "breakpoint" | "step" | "user" }
    | { readonly type: "run-finished"; readonly status: "completed" | "failed" | "cancelled"; readonly error?: ErrorInfo }
  );

/** An event as it happens, before it has its place in the trace. */
export type LiveEvent = TraceEvent extends infer Event ? (Event extends TraceBase ? Omit<Event, "seq"> : never) : never;

/** An event before the recorder numbers and times it. */
export type TraceDraft = TraceEvent extends infer Event ? (Event extends TraceBase ? Omit<Event, "seq" | "at"> : never) : never;
