import type { Checkpoint, Frontier, StoredQuestion } from "../checkpoint.js";
import type { TraceEvent } from "../../trace/event.js";
import type { ArchiveRecord } from "./record.js";

/** Gives a run, the runs inside it and all their checkpoints other names, the same wherever they are named. */
export class NewNames {
  readonly #next: () => string;
  readonly #names: Map<string, string>;

  /** `run` becomes `as`; the others get names of `next`. */
  constructor(run: string, as: string, next: () => string) {
    this.#names = new Map([[run, as]]);
    this.#next = next;
  }

  /** A record as it is under the new names. */
  readonly renamed = (record: ArchiveRecord): ArchiveRecord => {
    switch (record.type) {
      case "document":
        return record;
      case "run": {
        const { run } = record;
        const parent = run.parent && { ...run.parent, run: this.#name(run.parent.run), since: this.#name(run.parent.since) };
        return { ...record, run: { ...run, id: this.#name(run.id), ...(parent === undefined ? {} : { parent }) } };
      }
      case "checkpoint":
        return { ...record, checkpoint: this.#checkpoint(record.checkpoint), trace: record.trace.map(this.#event) };
      case "gone": {
        const { run, id, parent, trace } = record;
        return { ...record, run: this.#name(run), id: this.#name(id), parent: this.#nameOrNull(parent), trace: trace.map(this.#event) };
      }
      case "trace":
        return {
          ...record,
          run: this.#name(record.run),
          checkpoint: this.#name(record.checkpoint),
          events: record.events.map(this.#event),
        };
      case "results":
      case "head":
        return { ...record, run: this.#name(record.run), checkpoint: this.#name(record.checkpoint) };
    }
  };

  #checkpoint(checkpoint: Checkpoint): Checkpoint {
    const { id, run, parent, frontier } = checkpoint;
    return {
      ...checkpoint,
      id: this.#name(id),
      run: this.#name(run),
      parent: this.#nameOrNull(parent),
      frontier: this.#frontier(frontier),
    };
  }

  #frontier(frontier: Frontier): Frontier {
    const nested = frontier.nested?.map((entry) => ({ ...entry, run: this.#name(entry.run), checkpoint: this.#name(entry.checkpoint) }));
    return { ...frontier, questions: frontier.questions.map(this.#question), ...(nested === undefined ? {} : { nested }) };
  }

  readonly #question = (question: StoredQuestion): StoredQuestion =>
    question.inner === undefined ? question : { ...question, inner: { ...question.inner, run: this.#name(question.inner.run) } };

  readonly #event = (event: TraceEvent): TraceEvent => {
    if (event.type === "checkpoint" || event.type === "restored" || event.type === "task-replayed")
      return { ...event, checkpoint: this.#name(event.checkpoint) };
    return event.type === "nested-run" ? { ...event, run: this.#name(event.run) } : event;
  };

  #nameOrNull(id: string | null): string | null {
    return id === null ? null : this.#name(id);
  }

  #name(id: string): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const made = this.#next();
    this.#names.set(id, made);
    return made;
  }
}
