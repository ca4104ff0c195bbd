import type { ObjectNode, Property } from "./json-tree.js";
import { canonicalOrder } from "./sections.js";

/** The property after which a missing field of a document belongs: the last that comes before it in canonical order; layout is always last. */
export function placeFor(root: ObjectNode, name: string): Property | undefined {
  if (name === "layout") return root.properties.at(-1);
  return root.properties.findLast(({ key }) => rankOf(key) >= 0 && rankOf(key) < rankOf(name));
}

/** The place of a field in canonical order; below 0: it has none. */
export function rankOf(name: string): number {
  return (canonicalOrder as readonly string[]).indexOf(name);
}
