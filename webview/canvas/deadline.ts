// How long a question still waits, in words, and when that changes. Pure.
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is left, and after how many milliseconds the words are others; undefined where they stay. */
export interface Remaining {
  readonly words: string;
  readonly changesIn: number | undefined;
}

/** The largest unit that is left at least twice, so that what is told is right to about a third. */
const units: readonly (readonly [number, string])[] = [
  [DAY, "days"],
  [HOUR, "h"],
  [MINUTE, "min"],
];

/** What is left of a wait; rounded down, so that nobody counts on time that is not there. */
export function remaining(ms: number): Remaining {
  if (ms <= 0) return { words: "time is up", changesIn: undefined };
  const unit = units.find(([length]) => ms >= 2 * length) ?? [SECOND, "s"];
  const count = Math.floor(ms / unit[0]);
  // One millisecond past the last that says the same; at the end there is none.
  return { words: `${String(count)} ${unit[1]}`, changesIn: Math.min(ms, ms - count * unit[0] + 1) };
}

/** No timer runs longer, as clocks are set and machines sleep. */
const LONGEST = MINUTE;

/** When to look again. */
export function lookAgain({ changesIn }: Remaining): number | undefined {
  return changesIn === undefined ? undefined : Math.min(changesIn, LONGEST);
}
