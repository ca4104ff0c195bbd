// Works on the items of one list: a bounded number at a time, begun in their order.
//
// 1. An item is begun only while it matters (`ItemsInOrder.end`), nobody stops the task, and the run is not to pause. What no
//    longer matters is stopped.
// 2. All calls have ended when this ends.
// 3. What is finished is kept within a turn of the event loop, many items at once where many finish in one. The turn ends at the
//    latest after some milliseconds: neither are items lost, nor is the event loop held, where items finish without a pause.
import type { KeptItem } from "../../checkpoint/checkpoint.js";
import { toErrorInfo } from "../../errors.js";
import type { Awaitable } from "../../model/awaitable.js";
import type { JsonValue } from "../../model/json.js";
import type { QuestionDraft, TaskContext } from "../../plan/behaviour.js";
import type { ItemLimits, ItemOutcome, ItemServices } from "../../plan/items.js";
import type { HandlerAnswer } from "../../ports.js";
import type { ItemRunner, Unit } from "./call-item.js";
import type { ItemsInOrder } from "./items-in-order.js";

/** Milliseconds of work without a turn of the event loop. */
const TURN = 10;
/** Milliseconds between two reports of how far the list is. */
const REPORT = 100;

/** How a list is worked on. */
export interface ListWork {
  readonly total: number;
  /** Tells this list from others, for what is kept of it. */
  readonly of: string;
  readonly units: Iterator<Unit>;
  readonly isChunked: boolean;
  readonly concurrency: number;
  readonly limits: ItemLimits;
  /** Items that were finished before, and how many of them had failed. */
  readonly before: { readonly done: number; readonly failed: number };
  /** Whether an item that failed is finished: its error is its result. */
  readonly keepsErrors: boolean;
}

/** Where working on a list ended: what was asked, in the order of the items. */
export interface ListEnd {
  readonly questions: readonly QuestionDraft[];
  /** It left off as the run is to pause. */
  readonly held: boolean;
}

/** Works on the list until `order` has its verdict, or nothing more can be done. */
export async function runItems(
  task: TaskContext,
  services: ItemServices,
  work: ListWork,
  order: ItemsInOrder,
  run: ItemRunner,
): Promise<ListEnd> {
  const list = new ListRun(task, services, work, order, run);
  return list.end();
}

class ListRun {
  readonly #task: TaskContext;
  readonly #work: ListWork;
  readonly #order: ItemsInOrder;
  readonly #run: ItemRunner;
  readonly #services: ItemServices;
  readonly #answers: ReadonlyMap<number, Readonly<Record<string, HandlerAnswer>>>;
  /** First index -> what stops the call. */
  readonly #atWork = new Map<number, AbortController>();
  readonly #asked: { readonly index: number; readonly questions: readonly QuestionDraft[] }[] = [];
  #finished: KeptItem[] = [];
  #cancelSave: (() => void) | undefined;
  #pause: Promise<void> | undefined;
  #turnSince: number;
  #reportedAt: number;
  #done: number;
  #failed: number;
  #held = false;

  constructor(task: TaskContext, services: ItemServices, work: ListWork, order: ItemsInOrder, run: ItemRunner) {
    this.#task = task;
    this.#work = work;
    this.#order = order;
    this.#run = run;
    this.#services = services;
    this.#answers = answersByItem(task.answers);
    this.#done = work.before.done;
    this.#failed = work.before.failed;
    this.#turnSince = this.#services.clock.monotonic();
    this.#reportedAt = this.#turnSince;
  }

