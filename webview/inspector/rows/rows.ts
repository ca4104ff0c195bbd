// The rows of a table from name to value: what a change of one makes of all. Pure.
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import { showJson } from "../values.js";

/** A table with one value set; a name that is not there comes last. */
export function withRow(table: JsonObject, name: string, value: JsonValue): JsonObject {
  return Object.fromEntries(
    Object.hasOwn(table, name)
      ? Object.entries(table).map(([each, before]) => [each, each === name ? value : before])
      : [...Object.entries(table), [name, value]],
  );
}

/** A table without a row. */
export function withoutRow(table: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(table).filter(([each]) => each !== name));
}

/** A table in which a row has another name, in its place. */
export function withRenamed(table: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name === from ? to : name, value]));
}

/** Whether a value is a table whose values are texts, numbers and truths: what rows can hold. */
export function isTable(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every((each) => ["string", "number", "boolean"].includes(typeof each));
}

/** A value of a row as it is typed. */
export function showRow(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : showJson(value);
}

/** What was typed in a row: text, or, where a number or a truth stood, one again. */
export function readRow(typed: string, before: JsonValue | undefined): JsonValue {
  if (typeof before === "boolean" && (typed === "true" || typed === "false")) return typed === "true";
  if (typeof before === "number" && typed.trim() !== "" && Number.isFinite(Number(typed))) return Number(typed);
  return typed;
}

/** Why a row cannot be called so: by the `propertyNames` of a schema, or as another has the name. */
export function nameRefusal(name: string, others: readonly string[], schema: JsonObject): string | undefined {
  if (name === "") return "A row needs a name; remove it where it is not wanted.";
  if (others.includes(name)) return `There is “${name}” already.`;
  const { propertyNames } = schema;
  return isObject(propertyNames) && !allows(propertyNames, name) ? `“${name}” cannot be a name here.` : undefined;
}

function allows({ pattern, not }: JsonObject, name: string): boolean {
  if (typeof pattern === "string" && !new RegExp(pattern).test(name)) return false;
  return !isObject(not) || typeof not["pattern"] !== "string" || !new RegExp(not["pattern"]).test(name);
}
