import type { RetryPolicy } from "../model/policies.js";

/** Milliseconds between failed attempt `attempt` (counted from 1) and the next; `chance` is from 0 up to 1. */
export function backoffMs({ delayMs, backoff, jitter, capMs }: RetryPolicy, attempt: number, chance: number): number {
  // Neither factor may become infinite: nothing times infinity is no number.
  const plain = Math.min(Number.MAX_VALUE, delayMs * Math.min(Number.MAX_VALUE, backoff ** (attempt - 1)));
  const jittered = plain * (1 + jitter * (2 * chance - 1));
  return Math.round(Math.min(capMs, jittered));
}
