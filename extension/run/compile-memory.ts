// The compile history of graphs across windows, in the workspace's state.
//
// 1. Bounded: so many graphs, the last used; so many records of each, with a few reasons each.
// 2. What was stored by another version, or is damaged, is forgotten, never an exception.
import * as v from "valibot";
import { compileTriggers, type CompileRecord } from "../../runtime/compile/compile-record.js";
import { shortened } from "../../runtime/compile/history.js";
import type { Clock } from "../../runtime/ports.js";
import { Coalescer } from "../coalescer.js";
import type { Disposable } from "../dispose.js";

const KEY = "patchbay.compiles";
const GRAPHS = 20;
const RECORDS = 40;
const REASONS = 5;
const SAVE_MS = 1_000;

const errorInfo = v.looseObject({ code: v.string(), message: v.string() });

const compileRecord = v.object({
  at: v.number(),
  class: v.picklist(["none", "soft", "hard"]),
  reasons: v.array(v.string()),
  recomputed: v.number(),
  micros: v.number(),
  revision: v.string(),
  success: v.boolean(),
  error: v.exactOptional(errorInfo),
  trigger: v.picklist(compileTriggers),
  needed: v.picklist(["none", "soft", "hard"]),
  edits: v.number(),
  waitedMs: v.number(),
  fullMicros: v.exactOptional(v.number()),
  patchMicros: v.exactOptional(v.number()),
});

/** Graphs by their URI, the last used first. */
const stored = v.array(v.object({ graph: v.string(), records: v.array(compileRecord) }));

/** Where it is kept; VS Code's `Memento` fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Remembers the compile history of graphs from one window to the next. */
export class CompileMemory implements Disposable {
  readonly #memory: Memory;
  readonly #saving: Coalescer;
  readonly #records = new Map<string, readonly CompileRecord[]>();

  constructor(memory: Memory, clock: Clock) {
    this.#memory = memory;
    this.#saving = new Coalescer(clock, SAVE_MS, () => void this.#save());
    const read = v.safeParse(stored, memory.get(KEY)); // invariant 2
    for (const { graph, records } of read.success ? read.output.toReversed() : []) this.#records.set(graph, records as CompileRecord[]);
  }

  /** The records of a graph, newest first. */
  recall(graph: string): readonly CompileRecord[] {
    return this.#records.get(graph) ?? [];
  }

  /** Takes the records of a graph; they are written within a second. */
  remember(graph: string, records: readonly CompileRecord[]): void {
    if (this.#records.get(graph) === records) return;
    this.#records.delete(graph); // the last used comes last
    this.#records.set(graph, records);
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
    const graphs = [...this.#records].toReversed().slice(0, GRAPHS); // invariant 1
    const value = graphs.map(([graph, records]) => ({ graph, records: records.slice(0, RECORDS).map(brief) }));
    await this.#memory.update(KEY, value);
  }
}

function brief(record: CompileRecord): CompileRecord {
  const { error, ...rest } = shortened(record, REASONS);
  // An error's details may be large; its code and message say what is shown.
  return error === undefined ? rest : { ...rest, error: { code: error.code, message: error.message } };
}
