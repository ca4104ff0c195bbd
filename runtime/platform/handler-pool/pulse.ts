import type { Clock } from "../../ports.js";

/** Milliseconds between two questions for a sign of life. */
const INTERVAL = 1000;

/** What a pulse is taken of. */
export interface Patient {
  /** Whether there is anything to wait for; else nothing is asked. */
  isBusy(): boolean;
  ping(): void;
  /** It has given no sign of life for so many milliseconds, while it was asked. */
  silent(ms: number): void;
}

/**
 * Notices that a process has stopped to answer. Silence is counted in questions, not by the clock: a machine that slept has
 * asked nothing.
 */
export class Pulse {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #patient: Patient;
  #cancel: (() => void) | undefined;
  #unanswered = 0;
  #signs = 0;

  /** `enough`: the silence, in milliseconds, that must be noticed. */
  constructor(clock: Clock, patient: Patient, enough: number) {
    this.#clock = clock;
    this.#patient = patient;
    this.#interval = Math.min(INTERVAL, enough / 2);
  }

  /** Signs of life so far. */
  get signs(): number {
    return this.#signs;
  }

  /** A sign of life. */
  heard(): void {
    this.#signs += 1;
    this.#unanswered = 0;
  }

  /** There is something to wait for. */
  watch(): void {
    this.#cancel ??= this.#clock.after(this.#interval, () => this.#look());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(): void {
    this.#cancel = undefined;
    if (!this.#patient.isBusy()) return;
    if (this.#unanswered > 0) this.#patient.silent(this.#unanswered * this.#interval);
    if (!this.#patient.isBusy()) return;
    this.#unanswered += 1;
    this.#patient.ping();
    this.watch();
  }
}
