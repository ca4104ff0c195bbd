import fc from "fast-check";
import { expect, test } from "vitest";
import { compileSchema, schemaCheck } from "../../../runtime/channels/schema-check.js";
import { CHANNEL_SCHEMA_ID } from "../../../runtime/channels/schema-parts.js";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";

const type = fc.constantFrom("null", "boolean", "number", "integer", "string", "array", "object");
const plain: fc.Arbitrary<JsonObject> = fc.record(
  { type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1 })), title: fc.string(), default: fc.jsonValue() as fc.Arbitrary<JsonValue> },
  { requiredKeys: ["type"] },
);

test("a schema that only says a type is checked as the compiler checks it", () => {
  fc.assert(
    fc.property(plain, fc.jsonValue() as fc.Arbitrary<JsonValue>, (schema, value) => {
      const validate = compileSchema(schema);
      const expected = validate(value) ? undefined : { path: validate.errors?.[0]?.instancePath, reason: validate.errors?.[0]?.message };
      expect(schemaCheck({ $ref: CHANNEL_SCHEMA_ID }, schema)(value)).toEqual(expected);
      expect(schemaCheck({ $ref: `${CHANNEL_SCHEMA_ID}#/items` }, { type: "array", items: schema })(value)).toEqual(expected);
    }),
  );
});

test.each<readonly [JsonObject, JsonValue]>([
  [{ type: "string", minLength: 2 }, "x"],
  [{ type: "number", maximum: 1 }, 2],
  [{ type: "string", enum: ["a"] }, "b"],
  [{ type: "string", pattern: "^\\p{Lu}\\u0061[^\\d]$" }, "Äa1"],
  [{ type: "number", $defs: { a: { type: "string" } }, $ref: "#/$defs/a" }, 1],
  [{ const: 1 }, 2],
])("a schema that says more is compiled: %j", (schema, value) => {
  expect(schemaCheck({ $ref: CHANNEL_SCHEMA_ID }, schema)(value)).toMatchObject({ path: "" });
});

test.each<JsonObject>([
  { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } },
  { $ref: "#" },
  { $ref: "https://example.com/not-there" },
])("a schema that cannot be used refuses what is written, and says so: %j", (schema) => {
  const fault = schemaCheck({ $ref: CHANNEL_SCHEMA_ID }, schema)(1);
  expect(fault?.reason).toMatch(/^the channel's schema cannot be used \(/);
});
