import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import { openQuestions } from "../../runtime/run/questions.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { StoredRun } from "../../runtime/checkpoint/store.js";
import type { AskedRun } from "../run/certificates.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { checkpointsItem } from "./checkpoint-items.js";
import { markCheckpoints, type CheckpointRow, type CheckpointsRow, type QuestionRow, type RunRow } from "./checkpoint-rows.js";
import { LiveTree, type TreeSource } from "./live-tree.js";

const RUNS = 50;
const PAGE = 200;
/** Runs whose checkpoints are looked at while they are folded: the newest. */
const GLANCED = 10;

/** The runs of the active graph with their checkpoints, newest first; one click restores. */
export class CheckpointsView implements TreeSource<CheckpointsRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #held = new DisposableStore();
  readonly #tree: LiveTree<CheckpointsRow>;
  /** Checkpoints shown of each run, where more than a page were asked for. */
  readonly #shown = new Map<string, number>();

  constructor(active: ActiveGraph, sessions: GraphSessions, clock: Clock) {
    this.#active = active;
    this.#tree = this.#held.add(new LiveTree("patchbay.checkpoints", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
    this.#held.add(vscode.commands.registerCommand("patchbay.moreCheckpoints", (run: string) => this.#more(run)));
  }

  children(row: CheckpointsRow | undefined): readonly CheckpointsRow[] {
    const session = this.#active.current;
    if (session === undefined) return [];
    if (row === undefined) return session.archive.runs(RUNS).map((run, index) => this.#run(session, run, index));
    return row.kind === "run" ? [...this.#questions(row), ...this.#checkpoints(row)] : [];
  }

  item(row: CheckpointsRow): vscode.TreeItem {
    return checkpointsItem(row);
  }

  dispose(): void {
    this.#held.dispose();
  }

  #run(session: GraphSession, run: StoredRun, index: number): RunRow {
    const { certificates } = session;
    const asked = standing(session, run);
    const certified = index < GLANCED ? certificates.of(asked) : certificates.known(run.id);
    return { kind: "run", session, run, current: run.id === session.run?.id, certificates: certified };
  }

  #questions({ session, current }: RunRow): readonly QuestionRow[] {
    const questions = current && session.run !== undefined ? openQuestions(session.run.frontier) : [];
    return questions.map((question) => ({ kind: "question", session, question, selection: { nodes: [question.node], edges: [] } }));
  }

  #checkpoints({ session, run, current }: RunRow): readonly CheckpointsRow[] {
    const limit = this.#shown.get(run.id) ?? PAGE;
    const summaries = session.archive.checkpoints(run.id, limit + 1);
    const stands = standing(session, run);
    const { head } = stands;
    const certificates = session.certificates.of(stands, current)?.all;
    const line = head === null ? new Set<string>() : session.archive.lineage(head);
    const rows = markCheckpoints(summaries.slice(0, limit), head, line).map((mark): CheckpointRow => {
      const certificate = certificates?.get(mark.summary.id);
      return { kind: "checkpoint", session, selection: { nodes: [...mark.summary.due], edges: [] }, run: stands, certificate, ...mark };
    });
    return summaries.length > limit ? [...rows, { kind: "more", run: run.id }] : rows;
  }

  #more(run: string): void {
    this.#shown.set(run, (this.#shown.get(run) ?? PAGE) + PAGE);
    this.#tree.refresh();
  }
}

/** A run, and where it stands: the one shown may have moved since it was listed. */
function standing({ run: shown }: GraphSession, run: StoredRun): AskedRun {
  return { id: run.id, head: (shown?.id === run.id ? shown.head : undefined) ?? run.head };
}
