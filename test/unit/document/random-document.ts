import fc from "fast-check";
import type { Intent } from "../../../runtime/document/intent.js";
import type { JsonObject, JsonValue } from "../../../runtime/model/json.js";
import { isObject } from "../../../runtime/model/json.js";

const nodeIds = ["a", "b", "c", "d", "e-1", "constructor"];
const noteIds = ["n3", "n4", "b"];
const groupIds = ["g1", "g2", "c", "n4"];
const edgeIds = ["e1", "e2", "e3", "e4", "a"];
const channelNames = ["x", "y", "z"];
const word = fc.constantFrom("", "x", "a b", 'quoted "word"', "a\\b\n", "// no comment", "é😀", "/* nor this */", "}, {");

const channel: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant({}),
  fc.record({ schema: fc.constantFrom<JsonObject>({}, { type: "number" }, { type: "object", properties: { p: { type: "string" } } }) }),
  fc.record({
    reducer: fc.constantFrom(
      "last",
      "append",
      "union",
      "merge",
      "messages",
      "min",
      "ephemeral",
      "mean",
      { handler: "./fold.ts" },
      { handler: 1 },
    ),
  }),
);
const node: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record(
    {
      kind: fc.constant("code"),
      handler: fc.constantFrom("./a.ts", "./b.ts#c"),
      label: word,
      retry: fc.constantFrom<JsonObject>({}, { attempts: 2, delay: "1s" }, { attempts: 0 }),
      cache: fc.constantFrom<JsonObject>({}, { key: "x", ttl: "1h" }, { key: "zz" }),
      disabled: fc.boolean(),
    },
    { requiredKeys: ["kind", "handler"] },
  ),
  fc.record(
    { kind: fc.constant("expression"), set: fc.constantFrom<JsonObject>({}, { x: "1 + 1" }, { x: "y", y: "zz" }), note: word },
    { requiredKeys: ["kind", "set"] },
  ),
  fc.record(
    { kind: fc.constant("barrier"), prompt: word, actions: fc.constantFrom(["go"], ["a", "b"]), join: fc.constant("all") },
    { requiredKeys: ["kind", "prompt"] },
  ),
  fc.record(
    {
      kind: fc.constant("http"),
      url: fc.constantFrom("http://a/{{x}}", "{{y}}", "b"),
      headers: fc.constantFrom<JsonObject>({}, { accept: "{{x}}" }),
      expect: fc.constantFrom<JsonValue>("2xx", ["404"], "9"),
      body: fc.constantFrom<JsonValue>({ a: ["{{x}}"] }, "{{zz}}"),
    },
    { requiredKeys: ["kind", "url"] },
  ),
  fc.record(
    {
      kind: fc.constant("map"),
      over: fc.constantFrom("[1]", "x", "zz"),
      handler: fc.constant("./a.ts"),
      output: fc.constantFrom("x", "y"),
      chunk: fc.integer({ min: 0, max: 2 }),
      onError: fc.constantFrom("skip", "stop"),
      stopWhen: fc.constantFrom("item == 1", "results"),
    },
    { requiredKeys: ["kind", "over", "handler"] },
  ),
  fc.record(
    {
      kind: fc.constant("map"),
      over: fc.constantFrom("[1]", "x"),
      graph: fc.constantFrom("./a.patchbay.json", "", "/b"),
      in: fc.constantFrom<JsonObject>({}, { any: "item" }, { any: "results" }),
      result: fc.constantFrom("any", "("),
      chunk: fc.integer({ min: 1, max: 2 }),
    },
    { requiredKeys: ["kind", "over", "graph"] },
  ),
  fc.record(
    {
      kind: fc.constant("subgraph"),
      graph: fc.constantFrom("./a.patchbay.json", "", "/b"),
      in: fc.constantFrom<JsonObject>({}, { x: "x" }, { any: "zz" }),
      out: fc.constantFrom<JsonObject>({}, { x: "any" }, { zz: "x" }, { y: "(" }),
    },
    { requiredKeys: ["kind", "graph"] },
  ),
  fc.record({ kind: fc.constantFrom<JsonValue>("llm", 1, null) }),
);
const condition: fc.Arbitrary<JsonObject> = fc.constantFrom<JsonObject>(
  {},
  {},
  { when: "x > 1" },
  { on: "go" },
  { else: true },
  { when: "(" },
  { label: "L" },
);
const from = fc.constantFrom("@start", ...nodeIds);
const to = fc.constantFrom("@end", ...nodeIds);
const position = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }));

