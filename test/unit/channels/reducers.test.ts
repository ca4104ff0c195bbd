import { describe, expect, test } from "vitest";
import { ChannelProgram } from "../../../runtime/channels/channel-program.js";
import { reducers } from "../../../runtime/channels/reducers.js";
import type { ReducerName } from "../../../runtime/model/graph.js";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";

/** The value after these writes. */
function folded(name: ReducerName, writes: readonly JsonValue[], initial?: JsonValue): JsonValue | undefined {
  const reducer = reducers[name];
  let held = reducer.start(initial);
  for (const write of writes) held = reducer.fold(held, write);
  return reducer.view(held);
}

interface Case {
  readonly reducer: ReducerName;
  readonly writes: readonly JsonValue[];
  readonly initial?: JsonValue;
  readonly value: JsonValue | undefined;
}

const values: readonly Case[] = [
  { reducer: "last", writes: [], value: undefined },
  { reducer: "last", writes: [], initial: null, value: null },
  { reducer: "last", writes: [1, 2], value: 2 },
  { reducer: "latest", writes: [1, 2], initial: 0, value: 2 },
  { reducer: "ephemeral", writes: [[1], [2]], value: [2] },
  { reducer: "append", writes: [], value: [] },
  { reducer: "append", writes: [1, [2, 3], [[4]]], initial: [0], value: [0, 1, 2, 3, [4]] },
  { reducer: "union", writes: [], value: [] },
  { reducer: "union", writes: [1, [2, 1], "1", 2], value: [1, 2, "1"] },
  { reducer: "union", writes: [[{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1 }]], value: [{ a: 1, b: 2 }, { a: 1 }] },
  { reducer: "union", writes: [{ id: 1, n: 1 }, { id: "1" }, { id: 1, n: 2 }], value: [{ id: 1, n: 1 }, { id: "1" }] },
  {
    reducer: "union",
    writes: [
      { id: null, n: 1 },
      { id: null, n: 2 },
    ],
    value: [
      { id: null, n: 1 },
      { id: null, n: 2 },
    ],
  },
  { reducer: "union", writes: [[3, 1]], initial: [1, 1, 2], value: [1, 2, 3] },
  { reducer: "merge", writes: [], value: {} },
  { reducer: "merge", writes: [{ a: 1, b: { c: 1 } }, { b: { d: 2 } }], value: { a: 1, b: { d: 2 } } },
  { reducer: "merge", writes: [{ a: null, c: null, b: 2 }], initial: { a: 1 }, value: { b: 2 } },
  { reducer: "messages", writes: [{ text: "a" }, [{ text: "a" }]], value: [{ text: "a" }, { text: "a" }] },
  { reducer: "messages", writes: [[{ id: "x", n: 1 }, { id: "y" }], { id: "x", n: 2 }], value: [{ id: "x", n: 2 }, { id: "y" }] },
  { reducer: "messages", writes: [[{ id: "x" }, { id: 1 }], { remove: "x" }, { remove: "no" }], value: [{ id: 1 }] },
  {
    reducer: "messages",
    writes: [
      [{ id: "x" }, {}],
      [{ remove: true }, { id: "y" }],
    ],
    value: [{ id: "y" }],
  },
  {
    reducer: "messages",
    writes: [{ id: "x", remove: "x" }, { remove: { id: "x" } }],
    value: [{ id: "x", remove: "x" }, { remove: { id: "x" } }],
  },
  { reducer: "sum", writes: [], value: 0 },
  { reducer: "sum", writes: [1, -4], initial: 2.5, value: -0.5 },
  { reducer: "sum", writes: [Number.MAX_VALUE, Number.MAX_VALUE], value: Number.MAX_VALUE },
  { reducer: "min", writes: [], value: undefined },
  { reducer: "min", writes: [5, 7, 6], value: 5 },
  { reducer: "min", writes: [5], initial: 3, value: 3 },
  { reducer: "max", writes: [-5, -7], value: -5 },
  { reducer: "max", writes: [-5], initial: 0, value: 0 },
];

describe("the value of", () => {
  test.each(values.map((each) => [each.reducer, JSON.stringify(each.writes), each] as const))("%s after %s", (_name, _writes, each) => {
    expect(folded(each.reducer, each.writes, each.initial)).toEqual(each.value);
  });

  test.each(["sum", "min", "max"] as const)("%s never is -0, which JSON does not have", (name) => {
    for (const value of [folded(name, [-0]), folded(name, [-0, -0], -0), folded(name, [0, -0])]) expect(Object.is(value, 0)).toBe(true);
  });
});

