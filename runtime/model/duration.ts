const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds of `250ms`, `30s`, `5m`, `2h`, `1d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}

/** The shortest text of a duration that `parseDuration` reads as the same: `2s`, `1500ms`. */
export function durationText(ms: number): string {
  const units = Object.entries(MILLISECONDS).toReversed();
  const [unit, length] = units.find(([, each]) => ms !== 0 && ms % each === 0) ?? ["ms", 1];
  return `${ms / length}${unit}`;
}
