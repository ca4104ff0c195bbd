/** Milliseconds for which what is ready may be held back, so that it goes out together. */
const BRIEF = 1;

/** Knows which pieces of user code let go of the thread soon, as far as they have run before. */
export class Pace {
  readonly #brief = new Set<string>();
  #toldAt = 0;

  /** Nothing is ready as yet. */
  begin(): void {
    this.#toldAt = performance.now();
  }

  /**
   * Runs a piece of user code; `name` tells it from others. Before, `tell` is called, unless the piece was brief last time and
   * what is ready has not waited long.
   */
  follow<Result>(name: string, tell: () => void, work: () => Result): Result {
    const started = performance.now();
    if (!this.#brief.has(name) || started - this.#toldAt > BRIEF) {
      this.#toldAt = started;
      tell();
    }
    const result = work();
    if (performance.now() - started < BRIEF) this.#brief.add(name);
    else this.#brief.delete(name);
    return result;
  }
}
