import type { Disposable } from "./dispose.js";

/** Subscribes a listener; what it returns ends that. VS Code's `Event` fits. */
export type Event<Value> = (listener: (value: Value) => void) => Disposable;

/** An event and the right to fire it, without VS Code. */
export class Emitter<Value = void> implements Disposable {
  readonly #listeners = new Set<{ readonly listener: (value: Value) => void }>();

  readonly event: Event<Value> = (listener) => {
    const entry = { listener };
    this.#listeners.add(entry);
    return { dispose: () => this.#listeners.delete(entry) };
  };

  fire(value: Value): void {
    for (const { listener } of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
