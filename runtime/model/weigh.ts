import type { JsonValue } from "./json.js";

/** Memory that a value takes, roughly, in bytes. Stops at `limit`: what is larger gives some number that is not less. */
export function weigh(value: JsonValue | undefined, limit: number): number {
  if (typeof value === "string") return 16 + 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  let sum = 16;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && sum < limit; i += 1) sum += weigh(value[i] as JsonValue, limit - sum);
    return sum;
  }
  const members = value as { readonly [key: string]: JsonValue };
  for (const key in members) {
    if (sum >= limit) return sum;
    sum += 16 + 2 * key.length + weigh(members[key], limit - sum);
  }
  return sum;
}

/** How many items of the outermost array or object an estimate looks at; a quarter of them one level below, and so on. */
const SAMPLES = 256;

/** What `weigh` would give without a limit: exact for what is small, else extrapolated from a few items, in bounded time. */
export function estimate(value: JsonValue | undefined, samples = SAMPLES): number {
  if (typeof value !== "object" || value === null) return weigh(value, Infinity);
  const inner = Math.max(1, samples >> 2);
  if (Array.isArray(value)) return 16 + sampled(value.length, samples, (i) => estimate(value[i] as JsonValue, inner));
  const members = value as { readonly [key: string]: JsonValue };
  const keys = Object.keys(members);
  return 16 + sampled(keys.length, samples, (i) => 16 + 2 * (keys[i] ?? "").length + estimate(members[keys[i] ?? ""], inner));
}

/** The sum over `count` items, from at most `samples` of them, which are spread evenly. */
function sampled(count: number, samples: number, weightAt: (index: number) => number): number {
  const seen = Math.min(count, samples);
  if (seen === 0) return 0;
  let sum = 0;
  for (let i = 0; i < seen; i += 1) sum += weightAt(Math.floor((i * count) / seen));
  return (sum * count) / seen;
}