interface Refused {
  readonly reducer: ReducerName;
  readonly schema?: JsonObject;
  readonly write: JsonValue | undefined;
  /** Absent: the write is accepted. */
  readonly path?: string;
}

const point = { type: "object", properties: { x: { $ref: "#/$defs/n" } }, required: ["x", "y"], $defs: { n: { type: "number" } } };
const points = { type: "array", items: { $ref: "#/$defs/point" }, $defs: { point: { type: "object", required: ["x"] } } };

const writes: readonly Refused[] = [
  { reducer: "last", schema: point, write: { x: 1, y: 2 } },
  { reducer: "last", schema: point, write: { x: "1", y: 2 }, path: "/x" },
  { reducer: "last", schema: point, write: undefined },
  { reducer: "latest", schema: { type: "number" }, write: "1", path: "" },
  { reducer: "latest", write: undefined },
  { reducer: "ephemeral", schema: { type: "number" }, write: "1", path: "" },
  { reducer: "ephemeral", write: undefined },
  { reducer: "append", schema: points, write: [{ x: 1 }, {}], path: "/1" },
  { reducer: "append", schema: points, write: {}, path: "" },
  { reducer: "append", schema: { items: false }, write: [1], path: "/0" },
  { reducer: "append", schema: { type: "array", maxItems: 0 }, write: [1] },
  { reducer: "append", write: undefined, path: "" },
  { reducer: "union", schema: points, write: [{ x: 1 }, {}], path: "/1" },
  { reducer: "union", write: undefined, path: "" },
  { reducer: "merge", write: [1], path: "" },
  { reducer: "merge", write: null, path: "" },
  { reducer: "merge", schema: point, write: { x: 1 } },
  { reducer: "merge", schema: point, write: { x: null, z: null } },
  { reducer: "merge", schema: point, write: { x: "1" }, path: "/x" },
  { reducer: "merge", schema: { properties: { "a/b %": {} }, additionalProperties: false }, write: { "a/b %": 1, c: 2 }, path: "/c" },
  { reducer: "merge", schema: { patternProperties: { "^n": { type: "number" } } }, write: { nn: "x" }, path: "/nn" },
  { reducer: "merge", schema: { propertyNames: { maxLength: 1 } }, write: { nn: "x" }, path: "" },
  { reducer: "merge", write: undefined, path: "" },
  { reducer: "messages", write: "hello", path: "" },
  { reducer: "messages", write: [{}, "hello"], path: "/1" },
  { reducer: "messages", write: [{ id: {} }], path: "/0/id" },
  { reducer: "messages", write: { id: null } },
  { reducer: "messages", schema: points, write: [{ x: 1 }, { remove: "x" }, { remove: true }] },
  { reducer: "messages", schema: points, write: [{ remove: "x" }, { remove: false }], path: "/1" },
  { reducer: "messages", write: undefined, path: "" },
  { reducer: "sum", write: "1", path: "" },
  { reducer: "sum", write: Number.POSITIVE_INFINITY, path: "" },
  { reducer: "sum", schema: { type: "integer", maximum: 3 }, write: 4 },
  { reducer: "sum", schema: { type: "integer" }, write: 0.5, path: "" },
  { reducer: "sum", write: undefined, path: "" },
  { reducer: "min", schema: { type: "number", minimum: 3 }, write: 2, path: "" },
  { reducer: "min", write: null, path: "" },
  { reducer: "min", write: undefined, path: "" },
  { reducer: "max", schema: { type: "integer" }, write: 0.5, path: "" },
  { reducer: "max", write: Number.NaN, path: "" },
  { reducer: "max", write: undefined, path: "" },
];

describe("a write", () => {
  test.each(
    writes.map(
      (each) => [each.reducer, JSON.stringify(each.write) ?? "undefined", each.path === undefined ? "taken" : "refused", each] as const,
    ),
  )("to %s of %s is %s", (name, _write, _verdict, { schema = {}, write, path }) => {
    const error = new ChannelProgram({ name: "c", schema, reducer: name }).check(write, "n");
    if (path === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ code: "CHANNEL_SCHEMA", details: { node: "n", channel: "c", path } });
  });

  test("is checked by a schema that names another draft", () => {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", type: "number" };
    expect(new ChannelProgram({ name: "c", schema, reducer: "last" }).check("x", "n")).toMatchObject({ code: "CHANNEL_SCHEMA" });
  });
});
