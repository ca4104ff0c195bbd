import type { CheckpointStore } from "../checkpoint/store.js";
import type { Collector } from "../platform/otlp/collector.js";
import { followTrace, type FollowedRun } from "../platform/otlp/live-trace.js";
import { SpanQueue } from "../platform/otlp/span-queue.js";
import { systemClock } from "../platform/system-clock.js";
import type { CliIo } from "./io.js";

/** How long the end of a command waits for the collector, in milliseconds. */
const LAST_WORDS_MS = 3000;

/** Sends a run's spans as they end; `end` sends what is left, for a while. */
export function sendSpans(
  session: FollowedRun,
  graph: string,
  store: CheckpointStore,
  collector: Collector,
  io: CliIo,
): { readonly end: () => Promise<void> } {
  const queue = new SpanQueue(collector, systemClock, (message) => io.err(`warning: ${message}\n`));
  const unfollow = followTrace(session, graph, store, queue);
  return {
    end() {
      unfollow();
      return queue.close(LAST_WORDS_MS);
    },
  };
}
