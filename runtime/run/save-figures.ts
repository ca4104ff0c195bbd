// What the adaptive policy decides by, measured while a run goes on.
import type { MeasuredWrites, Unsaved } from "../checkpoint/worth.js";
import type { StoredResult } from "../checkpoint/checkpoint.js";
import type { Plan } from "../plan/plan.js";
import type { Clock } from "../ports.js";
import { mayHaveEffect } from "./outside-effects.js";

/** How many writes count: older ones say little about the disk of now. */
const LAST = 8;

const nothing: Omit<Unsaved, "bytes"> = { elapsedMs: 0, workMs: 0, tokens: 0 };

/** The figures of one run. */
export class SaveFigures {
  #unsaved = nothing;
  #writes: readonly Omit<MeasuredWrites, "count">[] = [];

  /** A task has emitted something. */
  token(): void {
    this.#unsaved = { ...this.#unsaved, tokens: this.#unsaved.tokens + 1 };
  }

  /** Tasks have finished. */
  worked(plan: Plan, results: readonly StoredResult[]): void {
    const workMs = results.reduce((sum, { ms }) => sum + ms, this.#unsaved.workMs);
    const effect = this.#unsaved.effect ?? results.find(({ node }) => hasEffect(plan, node))?.node;
    this.#unsaved = { ...this.#unsaved, workMs, ...(effect === undefined ? {} : { effect }) };
  }

  /** A superstep took this long. */
  took(ms: number): void {
    this.#unsaved = { ...this.#unsaved, elapsedMs: this.#unsaved.elapsedMs + ms };
  }

  /** Writes a checkpoint, which gives its bytes: nothing is unsaved after that. */
  measure(clock: Pick<Clock, "monotonic">, write: () => number): void {
    const before = clock.monotonic();
    const bytes = write();
    this.#writes = [...this.#writes, { ms: clock.monotonic() - before, bytes }].slice(-LAST);
    this.forget();
  }

  /** The run stands elsewhere, with nothing unsaved. */
  forget(): void {
    this.#unsaved = nothing;
  }

  /** What is unsaved, in so many bytes. */
  unsaved(bytes: number): Unsaved {
    return { ...this.#unsaved, bytes };
  }

  get writes(): MeasuredWrites {
    const ms = this.#writes.reduce((sum, each) => sum + each.ms, 0);
    const bytes = this.#writes.reduce((sum, each) => sum + each.bytes, 0);
    return { count: this.#writes.length, ms, bytes };
  }
}

function hasEffect(plan: Plan, node: string): boolean {
  const program = plan.nodes.get(node);
  return program !== undefined && mayHaveEffect(program);
}
