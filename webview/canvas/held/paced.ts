/** Calls with what came last, once a frame: a hand moves more often than that, and nobody would see what is between. */
export class Paced<Given extends readonly unknown[]> {
  readonly #act: (...given: Given) => void;
  #waiting: { readonly given: Given; readonly frame: number } | undefined;

  constructor(act: (...given: Given) => void) {
    this.#act = act;
  }

  call(...given: Given): void {
    const frame = this.#waiting?.frame ?? requestAnimationFrame(() => this.flush());
    this.#waiting = { given, frame };
  }

  /** Calls now with what waits for the next frame, if anything does. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    cancelAnimationFrame(waiting.frame);
    this.#act(...waiting.given);
  }
}
