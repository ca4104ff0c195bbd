/** Tells listeners of changes: afterwards, and once for all that happen in one go. What a listener throws does not reach who changed something. */
export class Announcer {
  readonly #listeners = new Set<() => void>();
  #pending = false;

  /** Adds a listener; the returned function removes it. */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something has changed. */
  request(): void {
    if (this.#pending || this.#listeners.size === 0) return;
    this.#pending = true;
    void Promise.resolve().then(() => this.#tell());
  }

  #tell(): void {
    this.#pending = false;
    for (const listener of this.#listeners) listener();
  }
}