  async end(): Promise<ListEnd> {
    const { signal } = this.#task;
    const stop = (): void => this.#stopFrom(0);
    signal.addEventListener("abort", stop);
    this.#report();
    try {
      await Promise.all(Array.from({ length: this.#work.concurrency }, () => this.#line())); // invariant 2
    } finally {
      signal.removeEventListener("abort", stop);
      this.#cancelSave?.();
    }
    // A list that is through is stored as a whole; of another the finished items are.
    if (this.#order.verdict?.ok !== true) this.#save();
    this.#report();
    const asked = this.#asked.filter(({ index }) => index < this.#order.end);
    const questions = asked.toSorted((a, b) => a.index - b.index).flatMap((each) => each.questions);
    return { questions, held: this.#held };
  }

  /** Takes one unit after the other. */
  async #line(): Promise<void> {
    for (let unit = this.#next(); unit !== undefined; unit = this.#next()) {
      const working = this.#perform(unit);
      if (working !== undefined) await working;
      if (this.#services.clock.monotonic() - this.#turnSince >= TURN) await this.#takeTurn();
    }
  }

  #next(): Unit | undefined {
    if (this.#task.signal.aborted) return undefined;
    const { value: unit, done } = this.#work.units.next();
    if (done === true || (unit.indexes[0] ?? 0) >= this.#order.end) return undefined; // invariant 1
    if (this.#services.pausing()) this.#held = true;
    return this.#held ? undefined : unit;
  }

  /** At once where the call is. */
  #perform(unit: Unit): Promise<void> | undefined {
    const first = unit.indexes[0] ?? 0;
    const abort = new AbortController();
    this.#atWork.set(first, abort);
    const trying = this.#try(unit, first, abort.signal);
    if (trying instanceof Promise) return trying.catch(failedBy).then((tried) => this.#ended(unit, first, abort, tried));
    this.#ended(unit, first, abort, trying);
    return undefined;
  }

  #ended(unit: Unit, first: number, abort: AbortController, { outcome, attempts }: Tried): void {
    this.#atWork.delete(first);
    // What was stopped has no result, whatever it still brings.
    if (abort.signal.aborted) return;
    if (outcome.type === "parked") this.#held = true;
    else if (outcome.type === "asked") this.#asked.push({ index: first, questions: outcome.questions.map((each) => keyed(each, first)) });
    else this.#take(unit, outcome, attempts);
  }

  #try(unit: Unit, first: number, signal: AbortSignal): Awaitable<Tried> {
    const answers = this.#answers.get(first) ?? noAnswers;
    const { limits } = this.#work;
    if (limits !== once) return this.#services.attempt(limits, first, (attempt) => this.#run(unit, attempt, answers), signal);
    try {
      const outcome = this.#run(unit, { attempt: 1, last: true, signal, alive: idle }, answers);
      return outcome instanceof Promise ? outcome.then((each) => ({ outcome: each, attempts: 1 })) : { outcome, attempts: 1 };
    } catch (thrown) {
      return failedBy(thrown);
    }
  }

  #take({ indexes }: Unit, outcome: Exclude<ItemOutcome, { type: "asked" | "parked" }>, attempts: number): void {
    const tried = attempts === 1 ? {} : { attempts };
    for (const [place, index] of indexes.entries()) {
      const item = {
        index,
        ...tried,
        ...(outcome.type === "failed" ? { error: outcome.error } : { value: this.#valueAt(place, outcome.value) }),
      };
      this.#done += 1;
      if (outcome.type === "failed") this.#failed += 1;
      if (outcome.type === "done" || this.#work.keepsErrors) this.#finished.push(item);
      this.#order.finish(item);
    }
    if (this.#finished.length > 0) this.#cancelSave ??= this.#services.clock.after(0, () => this.#save());
    this.#stopFrom(this.#order.end); // invariant 1
    if (this.#services.clock.monotonic() - this.#reportedAt >= REPORT) this.#report();
  }

  #valueAt(place: number, value: JsonValue): JsonValue {
    return this.#work.isChunked ? ((value as readonly JsonValue[])[place] ?? null) : value;
  }

  #stopFrom(index: number): void {
    if (index >= this.#work.total) return;
    for (const [first, abort] of this.#atWork) if (first >= index) abort.abort();
  }

  /** Invariant 3; all lines wait for the same turn. */
  #takeTurn(): Promise<void> {
    this.#pause ??= this.#rest();
    return this.#pause;
  }

  async #rest(): Promise<void> {
    await this.#services.clock.rest();
    this.#pause = undefined;
    this.#turnSince = this.#services.clock.monotonic();
  }

  #save(): void {
    this.#cancelSave?.();
    this.#cancelSave = undefined;
    const items = this.#finished;
    this.#finished = [];
    if (items.length > 0) this.#services.keep(this.#work.of, items);
  }

  #report(): void {
    this.#reportedAt = this.#services.clock.monotonic();
    this.#services.progress({ done: this.#done, failed: this.#failed, total: this.#work.total });
  }
}

/** Work that is tried once, for as long as it takes. */
export const once: ItemLimits = {};

interface Tried {
  readonly outcome: ItemOutcome;
  readonly attempts: number;
}

function failedBy(thrown: unknown): Tried {
  return { outcome: { type: "failed", error: toErrorInfo(thrown, "HANDLER_FAILED") }, attempts: 1 };
}

const noAnswers: Readonly<Record<string, HandlerAnswer>> = {};
const idle = (): void => {};

/** What a run inside passes on has its item's number already. */
function keyed(draft: QuestionDraft, index: number): QuestionDraft {
  return draft.inner !== undefined ? draft : { ...draft, key: `${index}/${draft.key ?? ""}` };
}

/** The answers to a task's questions, `INDEX/KEY`, by item. */
function answersByItem(answers: TaskContext["answers"]): ReadonlyMap<number, Readonly<Record<string, HandlerAnswer>>> {
  const byItem = new Map<number, Record<string, HandlerAnswer>>();
  for (const [key, answer] of Object.entries(answers)) {
    const slash = key.indexOf("/");
    const index = Number(key.slice(0, slash));
    byItem.set(index, { ...byItem.get(index), [key.slice(slash + 1)]: answer });
  }
  return byItem;
}
