import type { Context, State } from "../.patchbay/types/server-logs.d.ts";

/** What is found in a log. */
export interface Figures {
  readonly day: number;
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds. */
  readonly p95: number;
}

const LINE = /^GET (\S+) (\d{3}) (\d+)ms$/;

/** Counts the failures of one log, and finds the time that 95 of 100 requests keep. */
export default function count(_state: State<"count">, { input: { item } }: Context<"count">): Figures {
  const times: number[] = [];
  let failures = 0;
  for (const line of item.lines) {
    const [, , status, ms] = LINE.exec(line) ?? unreadable(item.day, line);
    if (status === "500") failures += 1;
    times.push(Number(ms));
  }
  times.sort((a, b) => a - b);
  return { day: item.day, requests: times.length, failures, p95: times[Math.floor(times.length * 0.95)] ?? 0 };
}

function unreadable(day: number, line: string): never {
  throw new Error(`Day ${day} has a line that cannot be read: ${line}`);
}
