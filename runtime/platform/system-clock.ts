import { setImmediate } from "node:timers/promises";
import type { Clock } from "../ports.js";

/** The longest that one timer can wait; longer waits are made of several. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The machine's time. A pending timer keeps the process alive: somebody waits for it. */
export const systemClock: Clock = makeClock(() => {});

/** The machine's time, for timers that nobody waits for: they do not keep the process alive. */
export const backgroundClock: Clock = makeClock((timer) => timer.unref());

function makeClock(prepare: (timer: NodeJS.Timeout) => void): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after: (ms, callback) => startTimer(ms, callback, prepare),
    rest: () => setImmediate(),
  };
}

function startTimer(ms: number, callback: () => void, prepare: (timer: NodeJS.Timeout) => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    timer = left > LONGEST_TIMER ? setTimeout(() => wait(left - LONGEST_TIMER), LONGEST_TIMER) : setTimeout(callback, left);
    prepare(timer);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