function section<Value extends JsonValue>(keys: readonly string[], value: fc.Arbitrary<Value>): fc.Arbitrary<JsonObject> {
  return fc
    .uniqueArray(fc.constantFrom(...keys), { maxLength: keys.length })
    .chain((chosen) => fc.tuple(...chosen.map((key) => value.map((item) => [key, item] as const))))
    .map((entries) => Object.fromEntries(entries));
}

const color = fc.constantFrom("yellow", "green", "pink");
const note: fc.Arbitrary<JsonObject> = fc.record(
  { text: fc.oneof(word, fc.constant(1)), color },
  { requiredKeys: ["text"] },
) as fc.Arbitrary<JsonObject>;
const someMembers = fc.array(fc.constantFrom(...nodeIds, ...noteIds, "g1", "gone"), { maxLength: 5 });
const group: fc.Arbitrary<JsonObject> = fc.record(
  { label: word, nodes: someMembers, color },
  { requiredKeys: ["nodes"] },
) as fc.Arbitrary<JsonObject>;
const box = fc.tuple(
  fc.integer({ min: -500, max: 500 }),
  fc.integer({ min: -500, max: 500 }),
  fc.integer({ min: 0, max: 500 }),
  fc.integer({ min: 0, max: 500 }),
);

const edge = fc.tuple(from, to, condition).map(([source, target, rest]): JsonObject => ({ from: source, to: target, ...rest }));

/** The meaning of a random document. */
export const documentJson: fc.Arbitrary<JsonObject> = fc.record(
  {
    patchbay: fc.constant(1),
    title: word,
    channels: section(channelNames, channel),
    nodes: section(nodeIds, node),
    edges: section(edgeIds, edge),
    limits: fc.constant({ supersteps: 9 }),
    checkpoints: fc.record({ policy: fc.constantFrom("every-superstep", "conservative", "minimal", "manual", "adaptive") }),
    notes: section(noteIds, note),
    groups: section(groupIds, group),
    layout: section(["@start", ...nodeIds, ...noteIds], fc.oneof(position, box)),
  },
  { requiredKeys: ["patchbay"] },
) as fc.Arbitrary<JsonObject>;

/** A text of a document, written in one of many hands: indentation, line ends, commas, comments. */
export function written(json: JsonObject, hand: number): string {
  const below = dice(hand);
  const eol = below(3) === 0 ? "\r\n" : "\n";
  const unit = ["  ", "    ", "\t"][below(3)] ?? "";
  const trailing = below(2) === 0;
  const commented = below(2) === 0;
  let comments = 0;
  const comment = (): string => (commented && below(5) === 0 ? ` /* ${(comments += 1)} */` : "");
  const lineComment = (): string => (commented && below(5) === 0 ? ` // ${(comments += 1)}` : comment());
  const write = (value: JsonValue, depth: number): string => {
    if (!isObject(value)) return JSON.stringify(value);
    const members = Object.entries(value);
    const lines = below(depth < 2 ? 10 : 4) === 0 ? depth >= 2 : depth < 2;
    const indent = eol + unit.repeat(depth + 1);
    const parts = members.map(([key, item], i) => {
      const comma = i < members.length - 1 || trailing ? "," : "";
      const text = `${JSON.stringify(key)}:${comment()} ${write(item, depth + 1)}${comment()}${comma}`;
      if (!lines) return `${comment()} ${text}`;
      const above = commented && below(10) === 0 ? `${indent}// own line ${(comments += 1)}` : "";
      return `${above}${indent}${text}${lineComment()}`;
    });
    if (parts.length === 0) return ["{}", "{ }", `{${eol}${unit.repeat(depth)}}`][below(3)] ?? "";
    return `{${parts.join("")}${lines ? eol + unit.repeat(depth) : " "}}`;
  };
  const start = ["", "", `// first${eol}`, "\uFEFF"][below(4)] ?? "";
  return start + write(json, 0) + (below(2) === 0 ? eol : "");
}

