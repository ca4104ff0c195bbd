import { expect, test } from "vitest";
import { checkField } from "../../../extension/inspector/check-field.js";
import { completeField } from "../../../extension/inspector/complete-field.js";
import { expressionField, type ExpressionField } from "../../../extension/inspector/expression-field.js";
import { suggestNames } from "../../../extension/inspector/suggest-names.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { ChannelVariables } from "../../../runtime/channels/channel-variables.js";
import type { JsonObject } from "../../../runtime/model/json.js";
import type { Moment } from "../../../runtime/run/moment.js";

const inner = parseDocument(JSON.stringify({ patchbay: 1, channels: { answer: { schema: { type: "string" } } }, nodes: {}, edges: {} }));
const outer = parseDocument(
  JSON.stringify({
    patchbay: 1,
    channels: {
      ticket: { schema: { type: "object", properties: { text: { type: "string" } } } },
      score: { schema: { type: "number" }, reducer: "sum" },
      things: { schema: { type: "array" } },
      list: {},
      found: { schema: { type: "array" }, reducer: "append" },
    },
    nodes: {
      ask: { kind: "barrier", prompt: "Go on?" },
      get: { kind: "http", url: "https://example.com/" },
      each: { kind: "map", over: "things", handler: "./a.ts", output: "found" },
      make: { kind: "expression", set: { score: "1.0" } },
      sub: { kind: "subgraph", graph: "./other.patchbay.json" },
    },
    edges: {
      e1: { from: "ask", to: "get", when: "score > 3" },
      e2: { from: "ask", to: "each", on: "escalate" },
      e3: { from: "ask", to: "make", on: "@error" },
    },
  }),
);
const state: JsonObject = { ticket: { text: 'the "lamp"' }, score: 4, things: [{ id: 7 }], found: ["yes"] };
/** As much of a moment as is asked for. */
const moment = {
  run: "run-1",
  superstep: 4,
  value: (name: string) => state[name],
  variables: ({ writes = {} }: { readonly writes?: JsonObject } = {}) =>
    new ChannelVariables(
      { view: (name) => ({ version: 0, value: state[name] }) },
      { output: writes, input: null, run: { id: "run-1", superstep: 4 } },
    ),
} as unknown as Moment;

function open(place: { readonly node?: string; readonly edge?: string; readonly field: string }, standing = true): ExpressionField {
  const facts = {
    parsed: outer,
    moment: standing ? moment : undefined,
    written: (node: string) => (node === "ask" ? { action: "approve" } : undefined),
    other: () => inner,
  };
  const field = expressionField(facts, place);
  if (field === undefined) throw new Error("no expressions there");
  return field;
}

test("a condition has its type, its value and what it reads", () => {
  expect(checkField(open({ edge: "e1", field: "when" }), "score > 3 && ticket.text != ''")).toEqual({
    problems: [],
    type: "bool",
    value: "true",
    superstep: 4,
    reads: [
      { name: "ticket", type: "object", value: '{"text": "the \\"lamp\\""}' },
      { name: "score", type: "number", value: "4" },
    ],
  });
  expect(checkField(open({ edge: "e1", field: "when" }), "output.action == 'approve'").value).toBe("true");
});

test("without a run there is no value", () => {
  expect(checkField(open({ edge: "e1", field: "when" }, false), "score > 3")).toEqual({
    problems: [],
    type: "bool",
    reads: [{ name: "score", type: "number" }],
  });
});

test("errors have their places", () => {
  const when = open({ edge: "e1", field: "when" });
  expect(checkField(when, "scor > 3").problems).toMatchObject([{ severity: "error", start: 0, end: 4 }]);
  expect(checkField(when, "score + 1").problems).toMatchObject([{ message: "is double, must be bool" }]);
  expect(checkField(open({ node: "ask", field: "prompt" }), "a {{ticket.text}} b {{nobody}}").problems).toMatchObject([
    { start: 22, end: 28 },
  ]);
});

test("what is right and fails on this state is no error", () => {
  const { problems, value } = checkField(open({ node: "ask", field: "prompt" }), "for {{ticket.name}}, {{score}}");
  expect(problems).toMatchObject([{ severity: "information", start: 6, end: 17 }]);
  expect(value).toBe("for {{ticket.name}}, 4");
});

