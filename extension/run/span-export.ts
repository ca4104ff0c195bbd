// The spans of the runs of this window, on their way to an OpenTelemetry collector, where the user has named one.
//
// 1. Nothing is sent in a workspace that is not trusted, nor unless the user's own settings name a collector.
// 2. No run waits for the collector or fails by it: one bounded queue for the window, and what is lost is counted and told once.
// 3. A run is followed while it is shown. Its own span is sent when it has come to its end; it may go on after that (a failed one does).
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { toErrorInfo } from "../../runtime/errors.js";
import { Collector } from "../../runtime/platform/otlp/collector.js";
import { parseHeaderList } from "../../runtime/platform/otlp/header-list.js";
import { followTrace, type FollowedRun } from "../../runtime/platform/otlp/live-trace.js";
import { SpanQueue } from "../../runtime/platform/otlp/span-queue.js";
import type { Clock, Secrets } from "../../runtime/ports.js";
import type { RunSession } from "../../runtime/run/session.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { Event } from "../emitter.js";

/** The secret, or variable of the environment, that has the headers for the collector. */
export const HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
/** How long a window that is closed waits for the collector, in milliseconds. */
const LAST_WORDS_MS = 1_500;

/** A graph at work, as far as its spans need it. */
export interface TracedGraph {
  readonly run: (FollowedRun & Pick<RunSession, "status">) | undefined;
  readonly source: { readonly name: string };
  readonly archive: { store(): CheckpointStore };
  readonly onDidChangeRun: Event<void>;
}

/** What the export works with. */
export interface ExportServices {
  readonly clock: Clock;
  readonly version: string;
  readonly secrets: Secrets;
  readonly sessions: {
    readonly all: readonly TracedGraph[];
    readonly onDidOpen: Event<TracedGraph>;
    readonly onDidClose: Event<TracedGraph>;
  };
  trusted(): boolean;
  /** The address of the collector; empty: none. */
  endpoint(): string;
  warn(message: string): void;
}

/** How the run of a graph is followed. */
interface Following {
  readonly run: FollowedRun;
  /** Its own span has been sent. */
  atEnd: boolean;
  stop: () => void;
}

/** Sends what runs do as spans. */
export class SpanExport implements Disposable {
  readonly #services: ExportServices;
  readonly #held = new DisposableStore();
  readonly #following = new Map<TracedGraph, Following>();
  #queue: SpanQueue | undefined;
  #lost = 0;

  constructor(services: ExportServices) {
    this.#services = services;
    this.#held.add(services.sessions.onDidOpen((graph) => this.#opened(graph)));
    this.#held.add(services.sessions.onDidClose((graph) => this.#stop(graph)));
    this.restart();
  }

  /** How many spans no collector took. */
  get lost(): number {
    return this.#lost + (this.#queue?.dropped ?? 0);
  }

  /** The settings are others: what is sent from now on goes where they say. */
  restart(): void {
    const before = this.#queue;
    for (const graph of this.#following.keys()) this.#stop(graph);
    void this.#close(before);
    this.#queue = this.#newQueue();
    for (const graph of this.#services.sessions.all) this.#follow(graph);
  }

  /** Sends what is left, for a while. */
  async end(): Promise<void> {
    for (const graph of this.#following.keys()) this.#stop(graph);
    const queue = this.#queue;
    this.#queue = undefined;
    await this.#close(queue);
  }

  dispose(): void {
    this.#held.dispose();
    void this.end();
  }

  async #close(queue: SpanQueue | undefined): Promise<void> {
    await queue?.close(LAST_WORDS_MS);
    this.#lost += queue?.dropped ?? 0;
  }

  #opened(graph: TracedGraph): void {
    graph.onDidChangeRun(() => this.#follow(graph)); // ends with the graph
    this.#follow(graph);
  }

  /** Follows the run that is shown now, from now on. */
  #follow(graph: TracedGraph): void {
    const { run } = graph;
    const known = this.#following.get(graph);
    if (known !== undefined && known.run !== run) this.#stop(graph);
    if (run === undefined || this.#queue === undefined || !this.#services.trusted()) return; // 1
    const atEnd = run.status === "completed" || run.status === "failed" || run.status === "cancelled";
    if (known?.run === run) this.#turn(graph, known, atEnd, this.#queue);
    else this.#following.set(graph, { run, atEnd, stop: followTrace(run, graph.source.name, graph.archive.store(), this.#queue) });
  }

  /** Invariant 3. */
  #turn({ source, archive }: TracedGraph, known: Following, atEnd: boolean, queue: SpanQueue): void {
    if (atEnd && !known.atEnd) {
      known.stop();
      known.stop = followTrace(known.run, source.name, archive.store(), queue);
    }
    known.atEnd = atEnd;
  }

  #stop(graph: TracedGraph): void {
    this.#following.get(graph)?.stop();
    this.#following.delete(graph);
  }

  #newQueue(): SpanQueue | undefined {
    const { clock, version, secrets } = this.#services;
    const url = this.#services.endpoint().trim();
    if (url === "") return undefined;
    let collector: Promise<Collector> | undefined;
    const reach = async (): Promise<Collector> =>
      new Collector({ url, headers: parseHeaderList((await secrets.get(HEADERS)) ?? "") }, version, clock);
    const send: Collector["send"] = async (spans, signal) => {
      try {
        return await (await (collector ??= reach())).send(spans, signal);
      } catch (thrown) {
        return { ok: false, again: false, why: toErrorInfo(thrown, "COLLECTOR").message };
      }
    };
    return new SpanQueue({ send }, clock, (message) => this.#services.warn(message));
  }
}
