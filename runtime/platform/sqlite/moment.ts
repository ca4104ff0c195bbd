/** What was found of one moment of the store, for as long as that moment is read. At other times nothing is remembered: others write, too. */
export class Moment {
  #forgets: (() => void)[] = [];
  #isHeld = false;

  /** Whether what is found now is so still when the next is looked for. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Does work within a transaction that only reads. */
  during<Result>(work: () => Result): Result {
    if (this.#isHeld) return work();
    this.#isHeld = true;
    try {
      return work();
    } finally {
      this.#isHeld = false;
      for (const forget of this.#forgets) forget();
    }
  }

  /** Remembers what is found by its key. */
  memo<Key, Value>(): Memo<Key, Value> {
    const known = new Map<Key, Value>();
    this.#forgets.push(() => known.clear());
    return {
      get: (key) => known.get(key),
      set: (key, value) => {
        if (this.#isHeld) known.set(key, value);
      },
    };
  }
}

/** What was found of the moment that is read. */
export interface Memo<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}
