import type { Severity } from "../runtime/model/problem.js";
import type { RunStatus } from "../runtime/run/session.js";
import { openQuestions } from "../runtime/run/questions.js";
import type { GraphDocument } from "./editor/graph-document.js";
import type { GraphSession } from "./run/graph-session.js";
import type { GraphSessions } from "./run/graph-sessions.js";

/** An open graph as other extensions and tests see it. */
export interface GraphInfo {
  readonly uri: string;
  /** Version of the text document that was last understood. */
  readonly version: number;
  /** Revision of the plan in force. */
  readonly revision?: string;
  /** Whether the document says something else than the plan in force. */
  readonly stale: boolean;
  readonly problems: readonly { readonly severity: Severity; readonly code: string; readonly message: string }[];
  readonly lastCompile?: {
    readonly class: string;
    readonly micros: number;
    readonly recomputed: number;
    readonly reasons: readonly string[];
  };
  /** The run shown. */
  readonly run?: {
    readonly id: string;
    readonly status: RunStatus;
    readonly superstep: number;
    /** Ids of the nodes that are due. */
    readonly due: readonly string[];
    readonly questions: readonly { readonly key: string; readonly prompt: string }[];
    /** Checkpoint that it stands at. */
    readonly head: string;
    readonly restoredFrom?: number;
    /** Why it cannot go on under the plan in force. */
    readonly blocked?: string;
  };
}

/** What `activate` returns. */
export interface PatchbayApi {
  /** Every graph that is open, in no particular order. */
  graphs(): readonly GraphInfo[];
}

/** Describes the open graphs. */
export function apiOf(sessions: GraphSessions): PatchbayApi {
  return {
    graphs: () =>
      sessions.all.flatMap((session) => {
        const document = sessions.documentOf(session);
        return document === undefined ? [] : [describe(document, session)];
      }),
  };
}

function describe({ key, version, problems }: GraphDocument, { compiler, run }: GraphSession): GraphInfo {
  const [last] = compiler.history;
  const revision = compiler.current?.plan.revision;
  return {
    uri: key,
    version,
    stale: compiler.stale,
    problems: problems.map(({ severity, code, message }) => ({ severity, code, message })),
    ...(revision === undefined ? {} : { revision }),
    ...(last === undefined
      ? {}
      : { lastCompile: { class: last.class, micros: last.micros, recomputed: last.recomputed, reasons: last.reasons } }),
    ...(run === undefined ? {} : { run: describeRun(run) }),
  };
}

function describeRun({
  id,
  status,
  frontier,
  head,
  restoredFrom,
  blocked,
}: NonNullable<GraphSession["run"]>): NonNullable<GraphInfo["run"]> {
  return {
    id,
    status,
    superstep: frontier.superstep,
    due: frontier.due.map(({ node }) => node),
    questions: openQuestions(frontier).map(({ key, prompt }) => ({ key, prompt })),
    head,
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
    ...(blocked === undefined ? {} : { blocked: blocked.message }),
  };
}
