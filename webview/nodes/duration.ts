/** Milliseconds, for people: `0.4 ms`, `38 ms`, `1.2 s`, `2 m 5 s`. */
export function spokenMs(ms: number): string {
  if (ms < 10) return `${rounded(ms)} ms`;
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${rounded(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))} m ${String(seconds % 60)} s`;
}

/** Microseconds, for people: `38 µs`, `1.2 ms`. */
export function spokenMicros(micros: number): string {
  return micros < 1000 ? `${String(Math.round(micros))} µs` : spokenMs(micros / 1000);
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
