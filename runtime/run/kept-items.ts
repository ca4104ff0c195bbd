// The finished items of the open superstep's tasks, which are not run again.
//
// 1. A checkpoint adds what was finished since its parent, so that each item is written once, and once more in each base.
// 2. Items of another list are no items of this one: a task that is given another list forgets them.
import type { KeptItem, StoredItems } from "../checkpoint/checkpoint.js";

/** By task: the list, and its items by index. */
interface Held {
  readonly of: string;
  readonly items: Map<number, KeptItem>;
}

const none: ReadonlyMap<number, KeptItem> = new Map();

/** What is kept of lists that are being worked on. */
export class KeptItems {
  readonly #tasks = new Map<string, Held>();
  #unsaved: StoredItems[] = [];
  #batches = 0;

  /** `saved`: what a checkpoint has, oldest first; `pending`: what was kept since. */
  constructor(saved: readonly StoredItems[] = [], pending: readonly StoredItems[] = []) {
    for (const stored of [...saved, ...pending]) this.#hold(stored);
    this.#unsaved = [...pending];
    this.#batches = pending.length;
  }

  /** The items of a task's list; none where it works on another one now. */
  of(task: string, of: string): ReadonlyMap<number, KeptItem> {
    const held = this.#tasks.get(task);
    return held?.of === of ? held.items : none; // invariant 2
  }

  /** What tells the list of a task from others, where anything is known of it. */
  list(task: string): string | undefined {
    return this.#tasks.get(task)?.of;
  }

  /** Whether an item of a task is finished, whatever list it is of. */
  has(task: string, index: number): boolean {
    return this.#tasks.get(task)?.items.has(index) === true;
  }

  /** Takes finished items; gives the name to store them under until the next checkpoint. */
  add(stored: StoredItems): string {
    this.#hold(stored);
    this.#unsaved.push(stored);
    this.#batches += 1;
    return `${stored.task}@${this.#batches}`;
  }

  /** A task has ended, or is to do all of its items anew: checkpoints from now on say that nothing is kept of it. */
  drop(task: string): void {
    if (!this.#tasks.has(task)) return;
    const nothing = { task, of: "", items: [] };
    this.#hold(nothing);
    this.#unsaved = [...this.#unsaved.filter((stored) => stored.task !== task), nothing];
  }

  /** One item of a task is to be done anew. */
  dropItem(task: string, index: number): void {
    const held = this.#tasks.get(task);
    if (held?.items.has(index) !== true) return;
    const others = { task, of: held.of, items: [...held.items.values()].filter((item) => item.index !== index) };
    this.drop(task);
    this.#hold(others);
    this.#unsaved.push(others);
  }

  /** The superstep is over. */
  clear(): void {
    if (this.#tasks.size === 0) return;
    this.#tasks.clear();
    this.#unsaved = [];
    this.#batches = 0;
  }

  /** What the next checkpoint is to hold (invariant 1); undefined: nothing. Counts as saved from then on. */
  forCheckpoint(isBase: boolean): readonly StoredItems[] | undefined {
    if (this.#tasks.size === 0) return undefined;
    const items = isBase ? this.#whole() : this.#unsaved;
    this.#unsaved = [];
    this.#batches = 0;
    return items.length === 0 ? undefined : items;
  }

  #whole(): StoredItems[] {
    return [...this.#tasks].map(([task, { of, items }]) => ({ task, of, items: [...items.values()] }));
  }

  #hold({ task, of, items }: StoredItems): void {
    let held = this.#tasks.get(task);
    if (held?.of !== of) this.#tasks.set(task, (held = { of, items: new Map() }));
    for (const item of items) held.items.set(item.index, item);
  }
}
