import type { NodeId } from "../model/ids.js";

/**
 * Who gave a channel a value.
 * `task`: a task of the run. `input`: who started the run, or gave it input later. `written-as`: a person, as if a node had. `edit`: a
 * person, who gave channels other values. `migration`: one that made values for other channels. `graph`: another graph, which has another
 * value there, or takes it otherwise. `end`: nobody; what was for one superstep was over. `outer`: the run around this one, when it began.
 * `start`: who started the run, beside its input. `default`: the graph. `deleted`: somebody of whom nothing is left in the store.
 */
export type WriterKind =
  | "task"
  | "input"
  | "written-as"
  | "edit"
  | "migration"
  | "graph"
  | "end"
  | "outer"
  | "start"
  | "default"
  | "deleted";

/** Who gave a channel, or a place in one, the value that it has. */
export interface Writer {
  readonly kind: WriterKind;
  /** The superstep that it belongs to; 0 before the first. Of what was deleted: the last that it can have been. */
  readonly superstep: number;
  readonly node?: NodeId;
  readonly task?: string;
  /** The first checkpoint that has it; absent where that was deleted. */
  readonly checkpoint?: string;
  /** Milliseconds since the epoch; absent where nothing is left that says so. */
  readonly at?: number;
  /** Of the graph at that time; absent as `at` is. */
  readonly revision?: string;
  /** The person: who gave it, edited, wrote, or let the run go over to another graph. */
  readonly actor?: string;
  /** What people decided in the task. */
  readonly decisions?: readonly WriterDecision[];
  /** The runs inside the task: what was written there is found by their ids. */
  readonly inside?: readonly InsideRun[];
  /** The modules of a migration, in their order. */
  readonly modules?: readonly string[];
  /** The task did not run: the result counts that this checkpoint of another branch has. */
  readonly replayed?: string;
}

/** A decision that a task was given. */
export interface WriterDecision {
  readonly key: string;
  readonly action: string;
  readonly actor: string;
}

/** A run inside a task. */
export interface InsideRun {
  readonly run: string;
  readonly graph: string;
  /** Tells the runs inside one task apart; absent where there is one. */
  readonly slot?: string;
}
