import { describe, expect, it } from "vitest";
import { formOf, readForm, type FormField } from "../../../webview/questions/answer-form.js";

const form = (schema: Record<string, unknown>): readonly FormField[] => {
  const fields = formOf(schema);
  if (fields === undefined) throw new Error("no form");
  return fields;
};
const refund = {
  type: "object",
  properties: {
    amount: { type: "number", title: "Amount" },
    days: { type: "integer", default: 3 },
    reason: { type: "string", description: "for the customer" },
    speed: { enum: ["fast", "slow"] },
    tell: { type: "boolean", default: true },
  },
  required: ["amount"],
};

describe("formOf", () => {
  it.each<readonly [string, Record<string, unknown> | undefined, readonly string[] | undefined]>([
    ["no schema", undefined, undefined],
    ["anything", {}, undefined],
    ["an object of anything", { type: "object" }, undefined],
    ["a list", { type: "array", items: { type: "string" } }, undefined],
    ["an object with a list in it", { type: "object", properties: { a: { type: "string" }, b: { type: "array" } } }, undefined],
    ["a choice of objects", { enum: [{}, {}] }, undefined],
    ["a text", { type: "string" }, ["text"]],
    ["a number", { type: "integer" }, ["number"]],
    ["a truth", { type: "boolean" }, ["choice"]],
    ["a choice", { enum: ["a", 1, null] }, ["choice"]],
    ["an object of those", refund, ["number", "number", "text", "choice", "choice"]],
  ])("for %s", (_name, schema, kinds) => expect(formOf(schema)?.map(({ kind }) => kind)).toEqual(kinds));

  it("calls fields by their titles, says which are needed, and begins with defaults", () => {
    expect(form(refund).map(({ label, required, initial, description }) => [label, required, initial, description])).toEqual([
      ["Amount", true, "", ""],
      ["days", false, "3", ""],
      ["reason", false, "", "for the customer"],
      ["speed", false, "", ""],
      ["tell", false, "yes", ""],
    ]);
  });
});

describe("readForm", () => {
  const check = (schema: Record<string, unknown>, typed: Record<string, string>, expected: object): void =>
    expect(readForm(form(schema), typed)).toEqual(expected);
  it("makes a value of what was typed, and leaves out what was not", () => {
    check(refund, { amount: "12.5", speed: "slow" }, { ok: true, value: { amount: 12.5, days: 3, speed: "slow", tell: true } });
    check({ type: "string" }, { "": "words" }, { ok: true, value: "words" });
    check({ type: "boolean" }, { "": "no" }, { ok: true, value: false });
    check({ enum: ["a", 1, null] }, { "": "1" }, { ok: true, value: 1 });
  });
  it("takes nothing at all for no value", () => {
    check({ type: "number" }, {}, { ok: true, value: undefined });
    check({ type: "object", properties: { a: { type: "string" } }, required: ["a"] }, { a: "" }, { ok: true, value: undefined });
  });
  it("says what is wrong, and where", () => {
    check(refund, { days: "2" }, { ok: false, field: "amount", message: "Amount: fill this in" });
    check(refund, { amount: "much" }, { ok: false, field: "amount", message: "Amount: must be a number" });
    check(refund, { amount: "1", days: "1.5" }, { ok: false, field: "days", message: "days: must be a whole number" });
    check({ type: "integer" }, { "": "x" }, { ok: false, field: "", message: "must be a number" });
  });
});
