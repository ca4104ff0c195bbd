// A run's spans as they end, of the run itself and of the runs inside it.
import type { CheckpointStore } from "../../checkpoint/store.js";
import { traceEntries } from "../../checkpoint/trace-entries.js";
import { PatchbayError } from "../../errors.js";
import type { RunSession } from "../../run/session.js";
import { RunSpans, type Folded, type RunPlace } from "../../trace/otlp/run-spans.js";
import { outermost } from "../../trace/otlp/stored-spans.js";
import type { TraceEvent } from "../../trace/event.js";
import type { SpanQueue } from "./span-queue.js";

/** Moments at which what happened inside tasks is looked up in the store. */
const boundaries: ReadonlySet<TraceEvent["type"]> = new Set(["superstep-finished", "run-paused", "run-finished"]);

/** What is followed: a session. */
export type FollowedRun = Pick<RunSession, "id" | "onRecord" | "frontier">;

interface InnerTrace {
  readonly spans: RunSpans;
  after: number;
}

/**
 * Hands the spans of a run to a queue until the returned function is called: those that end from now on, and that of the run itself if it
 * has come to its end by then. What cannot be read of the runs inside it is left out; nothing here fails the run.
 */
export function followTrace(session: FollowedRun, graph: string, store: CheckpointStore, queue: SpanQueue): () => void {
  const live = new LiveTrace(session, graph, store, queue);
  const unfollow = session.onRecord((event) => live.add(event));
  return () => {
    unfollow();
    live.end();
  };
}

class LiveTrace {
  readonly #store: CheckpointStore;
  readonly #queue: SpanQueue;
  readonly #spans: RunSpans;
  /** By run: those inside that have not ended. */
  readonly #inner = new Map<string, InnerTrace>();

  constructor(session: FollowedRun, graph: string, store: CheckpointStore, queue: SpanQueue) {
    this.#store = store;
    this.#queue = queue;
    this.#spans = new RunSpans(outermost(session.id, graph));
    // A run inside belongs to the task in which it began, which the history has.
    unlessUnreadable(() => this.#recall(session.id, this.#spans, (session.frontier.nested ?? []).length > 0));
  }

  add(event: TraceEvent): void {
    this.#queue.add(this.#fold(this.#spans, event));
    if (this.#inner.size > 0 && boundaries.has(event.type)) this.#readInner();
  }

  end(): void {
    this.#readInner();
    if (this.#spans.ended) this.#queue.add(this.#spans.finish());
  }

  #fold(spans: RunSpans, event: TraceEvent): ReturnType<RunSpans["finish"]> {
    const folded = spans.add(event);
    for (const place of placesIn(folded)) {
      if (!this.#inner.has(place.run)) this.#inner.set(place.run, { spans: new RunSpans(place), after: 0 });
    }
    return folded.spans;
  }

  /** What happened before is known and not sent again: its first event, or all where that is needed. */
  #recall(run: string, spans: RunSpans, all: boolean): void {
    const inside: RunPlace[] = [];
    const known = all ? traceEntries(this.#store, run) : this.#store.traceEntries(run, { limit: 1 });
    for (const { event } of known) inside.push(...placesIn(spans.add(event)));
    for (const place of inside) {
      const trace = { spans: new RunSpans(place), after: this.#store.lastSeq(place.run) };
      this.#recall(place.run, trace.spans, true);
      if (!trace.spans.ended) this.#inner.set(place.run, trace);
    }
  }

  #readInner(): void {
    for (const [run, trace] of this.#inner) {
      unlessUnreadable(() => this.#read(run, trace));
      if (!trace.spans.ended) continue;
      this.#queue.add(trace.spans.finish());
      this.#inner.delete(run);
    }
  }

  #read(run: string, trace: InnerTrace): void {
    for (const { event } of traceEntries(this.#store, run, trace.after)) {
      trace.after = event.seq;
      this.#queue.add(this.#fold(trace.spans, event));
    }
  }
}

function placesIn({ inner }: Folded): readonly RunPlace[] {
  return inner === undefined ? [] : [inner];
}

/** A store that cannot be read is no matter of the run's spans: the run itself will tell. */
function unlessUnreadable(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError)) throw thrown;
  }
}
