/** Who waits for what has not come yet. */
export class Arrivals {
  readonly #awaited = new Map<string, PromiseWithResolvers<void>>();

  /** Fulfilled when it has come. */
  of(id: string): Promise<void> {
    const awaited = this.#awaited.get(id) ?? Promise.withResolvers<void>();
    this.#awaited.set(id, awaited);
    return awaited.promise;
  }

  came(id: string): void {
    this.#awaited.get(id)?.resolve();
    this.#awaited.delete(id);
  }
}
