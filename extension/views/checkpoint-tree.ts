// What stands under what in the checkpoints view.
//
// 1. No row costs what a run is long: lists are read in pages, and what led to where a run stands is told from the page alone.
import type { CheckpointSummary } from "../../runtime/checkpoint/checkpoint.js";
import type { StoredRun } from "../../runtime/checkpoint/store.js";
import { openQuestions } from "../../runtime/run/questions.js";
import { migratable } from "../run/migration-files.js";
import type { AskedRun } from "../run/certificates.js";
import type { GraphSession } from "../run/graph-session.js";
import {
  lineOf,
  markCheckpoints,
  type CheckpointRow,
  type CheckpointsRow,
  type MoreRow,
  type QuestionRow,
  type RunRow,
} from "./checkpoint-rows.js";

const RUNS = 50;
/** Rows that are shown of a list before more are asked for. */
const PAGE = 200;
/** So far down a list a checkpoint is looked for. */
const FURTHEST = 2000;
/** Runs of a list whose checkpoints are looked at while they are folded: the first. */
const GLANCED = 10;

/** The rows of the checkpoints view, for one graph at a time. */
export class CheckpointTree {
  /** Rows shown of each list, where more than a page were asked for. */
  readonly #shown = new Map<string, number>();

  /** The runs of a graph, newest first. */
  roots(session: GraphSession): readonly RunRow[] {
    const sizes = session.archive.sizes();
    return session.archive.runs(RUNS).map((run, index) => {
      const asked = standing(session, run);
      const certificates = index < GLANCED ? session.certificates.of(asked) : session.certificates.known(run.id);
      const current = run.id === session.run?.id;
      return { kind: "run", session, run, current, inside: false, certificates, bytes: sizes.get(run.id) };
    });
  }

  /** What a row holds. */
  children(row: CheckpointsRow): readonly CheckpointsRow[] {
    if (row.kind === "run") return [...questions(row), ...this.#checkpoints(row)];
    if (row.kind === "checkpoint") return this.#inside(row);
    return [];
  }

  /** What a row stands under. */
  parent(row: CheckpointsRow): CheckpointsRow | undefined {
    if (row.kind !== "checkpoint" || row.inside) return undefined;
    return this.roots(row.session).find(({ run }) => run.id === row.run.id);
  }

  /** The row of a checkpoint of a run that is inside no other, as far down as is looked; so much of the list is shown from then on. */
  find(session: GraphSession, run: string, checkpoint: string): CheckpointRow | undefined {
    const root = this.roots(session).find((each) => each.run.id === run);
    if (root === undefined) return undefined;
    const place = session.archive.checkpoints(run, FURTHEST).findIndex(({ id }) => id === checkpoint);
    if (place < 0) return undefined;
    while (this.#limit(run) <= place) this.more(run);
    return this.#checkpoints(root).find((row): row is CheckpointRow => row.kind === "checkpoint" && row.summary.id === checkpoint);
  }

  /** Another page of a list is to be shown. */
  more(list: string): void {
    this.#shown.set(list, this.#limit(list) + PAGE);
  }

  #limit(list: string): number {
    return this.#shown.get(list) ?? PAGE;
  }

  #checkpoints({ session, run, current, inside }: RunRow): readonly CheckpointsRow[] {
    const limit = this.#limit(run.id);
    const stands = standing(session, run);
    const summaries = session.archive.checkpoints(run.id, limit + 1);
    const certificates = session.certificates.of(stands, current)?.all;
    const nested = groupBySince(session.archive.nested(run.id));
    const migrates = onceFor((revision: string) => migratable(session, revision));
    const page = summaries.slice(0, limit);
    const rows = markCheckpoints(page, stands.head, lineOf(summaries, stands.head)).map((mark): CheckpointRow => {
      const { summary } = mark;
      const certificate = certificates?.get(summary.id);
      return {
        ...mark,
        kind: "checkpoint",
        session,
        run: stands,
        inside,
        nested: nested.get(summary.id) ?? [],
        certificate,
        migratable: !inside && certificate?.verdict === "migrate" && migrates(summary.revision),
        changed: !inside && summary.revision !== session.compiler.current?.plan.revision,
        selection: { nodes: [...summary.due], edges: [] },
      };
    });
    return summaries.length > limit ? [...rows, more(run.id)] : rows;
  }

  /** The runs inside the tasks that were due at a checkpoint. */
  #inside({ session, nested, summary }: CheckpointRow): readonly CheckpointsRow[] {
    const limit = this.#limit(summary.id);
    const rows = nested.slice(0, limit).map((run, index): RunRow => {
      const certificates = index < GLANCED ? session.certificates.of(standing(session, run)) : session.certificates.known(run.id);
      return { kind: "run", session, run, current: false, inside: true, certificates, bytes: undefined };
    });
    return nested.length > limit ? [...rows, more(summary.id)] : rows;
  }
}

function questions({ session, current }: RunRow): readonly QuestionRow[] {
  const open = current && session.run !== undefined ? openQuestions(session.run.frontier) : [];
  return open.map((question) => ({ kind: "question", session, question, selection: { nodes: [question.node], edges: [] } }));
}

function more(list: string): MoreRow {
  return { kind: "more", list };
}

/** A run, and where it stands: the one shown may have moved since it was listed. */
function standing({ run: shown }: GraphSession, run: StoredRun): AskedRun {
  return { id: run.id, head: (shown?.id === run.id ? shown.head : undefined) ?? run.head };
}

/** Runs inside tasks by the checkpoint at which those were due. */
function groupBySince(runs: readonly StoredRun[]): ReadonlyMap<CheckpointSummary["id"], readonly StoredRun[]> {
  const groups = new Map<string, StoredRun[]>();
  for (const run of runs) {
    const since = run.parent?.since ?? "";
    const group = groups.get(since);
    if (group === undefined) groups.set(since, [run]);
    else group.push(run);
  }
  return groups;
}

function onceFor<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const found = new Map<Key, Value>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined) return known;
    const value = find(key);
    found.set(key, value);
    return value;
  };
}