/** Whole numbers from 0 to below `sides`, the same ones for the same seed (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let at = seed;
  return (sides) => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const patch: fc.Arbitrary<JsonObject> = fc.record(
  {
    label: fc.option(word, { nil: null }),
    note: fc.option(word, { nil: null }),
    handler: fc.constantFrom(null, "./new.ts"),
    set: fc.constantFrom<JsonValue>(null, { y: "2" }, {}),
  },
  { requiredKeys: [] },
);
const edgePatch: fc.Arbitrary<JsonObject> = fc.record(
  { to, label: fc.option(word, { nil: null }), when: fc.constantFrom(null, "x < 1") },
  { requiredKeys: [] },
);

const compilePatch: fc.Arbitrary<JsonObject> = fc.record(
  {
    strategy: fc.constantFrom(null, "auto", "hard"),
    sizeThreshold: fc.constantFrom<JsonValue>(null, 0, 9),
    staleAfter: fc.constantFrom("1s"),
  },
  { requiredKeys: [] },
);

/** A random intent; many make no sense for the document they meet. */
export const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  fc.record({ type: fc.constant("node/add" as const), id: fc.constantFrom(...nodeIds, "n1", "n2"), fields: node, position }),
  fc.record({ type: fc.constant("node/update" as const), id: fc.constantFrom(...nodeIds), patch }),
  fc.record({
    type: fc.constant("node/move" as const),
    positions: fc.dictionary(fc.constantFrom("@end", ...nodeIds, ...noteIds), position, { noNullPrototype: true }),
  }),
  fc.record({
    type: fc.constant("node/remove" as const),
    ids: fc.uniqueArray(fc.constantFrom(...nodeIds), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant("edge/add" as const), id: fc.constantFrom(...edgeIds, "n1"), fields: edge }),
  fc.record({ type: fc.constant("edge/update" as const), id: fc.constantFrom(...edgeIds), patch: edgePatch }),
  fc.record({
    type: fc.constant("edge/remove" as const),
    ids: fc.uniqueArray(fc.constantFrom(...edgeIds), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant("channel/set" as const), name: fc.constantFrom(...channelNames), fields: channel }),
  fc.record({
    type: fc.constant("channel/remove" as const),
    names: fc.uniqueArray(fc.constantFrom(...channelNames), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("title/set" as const), title: word }),
  fc.record({ type: fc.constant("compile/update" as const), patch: compilePatch }),
  fc.record({ type: fc.constant("note/add" as const), id: fc.constantFrom(...noteIds, "n5"), fields: note, box }),
  fc.record({ type: fc.constant("note/update" as const), id: fc.constantFrom(...noteIds), patch: fc.record({ text: word }) }),
  fc.record({ type: fc.constant("note/resize" as const), id: fc.constantFrom(...noteIds), box }),
  fc.record({
    type: fc.constant("note/remove" as const),
    ids: fc.uniqueArray(fc.constantFrom(...noteIds), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("group/add" as const), id: fc.constantFrom(...groupIds, "g3"), fields: group }),
  fc.record({
    type: fc.constant("group/update" as const),
    id: fc.constantFrom(...groupIds),
    patch: fc.record({ label: fc.option(word, { nil: null }), nodes: someMembers }, { requiredKeys: [] }),
  }),
  fc.record({
    type: fc.constant("group/remove" as const),
    ids: fc.uniqueArray(fc.constantFrom(...groupIds), { minLength: 1, maxLength: 2 }),
  }),
);
