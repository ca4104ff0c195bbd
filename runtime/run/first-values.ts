import type { JsonObject, JsonValue } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { RunOptions } from "./run-options.js";

/**
 * What channels start with, and the input. What lasts for one superstep must be input, to be there in the first; a value is what
 * its channel would be if nothing but that had been written.
 */
export function firstValues(
  { channels }: Plan,
  { values = {}, input = {} }: RunOptions,
): { readonly values: JsonObject; readonly input: JsonObject } {
  const passing = Object.entries(values).filter(([name]) => channels.get(name)?.reducer.passing === true);
  const lasting = Object.entries(values).flatMap(([name, value]): [string, JsonValue][] => {
    const reducer = channels.get(name)?.reducer;
    if (reducer?.passing === true) return [];
    // What cannot be folded is refused by the check that follows. A reducer of the user's is not asked: a first value is no write.
    const folded =
      reducer === undefined || reducer.apart === true || reducer.refuses?.(value) !== undefined
        ? value
        : reducer.view(reducer.fold(reducer.restore(undefined), value));
    return folded === undefined ? [] : [[name, folded]];
  });
  return { values: Object.fromEntries(lasting), input: { ...input, ...Object.fromEntries(passing) } };
}
