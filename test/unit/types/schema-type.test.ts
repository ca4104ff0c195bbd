import { expect, test } from "vitest";
import type { JsonValue } from "../../../runtime/model/json.js";
import { Declarations } from "../../../runtime/types/declarations.js";
import { SchemaTypes } from "../../../runtime/types/schema-type.js";

function typed(schema: JsonValue): readonly string[] {
  const declarations = new Declarations(["TreeNode"]);
  const { text } = new SchemaTypes(schema, "tree", declarations).typeOf(schema);
  return [text, ...declarations.texts].map((each) => each.replaceAll(/\s+/g, " ").trim());
}

const open = "{ readonly [key: string]: unknown }";

test.each<readonly [schema: JsonValue, type: string]>([
  // Anything and nothing.
  [{}, "unknown"],
  [true, "unknown"],
  [false, "never"],
  [{ minimum: 3, pattern: "x" }, "unknown"],
  [{ description: "Said elsewhere." }, "unknown"],
  // Types.
  [{ type: "string" }, "string"],
  [{ type: "integer" }, "number"],
  [{ type: "boolean" }, "boolean"],
  [{ type: "null" }, "null"],
  [{ type: ["string", "null"] }, "null | string"],
  [{ type: "string", nullable: true }, "null | string"],
  // Values.
  [{ const: "a" }, '"a"'],
  [{ const: null }, "null"],
  [{ const: -1.5 }, "-1.5"],
  [
    { const: { a: [1, { "b-c": null }], d: {} } },
    '{ readonly a: readonly [1, { readonly "b-c": null }]; readonly d: Readonly<Record<string, never>> }',
  ],
  [{ enum: ["a", 1, null] }, '"a" | 1 | null'],
  [{ enum: ['"*/\n'] }, '"\\"*/\\n"'],
  [{ type: "string", enum: ["a", 1] }, '"a"'],
  [{ enum: [] }, "never"],
  // Arrays.
  [{ type: "array" }, "readonly unknown[]"],
  [{ type: "array", items: { type: "string" } }, "readonly string[]"],
  [{ type: "array", items: { type: ["string", "null"] } }, "readonly (null | string)[]"],
  [{ type: "array", items: { type: "array", items: { type: "number" } } }, "readonly (readonly number[])[]"],
  [{ type: "array", items: false }, "readonly []"],
  [
    { type: "array", prefixItems: [{ type: "string" }, { type: ["number", "null"] }] },
    "readonly [string?, (null | number)?, ...unknown[]]",
  ],
  [
    { type: "array", prefixItems: [{ type: "string" }, {}], minItems: 1, items: { type: "number" } },
    "readonly [string, unknown?, ...number[]]",
  ],
  [{ type: "array", prefixItems: [{ type: "string" }], minItems: 1, maxItems: 1 }, "readonly [string]"],
  [{ type: "array", prefixItems: [{ type: "string" }], minItems: 1, items: false }, "readonly [string]"],
  // Objects.
  [{ type: "object" }, open],
  [{ type: "object", additionalProperties: false }, "Readonly<Record<string, never>>"],
  [{ type: "object", additionalProperties: { type: "number" } }, "{ readonly [key: string]: number }"],
  [{ type: "object", properties: { a: { type: "string" } }, additionalProperties: false }, "{ readonly a?: string }"],
  [
    { type: "object", properties: { a: { type: "string" }, "b-c": {} }, required: ["a"] },
    '{ readonly a: string; readonly "b-c"?: unknown; readonly [key: string]: unknown; }',
  ],
  [{ type: "object", required: ["a"] }, "{ readonly a: unknown; readonly [key: string]: unknown; }"],
  [
    { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "number" } },
    "{ readonly a?: string; readonly [key: string]: number | string | undefined; }",
  ],
  [
    { type: "object", properties: { a: { type: "string" } }, required: ["a", "b"], additionalProperties: { type: "number" } },
    "{ readonly a: string; readonly b: number; readonly [key: string]: number | string; }",
  ],
  [{ type: "object", patternProperties: { "^x": { type: "string" } }, additionalProperties: false }, "{ readonly [key: string]: string }"],
  [
    { type: "object", properties: { a: { type: "number", description: "How */ many.", deprecated: true } }, additionalProperties: false },
    "{ /** * How *\\/ many. * @deprecated */ readonly a?: number; }",
  ],
  // Nothing is guessed: without a type, other values fit too.
  [
    { properties: { a: {} }, additionalProperties: false },
    "null | boolean | number | string | readonly unknown[] | { readonly a?: unknown }",
  ],
  [{ items: { type: "string" } }, `null | boolean | number | string | readonly string[] | ${open}`],
  // Parts.
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, "string | number"],
  [{ oneOf: [{ type: "string" }, {}] }, "unknown"],
  [{ anyOf: [{ const: 1 }, false, { const: 1 }] }, "1"],
  [{ type: "string", anyOf: [{ const: "a" }, { minLength: 3 }] }, '"a" | string'],
  [{ type: ["string", "null"], allOf: [{ maxLength: 3 }] }, "null | string"],
  [{ allOf: [{ type: "string" }, { type: "number" }] }, "string & number"],
  [
    {
      type: "object",
      properties: { kind: { type: "string" } },
      additionalProperties: false,
      oneOf: [{ required: ["a"] }, { properties: { kind: { const: "b" } }, additionalProperties: false }],
    },
    '{ readonly kind?: string } & ({ readonly a: unknown; readonly [key: string]: unknown; } | { readonly kind?: "b" })',
  ],
  [{ type: "object", anyOf: [{ type: "string" }] }, "never"],
  [{ not: { type: "string" } }, "unknown"],
])("%j is %s", (schema, type) => {
  expect(typed(schema)).toEqual([type]);
});

