import type { Certificate } from "../../runtime/certify/certificate.js";
import type { CheckpointSummary, StoredQuestion } from "../../runtime/checkpoint/checkpoint.js";
import type { StoredRun } from "../../runtime/checkpoint/store.js";
import type { Selection } from "../bridge/bridge.js";
import { isUnsafe } from "../run/certificate-summary.js";
import type { AskedRun, RunCertificates } from "../run/certificates.js";
import type { GraphSession } from "../run/graph-session.js";

/** A run of the graph, or one inside a task of such a run. */
export interface RunRow {
  readonly kind: "run";
  readonly session: GraphSession;
  readonly run: StoredRun;
  /** Whether it is the run shown on the canvas. */
  readonly current: boolean;
  /** It is inside a task of another run. */
  readonly inside: boolean;
  /** What it takes in the store with the runs inside it, where that is known. */
  readonly bytes: number | undefined;
  /** What its checkpoints are worth under the plan in force, once that is known. */
  readonly certificates: RunCertificates | undefined;
}

/** A question that waits for a decision. */
export interface QuestionRow {
  readonly kind: "question";
  readonly session: GraphSession;
  readonly question: StoredQuestion;
  readonly selection: Selection;
}

/** Where a checkpoint stands among the others of its run. */
export interface CheckpointMark {
  readonly summary: CheckpointSummary;
  /** The run stands here. */
  readonly head: boolean;
  /** It led to where the run stands; the others are of branches that were left. */
  readonly onLine: boolean;
  /** More than one checkpoint follows it. */
  readonly forks: boolean;
}

/** A checkpoint. */
export interface CheckpointRow extends CheckpointMark {
  readonly kind: "checkpoint";
  readonly session: GraphSession;
  readonly selection: Selection;
  /** Its run, and where that stands. */
  readonly run: AskedRun;
  /** What it is worth under the plan in force, once that is known. */
  readonly certificate: Certificate | undefined;
  /** It needs a migration, and there is one: going on applies it. */
  readonly migratable: boolean;
  /** It was made under another revision of the graph than the one in force. */
  readonly changed: boolean;
  /** It is of a run inside a task. */
  readonly inside: boolean;
  /** The runs inside the tasks that were due there. */
  readonly nested: readonly StoredRun[];
}

/** There are more checkpoints than are shown. */
export interface MoreRow {
  readonly kind: "more";
  /** The run, or the checkpoint whose runs inside they are. */
  readonly list: string;
}

/** A row of the checkpoints view. */
export type CheckpointsRow = RunRow | QuestionRow | CheckpointRow | MoreRow;

/** Marks checkpoints, newest first, by where the run stands and what led there. */
export function markCheckpoints(
  summaries: readonly CheckpointSummary[],
  head: string | null,
  line: ReadonlySet<string>,
): readonly CheckpointMark[] {
  const followers = new Map<string, number>();
  for (const { parent } of summaries) if (parent !== null) followers.set(parent, (followers.get(parent) ?? 0) + 1);
  return summaries.map((summary) => ({
    summary,
    head: summary.id === head,
    onLine: line.has(summary.id),
    forks: (followers.get(summary.id) ?? 0) > 1,
  }));
}

/**
 * Those of a page of checkpoints, newest first, that led to where the run stands. What leads to a checkpoint is older than it: where the
 * run stands further back than the page, nothing on the page led there.
 */
export function lineOf(page: readonly CheckpointSummary[], head: string | null): ReadonlySet<string> {
  const parents = new Map(page.map(({ id, parent }) => [id, parent]));
  const line = new Set<string>();
  for (let at = head; at !== null && parents.has(at); at = parents.get(at) ?? null) line.add(at);
  return line;
}

type InContext = Pick<CheckpointRow, "head" | "certificate" | "changed" | "inside">;

/**
 * What menus of package.json depend on: `checkpoint`, `.head` where the run stands, `.inside` for a run inside a task, `.changed` for
 * another revision of the graph, and the verdict where something has changed for it.
 */
export function contextOf({ head, certificate, changed, inside }: InContext): string {
  const verdict = certificate === undefined || certificate.verdict === "unaffected" ? "" : `.${certificate.verdict}`;
  return `checkpoint${head ? ".head" : ""}${inside ? ".inside" : ""}${changed ? ".changed" : ""}${verdict}`;
}

/** The codicon of a checkpoint that cannot go on as it is, and its colour in the theme. */
export function warningOf(
  certificate: Certificate | undefined,
  migratable = false,
): { readonly icon: string; readonly color: string } | undefined {
  if (certificate === undefined || !isUnsafe(certificate) || migratable) return undefined;
  return certificate.verdict === "invalid"
    ? { icon: "error", color: "problemsErrorIcon.foreground" }
    : { icon: "warning", color: "problemsWarningIcon.foreground" };
}

/** Whether what VS Code handed to a command is a run's row. */
export function isRunRow(value: unknown): value is RunRow {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "run";
}

/** Whether what VS Code handed to a command is a checkpoint's row. */
export function isCheckpointRow(value: unknown): value is CheckpointRow {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "checkpoint";
}
