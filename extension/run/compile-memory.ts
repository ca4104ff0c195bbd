// The compile history of graphs across windows, in the workspace's state.
//
// 1. Bounded: so many graphs, the last used; so many records of each, with a few reasons each.
import * as v from "valibot";
import { compileTriggers, type CompileRecord } from "../../runtime/compile/compile-record.js";
import { shortened } from "../../runtime/compile/history.js";
import type { Clock } from "../../runtime/ports.js";
import type { Disposable } from "../dispose.js";
import { type Memory, MemoryWriter } from "./memory.js";

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

/** Remembers the compile history of graphs from one window to the next. */
export class CompileMemory implements Disposable {
  readonly #writer: MemoryWriter<typeof stored>;
  readonly #records = new Map<string, readonly CompileRecord[]>();

  constructor(memory: Memory, clock: Clock) {
    this.#writer = new MemoryWriter(memory, clock, { key: KEY, schema: stored, delayMs: SAVE_MS, value: () => this.#newest() });
    for (const { graph, records } of this.#writer.read()?.toReversed() ?? []) this.#records.set(graph, records as CompileRecord[]);
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
    this.#writer.changed();
  }

  /** Writes what waits to be written. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  dispose(): void {
    this.#writer.dispose();
  }

  /** Invariant 1. */
  #newest(): v.InferOutput<typeof stored> {
    const graphs = [...this.#records].toReversed().slice(0, GRAPHS);
    // What is written is what is read; the schema's type has no `readonly`.
    return graphs.map(([graph, records]) => ({ graph, records: records.slice(0, RECORDS).map(brief) })) as unknown as v.InferOutput<
      typeof stored
    >;
  }
}

function brief(record: CompileRecord): CompileRecord {
  const { error, ...rest } = shortened(record, REASONS);
  // An error's details may be large; its code and message say what is shown.
  return error === undefined ? rest : { ...rest, error: { code: error.code, message: error.message } };
}
