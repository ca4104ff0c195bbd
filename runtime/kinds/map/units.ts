import type { JsonValue } from "../../model/json.js";
import type { Unit } from "./call-item.js";

/**
 * The work on a list, in its order: each item that is not finished by itself, or, with a chunk size, those among each so many
 * neighbours. Where the chunks lie does not depend on what is finished.
 */
export function* unitsOf(list: readonly JsonValue[], chunk: number | undefined, finished: (index: number) => boolean): Generator<Unit> {
  const size = chunk ?? 1;
  for (let from = 0; from < list.length; from += size) {
    const indexes: number[] = [];
    const items: JsonValue[] = [];
    for (let index = from; index < Math.min(from + size, list.length); index += 1) {
      if (finished(index)) continue;
      indexes.push(index);
      items.push(list[index] as JsonValue);
    }
    if (indexes.length > 0) yield { indexes, items };
  }
}
