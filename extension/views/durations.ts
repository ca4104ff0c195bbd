/** A duration as people read it: `42 µs`, `1.3 ms`, `2.5 s`, `3 min`, `2 h`. */
export function formatMicros(micros: number): string {
  if (micros < 1000) return `${round(micros)} µs`;
  if (micros < 1_000_000) return `${round(micros / 1000)} ms`;
  if (micros < 60_000_000) return `${round(micros / 1_000_000)} s`;
  return micros < 3_600_000_000 ? `${Math.floor(micros / 60_000_000)} min` : `${Math.floor(micros / 3_600_000_000)} h`;
}

/** The same for milliseconds. */
export function formatMs(ms: number): string {
  return formatMicros(ms * 1000);
}

/** Two digits that matter: whole numbers from 10, else one decimal. */
function round(value: number): string {
  return value >= 9.95 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
