import { numberOf, refuseOthers } from "./numbers.js";
import type { Reducer } from "./reducer.js";
import { wholeSchema } from "./schema-parts.js";

/** Holds the smallest number written, the channel's default included; nothing before the first. */
export const min: Reducer<number | undefined> = {
  name: "min",
  concurrent: true,
  start: numberOf,
  refuses: (write) => refuseOthers("min", write),
  fold(held, write) {
    const written = numberOf(write);
    return held === undefined || (written !== undefined && written < held) ? written : held;
  },
  view: (held) => held,
  restore: numberOf,
  check: (def) => ({ schema: wholeSchema(def) }),
};
