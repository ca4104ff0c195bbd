export { parseDuration } from "../model/duration.js";

const BYTES = { B: 1, KB: 1_024, MB: 1_048_576, GB: 1_073_741_824 } as const;
const SIZE = /^(\d+(?:\.\d+)?)(B|KB|MB|GB)$/;

/** Bytes of `512B`, `64KB`, `256MB`, `1GB`; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = SIZE.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * BYTES[unit as keyof typeof BYTES];
}
