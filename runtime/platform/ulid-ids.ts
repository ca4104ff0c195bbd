import { randomFillSync } from "node:crypto";
import { monotonicFactory } from "ulid";
import type { Clock, Ids } from "../ports.js";

/** ULIDs by the clock's time; each is greater than the one before, also within one millisecond and when the clock is set back. */
export function ulidIds(clock: Clock): Ids {
  const ulid = monotonicFactory(pooledRandom());
  return { next: () => ulid(clock.now()) };
}

/** Random fractions from bytes drawn in bulk: ULIDs ask for one character at a time. */
function pooledRandom(): () => number {
  const pool = new Uint8Array(1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    used += 1;
    return byte / 256;
  };
}
