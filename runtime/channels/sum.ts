import type { Reducer } from "./reducer.js";

/** Adds up numbers, from the channel's default or 0. */
export const sum: Reducer<number> = {
  name: "sum",
  concurrent: true,
  start: (def) => (typeof def.initial === "number" ? def.initial : 0),
  refuses: (write) => (typeof write === "number" ? undefined : "a `sum` channel takes numbers"),
  fold: (held, write) => held + (write as number),
  view: (held) => held,
  restore: (value) => (typeof value === "number" ? value : 0),
  writeSchema: () => ({ schema: { type: "number" }, each: false }),
};
