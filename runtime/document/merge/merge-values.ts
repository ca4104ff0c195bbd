// Two values that were made of one, as one value: what one side changed is taken, field by field.
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { escaped } from "../../model/json-pointer.js";
import { sameJson } from "../same-json.js";

/** Where both sides changed one thing, each in another way. A side that is absent has deleted it, or never had it. */
export interface Conflict {
  /** JSON Pointer. */
  readonly at: string;
  readonly base?: JsonValue;
  readonly ours?: JsonValue;
  readonly theirs?: JsonValue;
}

/** One value as each side has it; undefined where a side has none. */
export interface Sides<Value = JsonValue> {
  readonly base: Value | undefined;
  readonly ours: Value | undefined;
  readonly theirs: Value | undefined;
}

/** Says which of two changes of one thing counts without being asked, or what both make together; undefined: neither, it is a conflict. */
export type Prefer = (at: string, sides: Sides) => "ours" | "theirs" | { readonly both: JsonValue } | undefined;

/** What was merged. */
export interface Merged {
  readonly value: JsonValue | undefined;
  readonly conflicts: readonly Conflict[];
}

/** Merges a value. Of a conflict it has ours, or what theirs made of it where ours was deleted: nothing is lost. */
export function mergeValues(sides: Sides, prefer: Prefer = () => undefined, at = ""): Merged {
  const { base, ours, theirs } = sides;
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return { value: ours, conflicts: [] };
  if (sameJson(base, ours)) return { value: theirs, conflicts: [] };
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base))) return mergeObjects({ base, ours, theirs }, prefer, at);
  const preferred = prefer(at, sides);
  if (preferred !== undefined) return { value: typeof preferred === "string" ? sides[preferred] : preferred.both, conflicts: [] };
  return { value: ours ?? theirs, conflicts: [{ at, ...given("base", base), ...given("ours", ours), ...given("theirs", theirs) }] };
}

function mergeObjects(
  { base = {}, ours, theirs }: { base?: JsonObject | undefined; ours: JsonObject; theirs: JsonObject },
  prefer: Prefer,
  at: string,
): Merged {
  const value: Record<string, JsonValue> = {};
  const conflicts: Conflict[] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const merged = mergeValues({ base: of(base, key), ours: of(ours, key), theirs: of(theirs, key) }, prefer, `${at}/${escaped(key)}`);
    conflicts.push(...merged.conflicts);
    if (merged.value !== undefined)
      Object.defineProperty(value, key, { value: merged.value, enumerable: true, writable: true, configurable: true });
  }
  return { value, conflicts };
}

function of(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function given<Name extends string>(name: Name, value: JsonValue | undefined): { readonly [Key in Name]?: JsonValue } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: JsonValue });
}
