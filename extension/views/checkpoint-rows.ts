import type { Certificate } from "../../runtime/certify/certificate.js";
import type { CheckpointSummary, StoredQuestion } from "../../runtime/checkpoint/checkpoint.js";
import type { StoredRun } from "../../runtime/checkpoint/store.js";
import type { Selection } from "../bridge/bridge.js";
import { isUnsafe } from "../run/certificate-summary.js";
import type { AskedRun, RunCertificates } from "../run/certificates.js";
import type { GraphSession } from "../run/graph-session.js";

/** A run of the graph. */
export interface RunRow {
  readonly kind: "run";
  readonly session: GraphSession;
  readonly run: StoredRun;
  /** Whether it is the run shown on the canvas. */
  readonly current: boolean;
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
}

/** There are more checkpoints than are shown. */
interface MoreRow {
  readonly kind: "more";
  readonly run: string;
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

/** What menus of package.json depend on: `checkpoint`, `.head` where the run stands, and the verdict where something has changed. */
export function contextOf({ head, certificate }: Pick<CheckpointRow, "head" | "certificate">): string {
  const verdict = certificate === undefined || certificate.verdict === "unaffected" ? "" : `.${certificate.verdict}`;
  return `checkpoint${head ? ".head" : ""}${verdict}`;
}

/** The codicon of a checkpoint that cannot go on as it is, and its colour in the theme. */
export function warningOf(certificate: Certificate | undefined): { readonly icon: string; readonly color: string } | undefined {
  if (certificate === undefined || !isUnsafe(certificate)) return undefined;
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
