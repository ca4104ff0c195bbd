import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";
import { singleValue } from "./single-value.js";

/**
 * Folded by a function of the user's, which never runs here: what it gave for a superstep is kept beside the writes, and
 * rebuilding takes that. The writes alone say nothing of the value.
 */
export const handler: Reducer<JsonValue | undefined> = {
  name: "handler",
  concurrent: true,
  apart: true,
  start: singleValue.start,
  fold: (held) => held,
  view: singleValue.view,
  restore: singleValue.restore,
  check: singleValue.check,
};
