/**
 * Asks for what is wanted, one thing at a time: while an answer is waited for only the newest wish is kept, so that a slider that moves asks
 * no more often than it is answered.
 */
export class Newest<Wish, Answer> {
  readonly #ask: (wish: Wish) => Promise<Answer>;
  readonly #take: (answer: Answer, wish: Wish) => void;
  readonly #fail: (thrown: unknown) => void;
  #asking = false;
  #next: { readonly wish: Wish } | undefined;
  /** Answers to what was wanted before this number of times that all was dropped do not count. */
  #dropped = 0;

  constructor(ask: (wish: Wish) => Promise<Answer>, take: (answer: Answer, wish: Wish) => void, fail: (thrown: unknown) => void) {
    this.#ask = ask;
    this.#take = take;
    this.#fail = fail;
  }

  want(wish: Wish): void {
    this.#next = { wish };
    if (!this.#asking) void this.#askOn();
  }

  /** Nothing is wanted any more. */
  drop(): void {
    this.#next = undefined;
    this.#dropped += 1;
  }

  async #askOn(): Promise<void> {
    this.#asking = true;
    while (this.#next !== undefined) {
      const { wish } = this.#next;
      const dropped = this.#dropped;
      this.#next = undefined;
      try {
        const answer = await this.#ask(wish);
        if (dropped === this.#dropped) this.#take(answer, wish);
      } catch (thrown) {
        if (dropped === this.#dropped) this.#fail(thrown);
      }
    }
    this.#asking = false;
  }
}
