import type { Wait } from "./entry.js";
import type { Slot } from "./slot.js";

/** What counts for all graphs alike. */
export interface Terms {
  started: boolean;
  /** For each who drains, the number of the first job since: graphs are due, but for those that one of these jobs failed for. */
  readonly drains: Set<{ readonly job: number }>;
  readonly storm: { readonly compiles: number; readonly windowMs: number } | undefined;
}

const AT_ONCE = 0;

/** When a graph is due, in milliseconds of the monotonic clock (what has passed: now); undefined: not by what waits for it now. */
export function dueAt(slot: Slot, terms: Terms): number | undefined {
  if (slot.run !== undefined || slot.waiting === 0) return undefined;
  if (slot.asked) return AT_ONCE;
  if (!terms.started || slot.held) return undefined;
  if (isDrained(slot, terms)) return AT_ONCE;
  const due = slot.failure === undefined ? triggeredAt(slot) : slot.failure.retryAt.monotonic;
  return due === undefined ? undefined : Math.max(due, stormEnds(slot, terms));
}

/** What a graph with edits waits for at a time of the monotonic clock. */
export function waitOf(slot: Slot, terms: Terms, now: number): Wait {
  if (slot.run !== undefined) return "running";
  const due = dueAt(slot, terms);
  if (due !== undefined && due <= now) return "turn";
  if (slot.held) return "asked";
  if (!terms.started) return "start";
  if (due === undefined) return "edits";
  if (stormEnds(slot, terms) > now) return "storm";
  return slot.failure === undefined ? "age" : "back-off";
}

function isDrained({ failure, lastJob }: Slot, { drains }: Terms): boolean {
  for (const { job } of drains) if (failure === undefined || lastJob < job) return true;
  return false;
}

function triggeredAt({ waiting, triggers, never, since }: Slot): number | undefined {
  if (never || waiting >= triggers.sizeThreshold) return AT_ONCE;
  return waiting < triggers.staleMinEdits ? undefined : since.monotonic + triggers.staleAfterMs;
}

function stormEnds({ starts }: Slot, { storm }: Terms): number {
  const [oldest] = starts;
  return storm === undefined || oldest === undefined || starts.length < storm.compiles ? AT_ONCE : oldest + storm.windowMs;
}
