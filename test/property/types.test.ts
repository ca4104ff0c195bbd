import fc from "fast-check";
import { expect, test } from "vitest";
import { ChannelProgram } from "../../runtime/channels/channel-program.js";
import { ChannelState } from "../../runtime/channels/channel-state.js";
import { parseDocument } from "../../runtime/document/parse.js";
import type { ChannelDef, Graph } from "../../runtime/model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import { graphTypes } from "../../runtime/types/graph-types.js";
import { documentJson } from "../unit/document/random-document.js";
import { compile } from "../unit/types/compile.js";

const CASES = 150;
const names = ["a", "b", "kind", "a-b"];
const word = fc.constantFrom("", "x", 'a "quoted" one', "*/", "\u2028\n");
const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(1.5, -0, 1e21), word);
const plainType = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object");

interface Schemas {
  schema: JsonValue;
  properties: JsonObject;
  object: JsonObject;
  array: JsonObject;
  leaf: JsonValue;
}

const { schema } = fc.letrec<Schemas>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<JsonValue>(true, {}, false),
    plainType.map((type) => ({ type })),
    fc.constantFrom("string", "object").map((type) => ({ type, nullable: true })),
    fc.uniqueArray(plainType, { minLength: 1, maxLength: 3 }).map((type) => ({ type })),
    scalar.map((value) => ({ const: value })),
    fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
    fc.constantFrom("#/$defs/d", "#/$defs/e", "#").map((reference) => ({ $ref: reference })),
    fc.constant({ const: { a: [1, null] } }),
    fc.record({ type: plainType, description: word }),
  ) as fc.Arbitrary<JsonValue>,
  properties: fc.dictionary(fc.constantFrom(...names), tie("schema"), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonObject>,
  object: fc.record(
    {
      type: fc.constantFrom<JsonValue>("object", "object", ["object", "null"]),
      properties: tie("properties"),
      required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      additionalProperties: fc.oneof(fc.constant<JsonValue>(false), tie("leaf")),
      patternProperties: tie("leaf").map((part) => ({ "^k": part })),
      anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonObject>,
  array: fc.record(
    {
      type: fc.constant("array"),
      items: tie("schema"),
      prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
      minItems: fc.nat(2),
      maxItems: fc.nat(3),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonObject>,
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("leaf"),
    tie("object"),
    tie("object"),
    tie("array"),
    fc
      .tuple(fc.constantFrom("anyOf", "oneOf", "allOf"), fc.array(tie("schema"), { minLength: 1, maxLength: 3 }))
      .map(([keyword, parts]) => ({ [keyword]: parts }) as JsonObject),
  ) as fc.Arbitrary<JsonValue>,
}));

const anyJson: fc.Arbitrary<JsonValue> = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, "k1", "id"), tie("json"), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonValue>,
  ),
})).json;

