import type { LiveEvent } from "./event.js";

/** What people look for in a run's history. `byHand`: somebody redirected the run, or gave it other values. */
export const markKinds = ["question", "failure", "recompile", "byHand"] as const;
export type MarkKind = (typeof markKinds)[number];

/** So many supersteps are held of a kind; of more, those that are close to one another count as one. */
const MOST = 1024;

const kinds: Readonly<Partial<Record<LiveEvent["type"], MarkKind>>> = {
  question: "question",
  "task-failed": "failure",
  recompile: "recompile",
  "carried-over": "recompile",
  migrated: "recompile",
  "route-forced": "byHand",
  "route-overridden": "byHand",
  moved: "byHand",
  restarted: "byHand",
  edited: "byHand",
  "state-edited": "byHand",
};

/** In which supersteps something happened that people look for. Bounded, whatever the length of the run. */
export class RunMarks {
  readonly #marks = new Map<MarkKind, Marks>();

  add(event: LiveEvent): void {
    const kind = kinds[event.type];
    if (kind !== undefined) this.#of(kind).add(event.superstep);
  }

  /** Takes those of what followed. */
  merge(other: RunMarks): void {
    for (const [kind, marks] of other.#marks) for (const superstep of marks.all) this.#of(kind).add(superstep);
  }

  /** The supersteps of a kind, in ascending order. */
  of(kind: MarkKind): readonly number[] {
    return this.#marks.get(kind)?.all ?? [];
  }

  #of(kind: MarkKind): Marks {
    let marks = this.#marks.get(kind);
    if (marks === undefined) this.#marks.set(kind, (marks = new Marks()));
    return marks;
  }
}

/** Supersteps, in ascending order, none of them within `width` of the next. */
class Marks {
  #all: number[] = [];
  #width = 1;

  get all(): readonly number[] {
    return this.#all;
  }

  add(superstep: number): void {
    const last = this.#all.at(-1);
    if (last !== undefined && superstep < last + this.#width) return;
    this.#all.push(superstep);
    while (this.#all.length > MOST) this.#thin();
  }

  #thin(): void {
    this.#width *= 2;
    const all = this.#all;
    this.#all = [];
    for (const superstep of all) if (superstep >= (this.#all.at(-1) ?? -Infinity) + this.#width) this.#all.push(superstep);
  }
}
