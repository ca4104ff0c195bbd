import type { Clock } from "../ports.js";

/** Milliseconds since `started`, to the microsecond: what clocks say beyond that is noise, and traces would keep it for ever. */
export function elapsed(clock: Pick<Clock, "monotonic">, started: number): number {
  return Math.round((clock.monotonic() - started) * 1000) / 1000;
}
