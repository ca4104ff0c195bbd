import type { StoredResult } from "../../checkpoint/checkpoint.js";
import type { LiveEvent } from "../../trace/event.js";
import { elapsed } from "../elapsed.js";
import type { RunGraph } from "../position.js";
import type { RunServices } from "../run-services.js";
import type { RunSession } from "../session.js";
import { beginTrial } from "./begin-trial.js";
import type { TrialInput } from "./given.js";
import { trialOutcome, type TrialOutcome } from "./trial-outcome.js";

/** Who looks on while a node is run alone. */
export interface TrialWatch {
  /** Aborting it stops the node at once. */
  readonly signal?: AbortSignal;
  /** Called with the trial's own run before it begins. */
  readonly begun?: (session: RunSession) => void;
}

/**
 * Runs one task of a node alone, with its retries, fallback and the graphs in it, and tells what it came to and where the run would go
 * on. It is a run of its own in memory: no other run moves, no store is written, and no recorded or cached result is taken. What the
 * node does to the outside is done. Rejects with `UNKNOWN_TARGET`, `INPUT_INVALID`.
 */
export async function tryNode(graph: RunGraph, given: TrialInput, services: RunServices, watch: TrialWatch = {}): Promise<TrialOutcome> {
  const session = beginTrial(graph, given, services);
  const events: LiveEvent[] = [];
  let result: StoredResult | undefined;
  session.onTrace((event) => events.push(event));
  session.onResult((each) => (result = each));
  const stop = (): void => void session.halt();
  watch.begun?.(session);
  watch.signal?.addEventListener("abort", stop, { once: true });
  const started = services.clock.monotonic();
  try {
    if (watch.signal?.aborted !== true) await session.step();
    const ms = elapsed(services.clock, started);
    return trialOutcome(session, {
      node: given.node,
      result,
      events,
      ms,
      cancelled: watch.signal?.aborted === true && result === undefined,
    });
  } finally {
    watch.signal?.removeEventListener("abort", stop);
    await session.dispose();
  }
}
