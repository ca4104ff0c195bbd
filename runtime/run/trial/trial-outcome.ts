import type { StoredQuestion, StoredResult } from "../../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../../errors.js";
import type { ChannelName, EdgeId, NodeId } from "../../model/ids.js";
import type { JsonObject } from "../../model/json.js";
import type { Send } from "../../ports.js";
import type { LiveEvent } from "../../trace/event.js";
import type { RunSession } from "../session.js";
import type { TakenRoute } from "../taken-route.js";

/** A way on that a node that was run alone would take. */
export interface TrialRoute {
  /** Absent where it is no edge: `goto`, `send`. */
  readonly edge?: EdgeId;
  readonly to: NodeId;
  readonly why: string;
}

/** A line that a node logged. */
export type TrialLog = Pick<Extract<LiveEvent, { type: "log" }>, "node" | "level" | "message">;

/** What a node came to that was run alone. */
export interface TrialOutcome {
  readonly node: NodeId;
  /** `asked`: it waits for a decision. `failed`: also where an `@error` edge would take it on. */
  readonly status: "done" | "asked" | "failed" | "cancelled";
  /** Channel -> what it wrote, before that is folded. */
  readonly writes: JsonObject;
  /** Channels that it wrote `undefined` to. */
  readonly cleared: readonly ChannelName[];
  readonly action?: string;
  readonly sends: readonly Send[];
  /** The ways that the run would go on, of the graph as it is; none where it asks, or fails for good. */
  readonly routes: readonly TrialRoute[];
  readonly questions: readonly StoredQuestion[];
  readonly error?: ErrorInfo;
  /** Milliseconds. */
  readonly ms: number;
  /** How often it was tried. */
  readonly attempts: number;
  readonly log: readonly TrialLog[];
}

/** What happened on the way. */
export interface TrialRecord {
  readonly node: NodeId;
  readonly result: StoredResult | undefined;
  readonly events: readonly LiveEvent[];
  readonly ms: number;
  readonly cancelled: boolean;
}

/** What a trial came to, from where its run stands then. */
export function trialOutcome({ frontier, moment, openQuestions }: RunSession, record: TrialRecord): TrialOutcome {
  const { node, result, events, ms, cancelled } = record;
  const error = frontier.error ?? moment.finished[0]?.error;
  const asks = openQuestions.length > 0;
  return {
    node,
    status: cancelled ? "cancelled" : error !== undefined ? "failed" : asks ? "asked" : "done",
    writes: result?.writes ?? {},
    cleared: result?.cleared ?? [],
    ...(result?.action === undefined ? {} : { action: result.action }),
    sends: result?.send ?? [],
    routes: moment.taken.map(routeOf),
    questions: openQuestions,
    ...(error === undefined ? {} : { error }),
    ms,
    attempts: 1 + events.filter((event) => event.type === "task-retried" && event.node === node).length,
    log: events.flatMap((event) => (event.type === "log" ? [{ node: event.node, level: event.level, message: event.message }] : [])),
  };
}

function routeOf({ via, to, why }: TakenRoute): TrialRoute {
  return via.startsWith("@") ? { to, why } : { edge: via, to, why };
}
