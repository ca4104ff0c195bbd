import { weigh } from "../model/weigh.js";
import type { ChannelWrites } from "./checkpoint.js";

/** Memory that a superstep's writes take, roughly, in bytes. */
export function weighWrites(delta: ChannelWrites): number {
  return delta.reduce((bytes, { writes, folded = {} }) => bytes + weigh(writes, Infinity) + weigh(folded, Infinity), 0);
}
