const UNITS = ["KB", "MB", "GB", "TB"] as const;

/** Bytes as people read them: `812 B`, `1.2 KB`, `64 MB`. Units are of 1,024, as in documents. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${UNITS[unit] ?? ""}`;
}
