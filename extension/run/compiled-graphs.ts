import * as v from "valibot";
import type { CompiledKeys } from "../../runtime/compile/workspace/compile-key.js";
import type { Clock } from "../../runtime/ports.js";
import { Coalescer } from "../coalescer.js";
import type { Disposable } from "../dispose.js";
import type { Memory } from "./compile-memory.js";

const KEY = "patchbay.compiledGraphs";
const SAVE_MS = 5_000;

const stored = v.record(v.string(), v.string());

/** Remembers from one window to the next which state of each graph of the workspace was compiled. What is damaged is forgotten. */
export class CompiledGraphs implements CompiledKeys, Disposable {
  readonly #memory: Memory;
  readonly #saving: Coalescer;
  readonly #keys: Map<string, string>;

  constructor(memory: Memory, clock: Clock) {
    this.#memory = memory;
    this.#saving = new Coalescer(clock, SAVE_MS, () => void this.#save());
    const read = v.safeParse(stored, memory.get(KEY));
    this.#keys = new Map(Object.entries(read.success ? read.output : {}));
  }

  get(graph: string): string | undefined {
    return this.#keys.get(graph);
  }

  set(graph: string, key: string | undefined): void {
    if (this.#keys.get(graph) === key) return;
    if (key === undefined) this.#keys.delete(graph);
    else this.#keys.set(graph, key);
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
    await this.#memory.update(KEY, Object.fromEntries(this.#keys));
  }
}
