import type { CheckpointStore } from "../../checkpoint/store.js";
import { traceEntries } from "../../checkpoint/trace-entries.js";
import { traceIdOf } from "./span-ids.js";
import { RunSpans, type RunPlace } from "./run-spans.js";
import type { Span } from "./span.js";

/** The place of a run that is inside no other. */
export function outermost(run: string, graph: string): RunPlace {
  return { run, graph, traceId: traceIdOf(run) };
}

/** Every span of a stored run and of the runs inside it, page by page: parents may come after their children. Throws `NOT_FOUND`. */
export function* storedSpans(store: CheckpointStore, place: RunPlace): Generator<Span, void, void> {
  const spans = new RunSpans(place);
  const inside: RunPlace[] = [];
  for (const { event } of traceEntries(store, place.run)) {
    const folded = spans.add(event);
    yield* folded.spans;
    if (folded.inner !== undefined) inside.push(folded.inner);
  }
  yield* spans.finish();
  for (const inner of inside) if (store.run(inner.run) !== undefined) yield* storedSpans(store, inner);
}
