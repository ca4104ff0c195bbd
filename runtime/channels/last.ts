import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";

/** Holds the last write; one writer a superstep. */
export const last: Reducer<JsonValue | undefined> = {
  name: "last",
  concurrent: false,
  start: (def) => def.initial,
  fold: (_held, write) => write,
  view: (held) => held,
  restore: (value) => value,
  writeSchema: (def) => ({ schema: def.schema, each: false }),
};
