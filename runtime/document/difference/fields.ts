import { isObject, type JsonValue } from "../../model/json.js";
import { sameJson } from "../same-json.js";

/** A value that differs; a side that has none is absent. */
export interface FieldDifference {
  /** Keys from the entry, or from the document, to the value. */
  readonly path: readonly string[];
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Where two values differ, as deep as both are objects; lists are compared as wholes. */
export function differingFields(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[] = [],
): readonly FieldDifference[] {
  if (sameJson(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ path, ...sides(before, after) }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differingFields(own(before, key), own(after, key), [...path, key]));
}

/** Two sides of which one may be absent. */
export function sides(before: JsonValue | undefined, after: JsonValue | undefined): Pick<FieldDifference, "before" | "after"> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** A member of an object, its prototype's apart. */
export function own(object: { readonly [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
