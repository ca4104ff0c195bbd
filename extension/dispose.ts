/** Anything that holds something to let go of; VS Code's own `Disposable` fits. */
export interface Disposable {
  dispose(): unknown;
}

/**
 * Holds what was acquired, and lets go of it in reverse order. What is added after disposal is disposed at once, so that work
 * that finishes late leaks nothing. One item that fails to let go does not keep the others.
 */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Holds `item` and hands it back. */
  add<Item extends Disposable>(item: Item): Item {
    if (this.#disposed) item.dispose();
    else this.#items.add(item);
    return item;
  }

  /** Holds a function to call. */
  defer(release: () => unknown): void {
    this.add({ dispose: release });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const failures: unknown[] = [];
    for (const item of [...this.#items].toReversed()) {
      try {
        item.dispose();
      } catch (thrown) {
        failures.push(thrown);
      }
    }
    this.#items.clear();
    if (failures.length > 0) throw new AggregateError(failures, "Not everything could be disposed.");
  }
}
