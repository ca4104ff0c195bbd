import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";
import { singleValue } from "./single-value.js";

/**
 * Holds what one superstep wrote for the next one: the routes that follow and the tasks of the next superstep see it, and when
 * that superstep's writes are applied it is gone, unless it was written anew.
 */
export const ephemeral: Reducer<JsonValue | undefined> = { name: "ephemeral", concurrent: false, passing: true, ...singleValue };
