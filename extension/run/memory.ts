// What is remembered from one window to the next, in VS Code's state of the workspace.
//
// 1. What was stored by another version, or is damaged, is forgotten, never an exception.
import * as v from "valibot";
import type { Clock } from "../../runtime/ports.js";
import { Coalescer } from "../coalescer.js";
import type { Disposable } from "../dispose.js";

/** Where it is kept; VS Code's `Memento` fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What one thing is remembered by. */
export interface MemoryEntry<Schema extends v.GenericSchema> {
  readonly key: string;
  readonly schema: Schema;
  /** Changes are written together, so many milliseconds after the first. */
  readonly delayMs: number;
  /** What is to be written. */
  readonly value: () => v.InferOutput<Schema>;
}

/** Keeps one value of a memory up with what changes. */
export class MemoryWriter<Schema extends v.GenericSchema> implements Disposable {
  readonly #memory: Memory;
  readonly #entry: MemoryEntry<Schema>;
  readonly #saving: Coalescer;

  constructor(memory: Memory, clock: Clock, entry: MemoryEntry<Schema>) {
    this.#memory = memory;
    this.#entry = entry;
    this.#saving = new Coalescer(clock, entry.delayMs, () => void this.#save());
  }

  /** What was written before; undefined where that is nothing, or cannot be read (invariant 1). */
  read(): v.InferOutput<Schema> | undefined {
    const read = v.safeParse(this.#entry.schema, this.#memory.get(this.#entry.key));
    return read.success ? read.output : undefined;
  }

  /** The value has changed. */
  changed(): void {
    this.#saving.request();
  }

  /** Writes what waits to be written. */
  async flush(): Promise<void> {
    this.#saving.reset();
    await this.#save();
  }

  dispose(): void {
    this.#saving.dispose();
  }

  async #save(): Promise<void> {
    await this.#memory.update(this.#entry.key, this.#entry.value());
  }
}
