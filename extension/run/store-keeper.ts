// Lets go of what the stores of folders need not keep, by what graphs and settings say, when a graph is opened and when a run has ended.
//
// 1. Never while a run of the folder is at work here, and in pieces of a few milliseconds: nobody waits for it.
// 2. Runs that are shown in this window are not deleted.
// 3. A whole folder is gone through when a graph of it is opened, and after that now and then; after each run, that run alone.
import { retain, type RetentionPolicy, type Went } from "../../runtime/checkpoint/retention.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter, type Event } from "../emitter.js";
import type { GraphSession } from "./graph-session.js";

/** By then a graph that was opened is drawn, and a run that has ended is shown. */
const LATER_MS = 3_000;
/** How long a piece may take, and how long the rest of the window then has its turn. Milliseconds. */
const PIECE_MS = 4;
const REST_MS = 25;
/** How often a folder is gone through after its runs, at most. */
const WHOLE_EVERY_MS = 10 * 60_000;

/** How much the store of a folder keeps by settings. */
export type KeptBySettings = Omit<RetentionPolicy, "keep"> & {
  /** Of graphs that do not say it themselves. */
  readonly keep?: number;
};

/** What the keeper needs to know of an open graph. */
export type KeptGraph = Pick<GraphSession, "run" | "running" | "runsDeleted"> & {
  readonly source: Pick<GraphSession["source"], "directory" | "name" | "parsed">;
};

/** What the keeper works with. */
export interface KeeperServices {
  readonly clock: Pick<Clock, "now" | "monotonic" | "after">;
  readonly sessions: {
    readonly all: readonly KeptGraph[];
    readonly onDidOpen: Event<KeptGraph>;
    readonly onDidChange: Event<KeptGraph>;
  };
  trusted(): boolean;
  existing(directory: string): CheckpointStore | undefined;
  settings(directory: string): KeptBySettings;
}

/** What is to be done in a folder, and what is under way there. */
interface Folder {
  /** All of it, or only runs that have ended. */
  whole: boolean;
  readonly ended: Set<string>;
  /** When it was last gone through, on the monotonic clock. */
  wholeAt: number;
  steps: Generator<undefined, Went> | undefined;
  cancel: (() => void) | undefined;
  /** Since the window was opened. */
  gone: Gone;
}

/** How much was deleted. */
export interface Gone {
  readonly runs: number;
  /** Of runs that stay. */
  readonly checkpoints: number;
}

/** What was deleted from the store of a folder. */
export interface ReleasedEvent extends Gone {
  readonly directory: string;
}

const nothing: Gone = { runs: 0, checkpoints: 0 };

/** Applies retention in the editor. */
export class StoreKeeper implements Disposable {
  readonly #services: KeeperServices;
  readonly #held = new DisposableStore();
  readonly #released = this.#held.add(new Emitter<ReleasedEvent>());
  readonly #failed = this.#held.add(new Emitter<unknown>());
  readonly #folders = new Map<string, Folder>();
  /** The run of a graph that was seen to have ended. */
  readonly #seen = new WeakMap<KeptGraph, string>();

  /** Something was deleted. */
  readonly onDidRelease = this.#released.event;
  /** A store could not be gone through. */
  readonly onDidFail = this.#failed.event;

  constructor(services: KeeperServices) {
    this.#services = services;
    this.#held.add(services.sessions.onDidOpen((session) => this.#opened(session)));
    this.#held.add(services.sessions.onDidChange((session) => this.#changed(session)));
  }

  /** What was deleted in a folder since the window was opened. */
  gone(directory: string): Gone {
    return this.#folders.get(directory)?.gone ?? nothing;
  }

  dispose(): void {
    for (const { cancel } of this.#folders.values()) cancel?.();
    this.#held.dispose();
  }

  #opened({ source: { directory } }: KeptGraph): void {
    if (directory === undefined) return;
    const folder = this.#folder(directory);
    folder.whole = true; // 3
    this.#later(directory, folder, LATER_MS);
  }

