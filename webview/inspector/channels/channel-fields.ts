// What a change of one field makes of a channel. Pure.
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import { withKeyword } from "../schema-form/json-schema.js";

/** The fields of a channel with one set, or removed by undefined; the usual ones are left out. */
export function withField(fields: JsonObject, name: "schema" | "reducer" | "default", value: JsonValue | undefined): JsonObject {
  const bare = value === undefined || (name === "schema" && isObject(value) && Object.keys(value).length === 0) || value === "last";
  return withKeyword(fields, name, bare ? undefined : value);
}
