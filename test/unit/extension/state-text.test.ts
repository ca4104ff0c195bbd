import { expect, test } from "vitest";
import { isUnchanged, readState, stateText } from "../../../extension/run/state-text.js";
import type { JsonObject, StateEdit } from "../../../runtime/index.js";
import { compile } from "../run/harness.js";

const { plan } = compile({
  channels: {
    n: { schema: { type: "number" } },
    log: { schema: { type: "array" }, reducer: "append" },
    who: { schema: { type: "object", properties: { name: { type: "string" } } } },
  },
  nodes: { a: {} },
  edges: { s: "@start -> a" },
});
const words = { notJson: "not JSON", notObject: "no object" };
const before: JsonObject = { n: 1, log: ["a"], who: { name: "Ada", age: 36 } };

const read: readonly (readonly [what: string, text: string, edit: StateEdit])[] = [
  ["the text as it was", stateText(before), { values: {}, cleared: [] }],
  ["another order and layout", '{"who":{"age":36,"name":"Ada"},"log":["a"],"n":1}', { values: {}, cleared: [] }],
  ["another value", '{"n":2,"log":["a"],"who":{"name":"Ada","age":36}}', { values: { n: 2 }, cleared: [] }],
  ["channels that are gone", '{"n":1}', { values: {}, cleared: ["log", "who"] }],
];
test.each(read)("%s", (_what, text, edit) => {
  const reading = readState(text, before, plan, words);
  expect(reading).toEqual({ ok: true, edit });
  expect(isUnchanged(edit)).toBe(Object.keys(edit.values).length + (edit.cleared?.length ?? 0) === 0);
});

const refused: readonly (readonly [what: string, text: string, at: readonly (readonly [string, string])[]])[] = [
  ["no JSON", '{"n": }', [["not JSON", "}"]]],
  ["a comment", '{ // mine\n"n": 1 }', [["not JSON", "// mine"]]],
  ["nothing", "", [["not JSON", ""]]],
  ["no object", "[1]", [["no object", "[1]"]]],
  ["a value that does not fit", '{"n": "one", "log": ["a"]}', [['Channel "n" cannot have that value: it must be number.', '"one"']]],
  [
    "several, one deep inside, one of no channel",
    '{"who": {"name": 1}, "x": [2]}',
    [
      ['Channel "who" cannot have that value: /name must be string.', '{"name": 1}'],
      ['The graph has no channel "x". It has log, n, who.', "[2]"],
    ],
  ],
  [
    "the last of two of one name, as that counts",
    '{"n": 5, "n": "one"}',
    [['Channel "n" cannot have that value: it must be number.', '"one"']],
  ],
];
test.each(refused)("%s is refused where it stands", (_what, text, at) => {
  const reading = readState(text, before, plan, words);
  const faults = reading.ok ? [] : reading.faults;
  expect(faults.map(({ message, offset, length }) => [message, text.slice(offset, offset + length)])).toEqual(at);
});
