import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";
import { singleValue } from "./single-value.js";

/** Holds the last write; one writer a superstep. */
export const last: Reducer<JsonValue | undefined> = { name: "last", concurrent: false, ...singleValue };
