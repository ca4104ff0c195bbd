import type { CheckpointStore, StoredRun } from "../../checkpoint/store.js";
import { PatchbayError } from "../../errors.js";
import type { Clock } from "../../ports.js";
import type { Span } from "../../trace/otlp/span.js";
import { outermost, storedSpans } from "../../trace/otlp/stored-spans.js";
import type { Collector } from "./collector.js";

const BATCH = 512;
const TRIES = 4;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;

/** How many spans a collector was sent, and how many of them it did not take. */
export interface SentSpans {
  readonly spans: number;
  readonly rejected: number;
}

/** Sends all spans of a stored run. Rejects with `COLLECTOR` where the collector does not take them after some tries. */
export async function sendStored(store: CheckpointStore, run: StoredRun, collector: Collector, clock: Clock): Promise<SentSpans> {
  let spans = 0;
  let rejected = 0;
  for (const batch of batches(storedSpans(store, outermost(run.id, run.graph)))) {
    spans += batch.length;
    rejected += await sendBatch(batch, collector, clock);
  }
  return { spans, rejected };
}

async function sendBatch(batch: readonly Span[], collector: Collector, clock: Clock): Promise<number> {
  const never = new AbortController().signal;
  for (let attempt = 1; ; attempt += 1) {
    const sent = await collector.send(batch, never);
    if (sent.ok) return sent.rejected;
    if (!sent.again || attempt === TRIES) throw new PatchbayError("COLLECTOR", `The collector did not take the spans: ${sent.why}.`);
    const delay = Math.min(LONGEST_DELAY_MS, sent.afterMs ?? FIRST_DELAY_MS * 2 ** (attempt - 1));
    await new Promise<void>((resolve) => void clock.after(delay, resolve));
  }
}

function* batches(spans: Iterable<Span>): Generator<readonly Span[], void, void> {
  let batch: Span[] = [];
  for (const span of spans) {
    batch.push(span);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
