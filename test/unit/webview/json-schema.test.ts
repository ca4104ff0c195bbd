import { expect, test } from "vitest";
import {
  choicesFor,
  typeOf,
  withoutProperty,
  withProperty,
  withPropertyRenamed,
  withRequired,
  withType,
} from "../../../webview/inspector/schema-form/json-schema.js";

const order = {
  type: "object",
  title: "Order",
  properties: { total: { type: "number", "x-unit": "EUR" }, strange: true },
  required: ["total"],
  additionalProperties: false,
};

test("a schema that is more than a form can say is called so, and kept until somebody chooses a type", () => {
  for (const schema of [{ anyOf: [] }, { const: 3 }, { $ref: "#/a" }, { type: ["string", "null"] }, { type: "null" }, { enum: [1] }]) {
    expect({ schema, type: typeOf(schema) }).toEqual({ schema, type: "other" });
    expect(choicesFor(schema).map(({ value }) => value)).toContain("other");
    expect(withType(schema, "other")).toEqual(schema);
    expect(withType({ ...schema, title: "T" }, "number")).toEqual({ type: "number", title: "T" });
  }
  expect(typeOf({ description: "d" })).toBe("");
  expect(choicesFor({}).map(({ value }) => value)).not.toContain("other");
});

test("a change of one property leaves what the form does not know", () => {
  expect(withProperty(order, "paid", { type: "boolean" })).toEqual({
    ...order,
    properties: { ...order.properties, paid: { type: "boolean" } },
  });
  expect(withPropertyRenamed(order, "total", "sum")).toEqual({
    ...order,
    properties: { sum: order.properties.total, strange: true },
    required: ["sum"],
  });
  expect(withoutProperty(order, "total")).toEqual({
    type: "object",
    title: "Order",
    properties: { strange: true },
    additionalProperties: false,
  });
  expect(withRequired(order, "strange", true)).toEqual({ ...order, required: ["total", "strange"] });
  expect(withRequired(order, "total", false)).not.toHaveProperty("required");
});

test("what means something for one type alone goes with it", () => {
  expect(withType({ type: "number", minimum: 1, description: "d" }, "integer")).toEqual({ type: "integer", minimum: 1, description: "d" });
  expect(withType({ type: "number", minimum: 1, description: "d" }, "string")).toEqual({ type: "string", description: "d" });
  expect(withType({ type: "string", enum: ["a"] }, "string")).toEqual({ type: "string", enum: ["a"] });
  expect(withType(order, "")).toEqual({ title: "Order" });
});