  #changed(session: KeptGraph): void {
    const { run, source } = session;
    const isAtEnd = run !== undefined && ["completed", "failed", "cancelled"].includes(run.status);
    const seen = this.#seen.get(session);
    if (!isAtEnd) this.#seen.delete(session);
    if (!isAtEnd || seen === run.id || source.directory === undefined) return;
    this.#seen.set(session, run.id);
    const folder = this.#folder(source.directory);
    folder.ended.add(run.id);
    if (this.#services.clock.monotonic() - folder.wholeAt >= WHOLE_EVERY_MS) folder.whole = true; // 3
    this.#later(source.directory, folder, LATER_MS);
  }

  #folder(directory: string): Folder {
    const known = this.#folders.get(directory);
    if (known !== undefined) return known;
    const folder: Folder = { whole: false, ended: new Set(), wholeAt: -Infinity, steps: undefined, cancel: undefined, gone: nothing };
    this.#folders.set(directory, folder);
    return folder;
  }

  #later(directory: string, folder: Folder, ms: number): void {
    folder.cancel ??= this.#services.clock.after(ms, () => {
      folder.cancel = undefined;
      this.#goOn(directory, folder);
    });
  }

  /** Does one piece. What cannot be done now is tried again when the next run has ended. */
  #goOn(directory: string, folder: Folder): void {
    if (!this.#services.trusted()) return;
    if (this.#graphsIn(directory).some(({ running }) => running)) return this.#later(directory, folder, LATER_MS); // 1
    try {
      folder.steps ??= this.#begin(directory, folder);
      const went = folder.steps === undefined ? undefined : this.#piece(folder.steps);
      if (folder.steps !== undefined && went === undefined) return this.#later(directory, folder, REST_MS);
      folder.steps = undefined;
      if (went !== undefined) this.#tell(directory, folder, went);
    } catch (thrown) {
      folder.steps = undefined;
      this.#failed.fire(thrown);
    }
    if (folder.whole || folder.ended.size > 0) this.#later(directory, folder, LATER_MS);
  }

  /** What is to be done now; undefined where there is nothing to do. */
  #begin(directory: string, folder: Folder): Generator<undefined, Went> | undefined {
    const { clock } = this.#services;
    const [whole, ended] = [folder.whole, [...folder.ended]];
    folder.whole = false;
    folder.ended.clear();
    const store = this.#services.existing(directory);
    if (store === undefined || (!whole && ended.length === 0)) return undefined;
    if (whole) folder.wholeAt = clock.monotonic();
    const { keep: usual, ...limits } = this.#services.settings(directory);
    const keep = (name: string): number | undefined => this.#keepOf(directory, name, usual);
    const holds = (run: string): boolean => this.#graphsIn(directory).some((each) => each.run?.id === run); // 2
    if (whole) return retain(store, { keep, ...limits }, clock.now(), { unasked: true, holds });
    return thinOut(store, keep, ended);
  }

  /** A graph that is not open may say something else than the settings: it is left alone until it is. */
  #keepOf(directory: string, name: string, usual: number | undefined): number | undefined {
    const graph = this.#graphsIn(directory).find(({ source }) => source.name === name);
    return graph === undefined ? undefined : (graph.source.parsed.graph.keep ?? usual);
  }

  #graphsIn(directory: string): readonly KeptGraph[] {
    return this.#services.sessions.all.filter(({ source }) => source.directory === directory);
  }

  #piece(steps: Generator<undefined, Went>): Went | undefined {
    const { clock } = this.#services;
    const began = clock.monotonic();
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (clock.monotonic() - began < PIECE_MS);
    return undefined;
  }

  #tell(directory: string, folder: Folder, went: Went): void {
    if (went.runs.length === 0 && went.checkpoints === 0) return;
    const { runs, checkpoints } = folder.gone;
    folder.gone = { runs: runs + went.runs.length, checkpoints: checkpoints + went.checkpoints };
    this.#released.fire({ directory, runs: went.runs.length, checkpoints: went.checkpoints });
    for (const session of this.#graphsIn(directory)) session.runsDeleted();
  }
}

function* thinOut(
  store: CheckpointStore,
  keep: (graph: string) => number | undefined,
  runs: readonly string[],
): Generator<undefined, Went> {
  let checkpoints = 0;
  for (const only of runs) checkpoints += (yield* retain(store, { keep }, 0, { only, unasked: true })).checkpoints;
  return { runs: [], checkpoints };
}
