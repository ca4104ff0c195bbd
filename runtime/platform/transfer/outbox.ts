/** What goes out in one message at most, roughly, in bytes: turning it into bytes must not hold the event loop. */
const FULL = 512 * 1024;

/** Writes a batch somewhere and calls back when it is written, or cannot be. */
export type Post<Message> = (batch: readonly Message[], written: () => void) => void;

/**
 * Messages on their way to another process. All that are pushed in one turn of the event loop go as one, which costs as much as
 * a single one would; heavy ones are spread over several turns. Their order is kept.
 */
export class Outbox<Message> {
  readonly #post: Post<Message>;
  #waiting: { readonly message: Message; readonly bytes: number }[] = [];
  #drained: (() => void)[] = [];
  #scheduled = false;

  constructor(post: Post<Message>) {
    this.#post = post;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(message: Message, bytes = 0): void {
    this.#waiting.push({ message, bytes });
    this.#schedule();
  }

  /** Posts everything at once. */
  flush(): void {
    while (this.#waiting.length > 0) this.#postSome();
  }

  /** Resolves when all that was pushed so far is written and the event loop has had a turn for something else. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#postSome();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #postSome(): void {
    let bytes = 0;
    let count = 0;
    while (count < this.#waiting.length && bytes < FULL) {
      bytes += this.#waiting[count]?.bytes ?? 0;
      count += 1;
    }
    const batch = this.#waiting.slice(0, count).map(({ message }) => message);
    this.#waiting = this.#waiting.slice(count);
    const drained = this.#waiting.length === 0 ? this.#drained.splice(0) : [];
    const written = (): void => {
      if (drained.length > 0) setImmediate(() => drained.forEach((resolve) => resolve()));
    };
    if (batch.length === 0) written();
    else this.#post(batch, written);
  }
}
