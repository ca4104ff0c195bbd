import { numberOf, refuseOthers } from "./numbers.js";
import type { Reducer } from "./reducer.js";

/** Adds up numbers, from the channel's default or 0. Stops at the largest number there is: JSON has no infinity. */
export const sum: Reducer<number> = {
  name: "sum",
  concurrent: true,
  start: (initial) => numberOf(initial) ?? 0,
  refuses: (write) => refuseOthers("sum", write),
  fold: (held, write) => finite(held + (numberOf(write) ?? 0)),
  view: (held) => held,
  restore: (value) => numberOf(value) ?? 0,
  // Bounds are of the sum, not of what is added; but only whole numbers add up to a whole number.
  check: ({ schema }) => ({ schema: { type: schema["type"] === "integer" ? "integer" : "number" } }),
};

function finite(total: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, total)) + 0;
}