test("requests show their text, without secrets", () => {
  const header = (name: string, text: string) => checkField(open({ node: "get", field: `headers.${name}` }), text);
  expect(header("authorization", "Bearer {{secret.KEY}}")).toMatchObject({ problems: [], value: "Bearer {{secret.KEY}}" });
  expect(header("x-score", "{{score}}")).toMatchObject({ problems: [], value: "4" });
  expect(checkField(open({ node: "get", field: "body.n" }), "{{score}} of {{nobody}}").problems).toHaveLength(1);
  const url = checkField(open({ node: "get", field: "url" }), "https://a.b/{{ticket.text}}?n={{score}}");
  expect(url.value).toBe("https://a.b/the%20%22lamp%22?n=4");
  const body = checkField(
    open({ node: "get", field: "body" }),
    '{ "text": "{{ticket.text}}", "say": "it is {{ticket.text}}", "n": "{{score}}" }',
  );
  expect(JSON.parse(body.value ?? "")).toEqual({ text: 'the "lamp"', say: 'it is the "lamp"', n: 4 });
  expect(checkField(open({ node: "ask", field: "prompt" }), "{{secret.KEY}}").problems).toHaveLength(1);
});

test("a place in a string of a body is told in its text", () => {
  const text = '{ "a\\"b": "{{size(\\"x\\") + nobody}}" }';
  const [problem] = checkField(open({ node: "get", field: "body" }), text).problems;
  expect(text.slice(problem?.start, problem?.end)).toBe("nobody");
});

test("expressions over items know the first item, and results", () => {
  const stop = open({ node: "each", field: "stopWhen" });
  expect(checkField(stop, "output == 'yes' && item.id == 7 && index == 0 && size(results) == 1").value).toBe("true");
  expect(completeField(stop, "item.", 5).items.map(({ label }) => label)).toContain("id");
});

test("what comes out of another graph names its channels", () => {
  const out = open({ node: "sub", field: "out.ticket" });
  expect(checkField(out, "answer").problems).toEqual([]);
  expect(checkField(out, "answer + score").problems).toMatchObject([{ start: 9, end: 14 }]);
  expect(completeField(out, "an", 2)).toMatchObject({ from: 0, to: 2, items: [{ label: "answer" }] });
  expect(completeField(open({ node: "sub", field: "in.answer" }), "tick", 4)).toMatchObject({ items: [{ label: "ticket" }] });
});

test("rows are called as channels here, of the other graph, or headers; those that are there are not offered", () => {
  const offered = (node: string, field: string, text = ""): readonly string[] =>
    suggestNames({ parsed: outer, other: () => inner }, { node, field, text }).items.map(({ label }) => label);
  expect(offered("sub", "in")).toEqual(["answer"]);
  expect(offered("sub", "out", "s")).toEqual(["score", "things"]);
  expect(offered("make", "set")).not.toContain("score");
  expect(offered("get", "headers", "AUTH")).toEqual(["authorization"]);
  expect(offered("get", "query")).toEqual([]);
});

test("lists of channels and actions name what there is, what is typed whole first", () => {
  const offered = (node: string, field: string, text: string): readonly string[] =>
    suggestNames({ parsed: outer, other: () => inner }, { node, field, text }).items.map(({ label }) => label);
  expect(offered("each", "reads", "sc")).toEqual(["score"]);
  expect(offered("each", "writes", "t")).toEqual(["ticket", "things"]);
  expect(offered("ask", "actions", "")).toEqual(["escalate", "approve", "reject", "modify", "reroute"]);
  expect(offered("get", "actions", "re")).toEqual(["reject", "reroute"]);
  const named = parseDocument('{ "patchbay": 1, "channels": { "totals": {}, "total": {} }, "nodes": {}, "edges": {} }');
  const both = suggestNames({ parsed: named, other: () => undefined }, { node: "a", field: "reads", text: "total" });
  expect(both.items.map(({ label }) => label)).toEqual(["total", "totals"]);
});

test("braces need not be closed to be completed, and outside of them nothing is", () => {
  const prompt = open({ node: "ask", field: "prompt" });
  expect(completeField(prompt, "Hello {{tick", 12)).toMatchObject({ from: 8, to: 12, items: [{ label: "ticket" }] });
  expect(completeField(prompt, "Hello tick", 10).items).toEqual([]);
  expect(completeField(prompt, "{{score}} tick", 14).items).toEqual([]);
  const url = open({ node: "get", field: "url" });
  expect(completeField(url, "https://{{sec", 13).items.map(({ label }) => label)).toContain("secret");
});
