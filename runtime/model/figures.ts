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

/** Bytes, for people: `812 B`, `64 KB`, `1.5 MB`, `2.25 GB`. */
export function shortBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${rounded(bytes / 1024 ** power)} ${units[power]}`;
}

/** Three digits that count; whole numbers above. */
function rounded(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
