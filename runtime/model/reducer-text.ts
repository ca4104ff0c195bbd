import { isObject, type JsonValue } from "./json.js";

/** A document's `reducer` field as people read it: its word, or the handler that it names. */
export function reducerText(field: JsonValue | undefined): string {
  const named = isObject(field) ? field["handler"] : field;
  return typeof named === "string" && named !== "" ? named : "last";
}
