import { graphInside } from "../../runtime/certify/inside.js";
import { blame, blameParts, type Blame, type Blamed, type BlameQuery } from "../../runtime/blame/blame.js";
import type { Certificate, Certifier } from "../../runtime/certify/certificate.js";
import { superstepOf, type CheckpointSummary } from "../../runtime/checkpoint/checkpoint.js";
import { Rebuilder } from "../../runtime/checkpoint/rebuild.js";
import type { CheckpointStore, StoredDocument, StoredRun } from "../../runtime/checkpoint/store.js";
import { storedPlans } from "../../runtime/compile/stored-plans.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { Plan } from "../../runtime/plan/plan.js";
import { writeRunFile } from "../../runtime/platform/run-file.js";
import type { GraphSource as InnerGraphs } from "../../runtime/run/graph-source.js";
import type { GraphSource } from "./graph-source.js";

/** How stores are come by. */
export interface ArchiveServices {
  trusted(): boolean;
  /** The store of a folder, made where needed. */
  store(directory: string): CheckpointStore;
  /** The store of a folder, if there is one. */
  existingStore(directory: string): CheckpointStore | undefined;
  /** What runs of a folder take in its store, as far as that is known; absent: it is not. */
  sizes?(directory: string): ReadonlyMap<string, number>;
  /** The one that knows a store. */
  certifier(store: CheckpointStore): Certifier;
  /** The graphs that documents of a folder name. */
  graphs(directory: string): InnerGraphs;
}

/** What is stored of a graph's runs. Looking makes no store, and opens none in a workspace that is not trusted. */
export class RunArchive {
  readonly #source: GraphSource;
  readonly #services: ArchiveServices;

  constructor(source: GraphSource, services: ArchiveServices) {
    this.#source = source;
    this.#services = services;
  }

  /** Runs of this graph, newest first. */
  runs(limit: number): readonly StoredRun[] {
    return this.#existing()?.runs(this.#source.name, { limit }) ?? [];
  }

  /** A run's newest checkpoints, newest first. */
  checkpoints(run: string, limit: number): readonly CheckpointSummary[] {
    return this.#existing()?.list(run, { limit }) ?? [];
  }

  /** A checkpoint of a run, as lists show it. Throws `NOT_FOUND`, `CORRUPTED`. */
  checkpoint(run: string, id: string): CheckpointSummary | undefined {
    const store = this.store();
    return store.list(run, { superstep: superstepOf(store.load(id).frontier), limit: 1000 }).find((each) => each.id === id);
  }

  /** The runs inside a run's tasks, oldest first. */
  nested(run: string): readonly StoredRun[] {
    return this.#existing()?.nested(run) ?? [];
  }

  /** What runs take in the store, with the runs inside them, in bytes by run; those that are not known are left out. */
  sizes(): ReadonlyMap<string, number> {
    const { directory } = this.#source;
    return directory === undefined || !this.#services.trusted() ? new Map() : (this.#services.sizes?.(directory) ?? new Map());
  }

  /** What the document of a revision was, and the versions of the files that it ran; undefined where that is not known. */
  document(revision: string): StoredDocument | undefined {
    return this.#existing()?.document(revision);
  }

  /** The values of all channels at a checkpoint, as they were. Throws `NOT_FOUND`, `CORRUPTED`. */
  valuesAt(checkpoint: string): JsonObject {
    const store = this.store();
    return new Rebuilder((id) => store.load(id)).rebuild(checkpoint).values;
  }

  /** Who gave a channel, or a place in it, its value. Throws `NOT_FOUND`, `CORRUPTED`. */
  blame(query: BlameQuery): Blame {
    return blame(this.store(), query);
  }

  /** The same of each item or property of what is there. */
  blameParts(query: BlameQuery): readonly Blamed[] {
    return blameParts(this.store(), query);
  }

  /** The run that a checkpoint is of. Throws `NOT_FOUND`, `CORRUPTED`. */
  runOf(checkpoint: string): string {
    return this.store().load(checkpoint).run;
  }

  /** What had been asked when a checkpoint was made, and not decided. */
  promptsAt(checkpoint: string): readonly string[] {
    const frontier = this.#existing()?.load(checkpoint).frontier;
    return frontier?.questions.filter(({ key }) => frontier.decisions[key] === undefined).map(({ prompt }) => prompt) ?? [];
  }

  /** What a run's checkpoints are worth under a plan, newest first; of a run inside a task, under the graph that the task runs then; empty where that cannot be had. Throws `NOT_FOUND`, `CORRUPTED`, `STORE`. */
  certify(run: string, plan: Plan): readonly Certificate[] {
    const store = this.#existing();
    if (store === undefined) return [];
    const stored = store.run(run);
    const now = { plan, graphs: this.#services.graphs(this.directory()) };
    const graph = stored === undefined ? now : graphInside(store, stored, now);
    return graph === undefined ? [] : this.#services.certifier(store).run(run, graph.plan, graph.graphs);
  }

  /** Writes a run to a file; it may go on meanwhile. Rejects with `STORE`, `NOT_FOUND`, `CORRUPTED`. */
  exportRun(run: string, path: string): Promise<void> {
    return writeRunFile(this.store(), run, path);
  }

  /** The plan of a revision that checkpoints name; undefined where it is not known any more. */
  planOf(revision: string): Plan | undefined {
    const store = this.#existing();
    return store === undefined ? undefined : storedPlans(store)(revision);
  }

  /** The store to write to. Throws `STORE` for a graph that is in no folder. */
  store(): CheckpointStore {
    return this.#services.store(this.directory());
  }

  /** Folder of the graph. Throws `STORE` where it has none. */
  directory(): string {
    const { directory } = this.#source;
    if (directory === undefined) throw new PatchbayError("STORE", "The graph has no folder yet: save it to a local file first.");
    return directory;
  }

  #existing(): CheckpointStore | undefined {
    const { directory } = this.#source;
    return directory === undefined || !this.#services.trusted() ? undefined : this.#services.existingStore(directory);
  }
}
