// Keeps the files of types beside graphs true.
//
// 1. Nothing is written for having been looked at: a file that is not there is made only once its graph was saved.
// 2. A graph with errors keeps the types that it has.
// 3. Files of somebody's own are left alone.
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseDocument } from "../../runtime/document/parse.js";
import { lookAtTypes, removeTypes, writeTypes } from "../../runtime/platform/types-file.js";
import type { Clock } from "../../runtime/ports.js";
import { hasHandlers } from "../../runtime/types/graph-types.js";
import type { Disposable } from "../dispose.js";

/** What has happened to a graph's file. */
export type GraphNews = "opened" | "saved" | "gone";

/** What the keeper asks of the outside. */
export interface TypesSettings {
  /** Whether types may be written at all: the workspace is trusted, and nobody has switched it off. */
  allowed(): boolean;
  /** Told once for each folder that cannot be written. */
  failed(path: string, thrown: unknown): void;
}

/** A save is often several changes of the file, and a checkout changes many files. */
const SETTLE_MS = 200;

/** Writes, updates and removes types a moment after their graphs have changed, one graph in each turn of the event loop. */
export class TypesKeeper implements Disposable {
  readonly #clock: Pick<Clock, "after">;
  readonly #settings: TypesSettings;
  readonly #news = new Map<string, GraphNews>();
  readonly #refused = new Set<string>();
  #cancel: (() => void) | undefined;

  constructor(clock: Pick<Clock, "after">, settings: TypesSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Something has happened to the file of a graph. */
  tell(path: string, news: GraphNews): void {
    if (news === "opened" && this.#news.has(path)) return; // says less than what waits
    this.#news.set(path, news);
    this.#wait(SETTLE_MS);
  }

  /** Whether types may be written: what names them would find none otherwise. */
  get allowed(): boolean {
    return this.#settings.allowed();
  }

  dispose(): void {
    this.#cancel?.();
    this.#news.clear();
  }

  #wait(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(ms, () => this.#next());
  }

  #next(): void {
    this.#cancel = undefined;
    const [first] = this.#news;
    if (first === undefined) return;
    const [path, news] = first;
    this.#news.delete(path);
    if (this.#settings.allowed()) this.#heed(path, news);
    if (this.#news.size > 0) this.#wait(0);
  }

  #heed(path: string, news: GraphNews): void {
    try {
      // Programs that save by renaming make a file go for a moment.
      if (existsSync(path)) update(path, news);
      else removeTypes(path);
      this.#refused.delete(dirname(path));
    } catch (thrown) {
      if (this.#refused.has(dirname(path))) return;
      this.#refused.add(dirname(path));
      this.#settings.failed(path, thrown);
    }
  }
}

function update(path: string, news: GraphNews): void {
  const { graph, problems } = parseDocument(readFileSync(path, "utf8"));
  if (problems.some(({ severity }) => severity === "error")) return; // 2
  const file = lookAtTypes(path, graph);
  if (file.status === "missing" && (news === "opened" || !hasHandlers(graph))) return; // 1
  writeTypes(file);
}
