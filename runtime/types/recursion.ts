import { isObject, type JsonValue } from "../model/json.js";
import { valueAt } from "./pointer.js";

/** Whether a schema has a part that refers, directly or by way of others, to itself. */
export function isRecursive(root: JsonValue): boolean {
  const finished = new Set<string>();
  const circles = (reference: string, way: readonly string[]): boolean => {
    if (way.includes(reference)) return true;
    if (finished.has(reference)) return false;
    const found = [...referencesIn(valueAt(root, reference))].some((next) => circles(next, [...way, reference]));
    finished.add(reference);
    return found;
  };
  return [...referencesIn(root)].some((reference) => circles(reference, []));
}

function* referencesIn(value: JsonValue | undefined): Iterable<string> {
  if (!isObject(value) && !Array.isArray(value)) return;
  for (const [key, part] of Object.entries(value as Readonly<Record<string, JsonValue>>)) {
    if (key === "$ref" && typeof part === "string") yield part;
    else yield* referencesIn(part);
  }
}
