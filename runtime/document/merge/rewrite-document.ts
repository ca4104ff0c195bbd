// Makes a document say something else by the fewest edits of its text: comments, order and formatting of the rest stay.
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { minimalEdits } from "../edit-list.js";
import type { TextEdit } from "../intent.js";
import { propertyOf, type ObjectNode, type Property } from "../json-tree.js";
import { addition, Rewriter, type Addition } from "../rewrite-object.js";
import { placeFor, rankOf } from "../place-for.js";
import { isEntrySection } from "../sections.js";
import { styleOf } from "../text-style.js";

/**
 * The edits that make a document's JSON be `json`. `order`: keys of its sections in an order in which new entries follow those that they
 * follow there.
 */
export function rewriteDocument(text: string, root: ObjectNode, json: JsonObject, order: JsonObject = {}): readonly TextEdit[] {
  const rewriter = new Rewriter(text, styleOf(text, root));
  const remove = new Set(root.properties.map(({ key }) => key).filter((key) => !Object.hasOwn(json, key)));
  const replace = new Map<string, JsonValue>();
  const add: Addition[] = [];
  for (const [name, value] of Object.entries(json)) {
    const property = propertyOf(root, name);
    if (property === undefined) add.push(addition(name, value, placeFor(root, name)));
    else if (isEntrySection(name) && property.value?.type === "object" && isObject(value))
      rewriteSection(rewriter, property.value, property.shift, value, order[name]);
    else replace.set(name, value);
  }
  const inOrder = add.toSorted((a, b) => rankOf(a.key) - rankOf(b.key));
  rewriter.object(root, 0, { remove, replace, add: inOrder, lines: true });
  return minimalEdits(text, rewriter.edits);
}

function rewriteSection(rewriter: Rewriter, node: ObjectNode, origin: number, json: JsonObject, order: JsonValue | undefined): void {
  const present = new Map(node.properties.map((property) => [property.key, property]));
  const remove = new Set([...present.keys()].filter((key) => !Object.hasOwn(json, key)));
  const replace = new Map(Object.entries(json).filter(([key]) => present.has(key)));
  const places = followed(isObject(order) ? Object.keys(order) : [], present, remove);
  const last = node.properties.findLast(({ key }) => !remove.has(key));
  const add = Object.keys(json).flatMap((key) => {
    const value = json[key];
    return present.has(key) || value === undefined ? [] : [addition(key, value, places.has(key) ? places.get(key) : last)];
  });
  rewriter.object(node, origin, { remove, replace, add, lines: true });
}

/** The property that each key follows in an order: the nearest before it that is there and stays. */
function followed(
  order: readonly string[],
  present: ReadonlyMap<string, Property>,
  remove: ReadonlySet<string>,
): ReadonlyMap<string, Property | undefined> {
  const places = new Map<string, Property | undefined>();
  let before: Property | undefined;
  for (const key of order) {
    const own = present.get(key);
    if (own === undefined) places.set(key, before);
    else if (!remove.has(key)) before = own;
  }
  return places;
}