/** Values of which many fit the schema. Whether one does is for Ajv to say. */
function likely(part: JsonValue | undefined, root: JsonValue, depth: number): fc.Arbitrary<JsonValue> {
  if (!isObject(part) || depth > 4) return anyJson;
  const deeper = (next: JsonValue | undefined) => likely(next, root, depth + 1);
  const { $ref, const: only, enum: values, anyOf, oneOf, allOf, type, properties, items, prefixItems, required, $defs } = part;
  if (only !== undefined) return fc.constant(only);
  if (isList(values)) return fc.constantFrom(...values);
  if (typeof $ref === "string") return deeper($ref === "#" ? root : isObject($defs) ? undefined : definition(root, $ref));
  for (const parts of [allOf, anyOf, oneOf]) if (isList(parts) && properties === undefined) return fc.oneof(...parts.map(deeper));
  const kind = isList(type) ? type[0] : type;
  if (kind === "object" || properties !== undefined) {
    const named = Object.entries(isObject(properties) ? properties : {}).map(([name, next]) => [name, deeper(next)] as const);
    const wanted = isList(required) ? required.map((name) => [name as string, anyJson] as const) : [];
    const all = Object.fromEntries([...wanted, ...named]);
    return fc.record(all, { requiredKeys: wanted.map(([name]) => name), noNullPrototype: true }) as fc.Arbitrary<JsonValue>;
  }
  if (kind === "array") {
    const rest = fc.array(deeper(items), { maxLength: 3 });
    const first = fc.tuple(...(isList(prefixItems) ? prefixItems.map(deeper) : []));
    return fc.tuple(first, rest).map(([head, tail]) => [...head, ...tail]);
  }
  if (kind === "string") return fc.oneof(word, fc.constant(null));
  if (kind === "integer" || kind === "number") return fc.integer({ min: -3, max: 3 });
  if (kind === "boolean") return fc.boolean();
  return kind === "null" ? fc.constant(null) : anyJson;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function definition(root: JsonValue, reference: string): JsonValue | undefined {
  const defs = isObject(root) ? root["$defs"] : undefined;
  return isObject(defs) ? defs[reference.slice("#/$defs/".length)] : undefined;
}

const wholeSchema: fc.Arbitrary<JsonObject> = fc
  .tuple(schema, schema, schema)
  .map(([root, d, e]) => ({ ...(isObject(root) ? root : {}), $defs: { d, e } }));

const reducer = fc.oneof(fc.constant("last"), fc.constantFrom("latest", "ephemeral", "append", "union", "merge", "messages", "sum", "max"));

/** A channel as the document has it, and what somebody may try to write to it. */
const channel = fc.tuple(wholeSchema, reducer, fc.boolean()).chain(([given, kind, started]) => {
  const list = ["append", "union", "messages"].includes(kind);
  const ofKind: JsonObject = list ? { type: "array" } : kind === "merge" ? { type: "object" } : {};
  const described = kind === "sum" || kind === "max" ? { type: "number" } : { ...given, ...ofKind };
  const value = likely(described, described, 0);
  const nothing = fc.dictionary(fc.constantFrom(...names), fc.constant(null), { maxKeys: 2, noNullPrototype: true });
  const removing = kind === "merge" ? nothing : fc.constantFrom<JsonValue>({ remove: "x" }, [{ remove: true }, { id: 1 }]);
  const item = "items" in described ? likely(described["items"], described, 1) : anyJson;
  return fc.record({
    channel: started
      ? value.map((initial): JsonObject => ({ schema: described, reducer: kind, default: initial }))
      : fc.constant({ schema: described, reducer: kind }),
    writes: fc.array(fc.oneof(value, value, item, removing, fc.constant(undefined)), { minLength: 1, maxLength: 4 }),
  });
});

function graphOf(channels: JsonObject): Graph | undefined {
  const document = { patchbay: 1, channels, nodes: { n: { kind: "code", handler: "./n.ts" } }, edges: { e: { from: "@start", to: "n" } } };
  const { graph, problems } = parseDocument(JSON.stringify(document));
  return problems.some(({ severity }) => severity === "error") ? undefined : graph;
}

/** What a channel holds before each write that it takes, and after the last; the writes that it takes. */
function history(def: ChannelDef, writes: readonly (JsonValue | undefined)[]) {
  const program = new ChannelProgram(def);
  const taken = writes.filter((write) => accepts(program, write) && !isPointless(def, write));
  const states = [ChannelState.of(new Map([["c", program]]), {}, 0)];
  for (const write of taken) {
    const before = states.at(-1);
    const change = write === undefined ? { node: "n", writes: {}, cleared: ["c"] } : { node: "n", writes: { c: write } };
    if (before !== undefined) states.push(before.fold(before.applied([change]), states.length));
  }
  return { taken, held: states.map((state) => state.values()) };
}

/** Takes properties away that the schema lets nobody write. A run has nothing against it; the types take it for a slip. */
function isPointless({ reducer: kind, schema: { properties, additionalProperties } }: ChannelDef, write: JsonValue | undefined): boolean {
  if (kind !== "merge" || additionalProperties !== false || !isObject(write)) return false;
  return Object.keys(write).some((name) => write[name] === null && !(isObject(properties) && Object.hasOwn(properties, name)));
}

/** Ajv comes to no end with a schema that refers to itself in a circle, and throws for some that do nearly so: it says nothing then. */
function accepts(program: ChannelProgram, write: JsonValue | undefined): boolean {
  try {
    return program.check(write, "n") === undefined;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
}

test("what a channel takes and holds is assignable to its types", async () => {
  const tried = { writes: 0, states: 0 };
  const property = fc.asyncProperty(fc.array(channel, { minLength: CASES, maxLength: CASES }), async (cases) => {
    const files: Record<string, string> = {};
    for (const [index, { channel: described, writes }] of cases.entries()) {
      const graph = graphOf({ c: described });
      const def = graph?.channels.get("c");
      if (graph === undefined || def === undefined) continue;
      const { taken, held } = history(def, writes);
      files[`types/${index}.d.ts`] = graphTypes(graph, String(index));
      files[`${index}.ts`] = [
        `import type { State, Update } from "./types/${index}.d.ts"; // ${JSON.stringify(described).replaceAll("\u2028", " ")}`,
        ...held.map((state, at) => `export const s${at}: State<"n"> = ${JSON.stringify(state)};`),
        ...taken.map((write, at) => `export const w${at}: Update<"n"> = { c: ${JSON.stringify(write) ?? "undefined"} };`),
      ].join("\n");
      tried.writes += taken.length;
      tried.states += held.length;
    }
    const wrong = await compile(files);
    expect(wrong.map((diagnostic) => ({ ...diagnostic, source: sourceOf(files[diagnostic.file], diagnostic.line) }))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 2, endOnFailure: true });
  expect(tried.writes).toBeGreaterThan(CASES / 2);
  expect(tried.states).toBeGreaterThan(CASES / 2);
});

/** The channel of a file, and the line that is wrong. */
function sourceOf(text: string | undefined, line: number): readonly (string | undefined)[] {
  const lines = text?.split("\n") ?? [];
  return [lines[0], lines[line - 1]];
}

test("the types of random graphs compile and depend on no order", async () => {
  const property = fc.asyncProperty(fc.array(documentJson, { minLength: CASES, maxLength: CASES }), async (documents) => {
    const files: Record<string, string> = {};
    for (const [index, json] of documents.entries()) {
      const text = graphTypes(parseDocument(JSON.stringify(json)).graph, "x");
      expect(graphTypes(parseDocument(JSON.stringify(reversed(json))).graph, "x")).toBe(text);
      files[`types/${index}.d.ts`] = text;
      files[`${index}.ts`] = `export type * from "./types/${index}.d.ts";`;
    }
    expect(await compile(files)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 1, endOnFailure: true });
});

/** The same document with the entries of each section the other way round. */
function reversed(json: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(json).map(([key, section]) => [
      key,
      isObject(section) ? Object.fromEntries(Object.entries(section).toReversed()) : section,
    ]),
  );
}
