import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";
import { singleValue } from "./single-value.js";

/** Holds the last write; of several in one superstep the last in task order. */
export const latest: Reducer<JsonValue | undefined> = { name: "latest", concurrent: true, ...singleValue };
