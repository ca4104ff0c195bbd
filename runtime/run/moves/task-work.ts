// What the tasks of the open superstep have done so far.
//
// 1. A finished superstep has been saved when the next one opens, unless the policy leaves it out. Then results in the next one are
//    kept in memory: there is no checkpoint that they could belong to.
import type { Frontier, KeptItem, StoredItems, StoredQuestion, StoredResult, StoredTask } from "../../checkpoint/checkpoint.js";
import type { TraceSink } from "../../trace/lane.js";
import { isSameQuestion, outdated, withoutQuestions } from "../inner-questions.js";
import { withNested, withNestedOnly, withoutFinished } from "../nested-entries.js";
import type { Position } from "../position.js";
import { misfits, withAsked } from "../questions.js";

/** The work on the open superstep of a run. */
export class TaskWork {
  readonly #at: Position;

  constructor(position: Position) {
    this.#at = position;
  }

  /** Keeps one task's result at once: it must outlive a failure of its siblings. */
  keepResult(result: StoredResult): void {
    this.#at.kept.push(result);
    if (this.#at.ledger.behind === 0) this.#at.ledger.saveResult(result, this.#at.plan); // invariant 1
    this.#at.items.drop(result.task);
    this.#at.saveWork(result);
  }

  /** A task is to run graphs for the items of a list. Runs for another list are left behind, for good: a checkpoint says so. */
  openItems(task: string, of: string): void {
    const before = this.#at.items.list(task);
    if (before === of) return;
    this.keepItems({ task, of, items: [] });
    const { frontier } = this.#at;
    const others = withNestedOnly(frontier, (entry) => entry.task !== task);
    // Where no list is known, somebody went back to a run inside: that is to go on.
    if (before === undefined || others === frontier) return;
    this.#at.frontier = others;
    this.#at.set(withoutQuestions(others, outdated(others, new Set([task]), [])));
    this.#at.save("paused");
  }

  /** The items of a task that are finished, those that are recorded of it included; `of` tells their list from another. */
  keptItems(task: string, of: string): ReadonlyMap<number, KeptItem> {
    const { items, ahead, plan, snapshot, frontier } = this.#at;
    const due = items.list(task) === undefined ? frontier.due.find(({ id }) => id === task) : undefined;
    const recorded = due === undefined ? [] : ahead.items(due, of, plan, snapshot);
    if (recorded.length > 0) this.keepItems({ task, of, items: recorded });
    return this.#at.items.of(task, of);
  }

  /** Keeps finished items of a task at once, as `keepResult` does. */
  keepItems(kept: StoredItems): void {
    const task = this.#at.items.add(kept);
    if (this.#at.ledger.behind === 0) this.#at.ledger.saveResult({ task, kept }, this.#at.plan); // invariant 1
    this.#dropFinished(kept);
    const node = this.#at.frontier.due.find(({ id }) => id === kept.task)?.node;
    if (node !== undefined && kept.items.length > 0) this.#at.saveWork({ task: kept.task, node, writes: {}, ms: 0 });
  }

  /** The runs for items that are finished are gone. */
  #dropFinished(kept: StoredItems): void {
    const { frontier } = this.#at;
    if (frontier.nested === undefined) return;
    const finished = new Set(kept.items.map(({ index }) => String(index)));
    this.#at.frontier = withNestedOnly(frontier, ({ task, slot }) => task !== kept.task || slot === undefined || !finished.has(slot));
  }

  /** All items of a task are to be run again. */
  forgetItems(task: string): void {
    this.#at.items.drop(task);
  }

  /** Takes results and questions into the open superstep. A decision that came early and does not fit is dropped, with a warning. */
  take(results: readonly StoredResult[], asked: readonly StoredQuestion[]): void {
    if (asked.length > 0) this.#dropOutdated(asked);
    const { frontier } = this.#at;
    const superstep = frontier.superstep + 1;
    this.#at.kept = [];
    for (const { task } of results) this.#at.items.drop(task);
    const all = frontier.results.length === 0 ? results : [...frontier.results, ...results];
    this.#at.set({ results: all, questions: withAsked(frontier.questions, asked) });
    if (this.#at.frontier.nested !== undefined) this.#at.frontier = withoutFinished(this.#at.frontier);
    if (asked.length === 0) return;
    for (const question of asked) {
      const { node, key, prompt, actions, inner } = question;
      if (inner !== undefined && frontier.questions.some((known) => isSameQuestion(known, question))) continue;
      this.#at.trace.record({ type: "question", superstep, node, key, prompt, actions });
    }
    this.#dropMisfits(asked, frontier);
  }

  #dropMisfits(asked: readonly StoredQuestion[], before: Frontier): void {
    for (const { key, reason } of misfits(asked, before)) {
      const { [key]: _dropped, ...decisions } = this.#at.frontier.decisions;
      this.#at.set({ decisions });
      const { node = "" } = asked.find((question) => question.key === key) ?? {};
      const superstep = before.superstep + 1;
      this.#at.trace.record({ type: "log", superstep, node, level: "warn", message: `An early decision is not used. ${reason}` });
    }
  }

  /** A run has begun inside a task of the open superstep. */
  beginNested(task: StoredTask, graph: string, run: string, checkpoint: string, slot: string | undefined, trace: TraceSink): void {
    const named = slot === undefined ? {} : { slot };
    this.#at.frontier = withNested(this.#at.frontier, { task: task.id, ...named, run, checkpoint });
    const superstep = this.#at.frontier.superstep + 1;
    trace.record({ type: "nested-run", superstep, node: task.node, task: task.id, run, graph, ...named });
  }

  /** What tasks ask now takes the place of what they passed on before. */
  #dropOutdated(asked: readonly StoredQuestion[]): void {
    const { frontier } = this.#at;
    const keys = outdated(frontier, new Set(asked.map(({ task }) => task)), asked);
    if (keys.size > 0) this.#at.set(withoutQuestions(frontier, keys));
  }
}
