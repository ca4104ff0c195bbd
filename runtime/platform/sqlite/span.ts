// Which supersteps the records of a page are in.
import { superstepOf, type Checkpoint } from "../../checkpoint/checkpoint.js";
import { unpack } from "./codec.js";
import { recordsOf, type StoredRecord } from "./records.js";

/** Above every superstep: where an open page ends is not known yet. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/** The lowest and the highest superstep of some records; the highest is below the lowest where there are none. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** Of nothing. */
export const noSpan: Span = { low: 0, high: -1 };

/** The span with one more superstep in it. */
export function widened({ low, high }: Span, superstep: number): Span {
  return high < low ? { low: superstep, high: superstep } : { low: Math.min(low, superstep), high: Math.max(high, superstep) };
}

/** The superstep that a record is in; undefined for one whose checkpoint was deleted. */
export function superstepIn({ checkpoint }: StoredRecord): number | undefined {
  return checkpoint === "" ? undefined : superstepOf((JSON.parse(checkpoint) as Checkpoint).frontier);
}

/** The span of a sealed page as its row has it; that of nothing where it is damaged. */
export function packedSpan(codec: unknown, sum: unknown, body: unknown): Span {
  const text = body instanceof Uint8Array ? unpack({ codec: Number(codec), sum: String(sum), body }) : undefined;
  if (text === undefined) return noSpan;
  return recordsOf(text).reduce((span, record) => {
    const superstep = superstepIn(record);
    return superstep === undefined ? span : widened(span, superstep);
  }, noSpan);
}
