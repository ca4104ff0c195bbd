import type { RetentionPolicy } from "../../runtime/checkpoint/retention.js";
import { parseSize } from "../../runtime/document/quantities.js";
import { parseDuration } from "../../runtime/model/duration.js";

/** The limit that a text names: a whole number of checkpoints, an age such as `30d`, a size such as `500MB`; undefined for anything else. */
export function parseLimit(text: string): (Pick<RetentionPolicy, "age" | "bytes"> & { readonly keep?: number }) | undefined {
  if (/^[1-9]\d{0,8}$/.test(text)) return { keep: Number(text) };
  const age = parseDuration(text);
  if (age !== undefined) return { age };
  const bytes = parseSize(text);
  return bytes === undefined ? undefined : { bytes };
}
