import { numberOf, refuseOthers } from "./numbers.js";
import type { Reducer } from "./reducer.js";
import { wholeSchema } from "./schema-parts.js";

/** Holds the largest number written, the channel's default included; nothing before the first. */
export const max: Reducer<number | undefined> = {
  name: "max",
  concurrent: true,
  start: numberOf,
  refuses: (write) => refuseOthers("max", write),
  fold(held, write) {
    const written = numberOf(write);
    return held === undefined || (written !== undefined && written > held) ? written : held;
  },
  view: (held) => held,
  restore: numberOf,
  check: (def) => ({ schema: wholeSchema(def) }),
};
