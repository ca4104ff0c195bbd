import { readJson } from "../../runtime/document/json-reader.js";
import type { JsonNode, Property } from "../../runtime/document/json-tree.js";

/** Deeper than a field of a field the inspector has no place for a problem. */
const DEPTH = 2;

/** The field that an offset in the text of an entry's value is in, its parts separated by dots; undefined where it is in none. */
export function fieldAt(entry: string, offset: number): string | undefined {
  const names: string[] = [];
  let node: JsonNode | undefined = readJson(entry).root;
  while (node?.type === "object" && names.length < DEPTH) {
    const property: Property | undefined = node.properties.find((each) => each.keyStart <= offset && offset < endOf(each));
    if (property === undefined) break;
    names.push(property.key);
    node = property.value;
  }
  return names.length === 0 ? undefined : names.join(".");
}

function endOf({ value, shift, keyEnd }: Property): number {
  return value === undefined ? keyEnd : value.end + shift;
}
