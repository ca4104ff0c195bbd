import { expect, test } from "vitest";
import type { ChannelDef } from "../../../runtime/model/graph.js";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";
import { channelType } from "../../../runtime/types/channel-type.js";
import { Declarations } from "../../../runtime/types/declarations.js";

function typed(reducer: ChannelDef["reducer"], schema: JsonObject, initial?: JsonValue): object {
  const def: ChannelDef = { name: "c", schema, reducer, ...(initial === undefined ? {} : { initial }) };
  const { value, write, always } = channelType(def, new Declarations([]));
  return { value: value.replace(/^\/\*\*[^]*?\*\/\n/, ""), write, always };
}

const point: JsonObject = { type: "object", properties: { x: { type: "number" } }, required: ["x"], additionalProperties: false };
const strings: JsonObject = { type: "array", items: { type: "string" } };

test.each<readonly [ChannelDef["reducer"], JsonObject, value: string, write: string, always: boolean]>([
  ["last", { type: "string" }, "string", 'Channels["c"] | undefined', false],
  ["latest", point, "{ readonly x: number }", 'Channels["c"] | undefined', false],
  ["ephemeral", { type: "object" }, "{ readonly [key: string]: unknown }", 'Written<Channels["c"]> | undefined', false],
  ["append", strings, "readonly string[]", 'Added<Channels["c"]>', true],
  ["append", {}, "readonly unknown[]", 'Added<Channels["c"]>', true],
  [
    "union",
    { type: "array", items: { type: "object" } },
    "readonly { readonly [key: string]: unknown }[]",
    'Added<Written<Channels["c"]>>',
    true,
  ],
  ["append", { ...strings, prefixItems: [{}] }, "readonly unknown[]", 'Added<Channels["c"]>', true],
  ["messages", { type: "array", items: point }, "readonly { readonly x: number }[]", 'Said<Channels["c"]>', true],
  ["merge", point, "{ readonly x?: number }", 'Merged<Channels["c"]>', true],
  ["merge", { type: "object", anyOf: [point] }, "{ readonly [key: string]: unknown }", 'Merged<Written<Channels["c"]>>', true],
  ["sum", { type: "integer", enum: [1, 2] }, "number", "number", true],
  ["min", {}, "number", "number", false],
  ["max", { type: "number" }, "number", "number", false],
  ["handler", { type: "string" }, "string", "unknown", false],
])("%s of %j", (reducer, schema, value, write, always) => {
  expect(typed(reducer, schema)).toEqual({ value: `readonly c: ${value};`, write: `readonly c?: ${write};`, always });
});

test.each<readonly [ChannelDef["reducer"], JsonValue]>([
  ["last", null],
  ["ephemeral", "x"],
  ["max", 0],
])("a %s channel with a default has a value from the start on", (reducer, initial) => {
  expect(typed(reducer, {}, initial)).toMatchObject({ always: true });
});
