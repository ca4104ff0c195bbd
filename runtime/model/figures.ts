/** Milliseconds, for people: `40 µs`, `0.4 ms`, `38 ms`, `1.25 s`, `2 m 5 s`. */
export function shortMs(ms: number): string {
  if (ms > 0 && ms < 0.1) return `${rounded(ms * 1000)} µs`;
  if (ms < 1000) return `${rounded(ms)} ms`;
  if (ms < 60_000) return `${rounded(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

/** A share, for people: `97.5 %`. */
export function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

const UNITS = ["KB", "MB", "GB", "TB"] as const;

/** Bytes, for people: `812 B`, `1.2 KB`, `64 MB`. Units are of 1,024, as in documents. */
export function shortBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${UNITS[unit] ?? ""}`;
}

/** Three digits that count; whole numbers above. */
function rounded(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
