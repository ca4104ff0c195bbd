import * as v from "valibot";
import type { CompiledKeys } from "../../runtime/compile/workspace/compile-key.js";
import type { Clock } from "../../runtime/ports.js";
import type { Disposable } from "../dispose.js";
import { type Memory, MemoryWriter } from "./memory.js";

const KEY = "patchbay.compiledGraphs";
const SAVE_MS = 5_000;

const stored = v.record(v.string(), v.string());

/** Remembers from one window to the next which state of each graph of the workspace was compiled. */
export class CompiledGraphs implements CompiledKeys, Disposable {
  readonly #writer: MemoryWriter<typeof stored>;
  readonly #keys: Map<string, string>;

  constructor(memory: Memory, clock: Clock) {
    const value = () => Object.fromEntries(this.#keys);
    this.#writer = new MemoryWriter(memory, clock, { key: KEY, schema: stored, delayMs: SAVE_MS, value });
    this.#keys = new Map(Object.entries(this.#writer.read() ?? {}));
  }

  get(graph: string): string | undefined {
    return this.#keys.get(graph);
  }

  set(graph: string, key: string | undefined): void {
    if (this.#keys.get(graph) === key) return;
    if (key === undefined) this.#keys.delete(graph);
    else this.#keys.set(graph, key);
    this.#writer.changed();
  }

  /** Writes what waits to be written. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  dispose(): void {
    this.#writer.dispose();
  }
}
