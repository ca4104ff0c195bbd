import { PatchbayError } from "../../errors.js";
import type { Ids } from "../../ports.js";
import { freshFrontier, type Checkpoint } from "../checkpoint.js";
import { rebuild } from "../rebuild.js";
import type { CheckpointStore } from "../store.js";
import { NewNames } from "./new-names.js";
import { damaged, readRecords } from "./read-records.js";
import type { ArchiveHead, ArchiveRecord } from "./record.js";

/** How a run is imported. */
export interface ImportTerms {
  /** The run's id in the store; the runs inside it and all checkpoints get new ids, too. Absent: everything keeps its own. */
  readonly as?: string | undefined;
  readonly ids: Ids;
}

/** What was imported. */
export interface ImportedRun {
  readonly run: string;
  readonly graph: string;
  /** How many runs are inside it. */
  readonly inside: number;
  readonly checkpoints: number;
  readonly events: number;
}

/**
 * Takes a run from the lines of a file (without line ends): all of it or nothing. Throws `ARCHIVE_DAMAGED`, `ARCHIVE_NEWER`,
 * `RUN_EXISTS`, and what the store throws.
 */
export function importRun(store: CheckpointStore, lines: Iterable<string>, terms: ImportTerms): ImportedRun {
  return store.atomically(() => {
    let taking: Taking | undefined;
    let line = 0;
    for (const record of readRecords(lines)) {
      line += 1;
      if ("patchbay" in record) taking = new Taking(store, record, terms);
      else if (taking !== undefined) orDamaged(line, () => taking?.take(record));
    }
    if (taking === undefined) throw damaged(1, "there is nothing in it");
    return taking.finish(line + 1);
  });
}

/** What a record names and the file does not have is the file's fault. */
function orDamaged<Result>(line: number, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof PatchbayError && thrown.code === "NOT_FOUND") throw damaged(line, "it names what the file does not have", thrown);
    if (thrown instanceof PatchbayError && thrown.code === "RUN_ELSEWHERE")
      throw damaged(line, "its events are not in their order", thrown);
    throw thrown;
  }
}

/** A run on its way into a store. */
class Taking {
  readonly #store: CheckpointStore;
  readonly #head: ArchiveHead;
  readonly #renamed: (record: ArchiveRecord) => ArchiveRecord;
  readonly #id: string;
  /** The runs taken so far: a file changes no other. */
  readonly #runs = new Set<string>();
  readonly #heads: string[] = [];
  readonly #gone: string[] = [];
  #checkpoints = 0;
  #events = 0;

  constructor(store: CheckpointStore, head: ArchiveHead, { as, ids }: ImportTerms) {
    this.#store = store;
    this.#head = head;
    this.#id = as ?? head.run;
    this.#renamed = as === undefined ? (record) => record : new NewNames(head.run, as, () => ids.next()).renamed;
  }

  take(given: ArchiveRecord): void {
    const record = this.#renamed(given);
    switch (record.type) {
      case "document":
        return this.#store.saveDocument(record.revision, record.text, record.files);
      case "run":
        return this.#begin(record.run);
      case "checkpoint":
        this.#checkpoints += 1;
        return this.#save(record.checkpoint, record);
      case "gone":
        this.#gone.push(record.id);
        return this.#save(placeholder(record), record);
      case "trace":
        this.#events += record.events.length;
        return this.#store.appendTrace(this.#own(record.run), record.checkpoint, record.events);
      case "results":
        for (const result of record.results) this.#store.saveResult(this.#own(record.run), record.checkpoint, result);
        return;
      case "head":
        this.#heads.push(record.checkpoint);
        return this.#store.moveHead(this.#own(record.run), record.checkpoint, []);
    }
  }

  /** What was deleted is deleted again; where each run stands can be rebuilt. */
  finish(line: number): ImportedRun {
    if (!this.#runs.has(this.#id)) throw damaged(line, "the run itself is missing");
    for (const id of this.#gone) this.#store.delete(id);
    orDamaged(line, () => {
      for (const head of this.#heads) rebuild(head, (id) => this.#store.load(id));
    });
    const inside = this.#runs.size - 1;
    return { run: this.#id, graph: this.#head.graph, inside, checkpoints: this.#checkpoints, events: this.#events };
  }

  #begin(run: (ArchiveRecord & { readonly type: "run" })["run"]): void {
    if (this.#store.run(run.id) !== undefined) {
      throw new PatchbayError("RUN_EXISTS", `The store already has a run ${run.id}.`, { run: run.id });
    }
    if (run.parent === undefined ? run.id !== this.#id : !this.#runs.has(run.parent.run)) throw foreign(run.id);
    this.#store.createRun({ ...run, head: null });
    this.#runs.add(run.id);
  }

  #save(checkpoint: Checkpoint, { trace }: { readonly trace: Parameters<CheckpointStore["save"]>[1] }): void {
    this.#own(checkpoint.run);
    this.#events += trace.length;
    this.#store.save(checkpoint, trace);
  }

  #own(run: string): string {
    if (!this.#runs.has(run)) throw foreign(run);
    return run;
  }
}

function foreign(run: string): PatchbayError {
  return new PatchbayError("ARCHIVE_DAMAGED", `The file is damaged: it changes run ${run}, which is not in it.`, { run });
}

/** Stands where a checkpoint stood that was deleted, until it is deleted, too. */
function placeholder({ run, id, parent }: ArchiveRecord & { readonly type: "gone" }): Checkpoint {
  return {
    run,
    id,
    parent,
    trigger: "superstep",
    at: 0,
    revision: "",
    traceSeq: 0,
    frontier: freshFrontier,
    channels: { delta: [], base: { values: {}, reducers: {} } },
  };
}