test.each<readonly [what: string, schema: JsonValue, types: readonly string[]]>([
  [
    "a definition has a name, and its description",
    { $ref: "#/$defs/line-item", $defs: { "line-item": { type: "string", description: "One line." } } },
    ["TreeLineItem", "/** One line. */ export type TreeLineItem = string;"],
  ],
  [
    "a name that is taken is not given again",
    { type: "array", items: { $ref: "#/$defs/node" }, $defs: { node: { type: "number" } } },
    ["readonly TreeNode2[]", "export type TreeNode2 = number;"],
  ],
  [
    "a schema may refer to itself within an object or array",
    { type: "array", items: { $ref: "#" } },
    ["readonly TreeValue[]", "export type TreeValue = readonly TreeValue[];"],
  ],
  [
    "there are no tuples then: TypeScript could not look into them",
    { type: "array", prefixItems: [{ type: "array", prefixItems: [{ $ref: "#" }], items: false }, { type: "string" }], items: false },
    ["readonly (readonly TreeValue[] | string)[]", "export type TreeValue = readonly (readonly TreeValue[] | string)[];"],
  ],
  [
    "a reference that is no circle leaves tuples",
    { type: "array", prefixItems: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/a" }], items: false, $defs: { a: { type: "string" } } },
    ["readonly [TreeA?, TreeA?]", "export type TreeA = string;"],
  ],
  [
    "a circle without an object or array between says nothing",
    {
      $ref: "#/$defs/a",
      $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }, { type: "string" }] }, b: { anyOf: [{ $ref: "#/$defs/a" }, { const: 1 }] } },
    },
    ["TreeA", "export type TreeB = unknown;", "export type TreeA = TreeB | string;"],
  ],
  [
    "what stands beside a reference counts",
    { type: "object", properties: { a: {} }, additionalProperties: false, $ref: "#/$defs/b", $defs: { b: { type: "object" } } },
    ["{ readonly a?: unknown } & TreeB", `export type TreeB = ${open};`],
  ],
  ["a reference may name any part", { $ref: "#/x~1y/0", "x/y": [{ type: "null" }] }, ["Tree0", "export type Tree0 = null;"]],
  ["a reference that cannot be followed says nothing", { anyOf: [{ $ref: "#/$defs/none" }, { $ref: "#anchor" }] }, ["unknown"]],
  [
    "references of a schema with an id of its own are not followed",
    { type: "array", items: { $id: "other", $ref: "#/$defs/a" }, $defs: { a: { type: "string" } } },
    ["readonly unknown[]"],
  ],
])("%s", (_what, schema, types) => {
  expect(typed(schema)).toEqual(types);
});
