const LIMIT = 64;

/** Why a graph is to be compiled: lines without repeats, each with the newest edit that gave it. Bounded, whatever the number of edits. */
export class Reasons {
  readonly #newest = new Map<string, number>();

  /** Notes what an edit gave; edits are numbered upwards. */
  note(edit: number, texts: readonly string[]): void {
    let left = LIMIT; // one edit may change a whole document
    for (const text of texts) {
      if (left-- === 0) return;
      if (this.#newest.size < LIMIT || this.#newest.has(text)) this.#newest.set(text, edit);
    }
  }

  /** Forgets those that no edit after `edit` gave. */
  cover(edit: number): void {
    for (const [text, newest] of this.#newest) if (newest <= edit) this.#newest.delete(text);
  }

  /** In the order in which they first came up. */
  get texts(): readonly string[] {
    return [...this.#newest.keys()];
  }
}
