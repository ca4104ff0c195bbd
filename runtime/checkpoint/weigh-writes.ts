import { weigh } from "../model/weigh.js";
import type { ChannelWrites, RoutedTask } from "./checkpoint.js";

/** Memory that a superstep's writes take, roughly, in bytes. */
export function weighWrites(delta: ChannelWrites): number {
  return delta.reduce((bytes, { writes, folded = {} }) => bytes + weigh(writes, Infinity) + weigh(folded, Infinity), 0);
}

/** Memory that the inputs of tasks take, roughly, in bytes. */
export function weighInputs(routed: readonly RoutedTask[]): number {
  return routed.reduce((bytes, { input }) => (input === undefined ? bytes : bytes + weigh(input, Infinity)), 0);
}
