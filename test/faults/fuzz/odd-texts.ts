import { graphText } from "../../support/graph-text.js";

// Texts that no person writes, and that somebody sends all the same.

const DEEP = 100_000;
const nested = (open: string, close: string, inside = "1", depth = DEEP): string => open.repeat(depth) + inside + close.repeat(depth);
const lists = nested("[", "]");
const objects = nested('{"a":', "}");

/** A document with a text in the place of a value. */
const withValue = (value: string, place: object): string => JSON.stringify({ patchbay: 1, ...place }).replace('"HERE"', () => value);
const places: Readonly<Record<string, object>> = {
  "a default": { channels: { c: { default: "HERE" } }, nodes: {}, edges: {} },
  "a schema": { channels: { c: { schema: "HERE" } }, nodes: {}, edges: {} },
  "a node": { nodes: { a: "HERE" }, edges: {} },
  "a field of a node": { nodes: { a: { kind: "barrier", prompt: "x", schema: "HERE" } }, edges: {} },
  "a field that nobody knows": { nodes: { a: { kind: "code", handler: "./a.ts", unknown: "HERE" } }, edges: {} },
  "the body of a request": { nodes: { a: { kind: "http", url: "http://x", body: "HERE" } }, edges: {} },
  "a setting": { nodes: {}, edges: {}, limits: "HERE" },
  "a place in the layout": { nodes: {}, edges: {}, layout: { a: "HERE" } },
  "the document": { nodes: {}, edges: {}, anything: "HERE" },
};

/** Reading so many takes its time: in these places it is tried, too. */
const asObjects = new Set(["a default", "a schema", "the document"]);

const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "__defineGetter__"];
const every = (value: (name: string) => string): string => `{${names.map((name) => `${JSON.stringify(name)}:${value(name)}`).join(",")}}`;

const expression = (text: string): string =>
  graphText({ channels: { n: { default: 0 } }, nodes: { a: { kind: "expression", set: { n: text } } }, edges: { e: "@start -> a" } });
const template = (text: string): string => graphText({ nodes: { a: { kind: "barrier", prompt: text } }, edges: { e: "@start -> a" } });

export const oddTexts: Readonly<Record<string, string>> = {
  nothing: "",
  "a null character": "\u0000",
  "a byte order mark": "\ufeff{}",
  "half of a character": '{"title":"\ud800","nodes":{"\udfff":{}}}',
  "an escape of half of a character": '{"title":"\\ud800","nodes":{"\\udfff":{"kind":"\\ud83d"}}}',
  "lists without end": "[".repeat(DEEP),
  "objects without end": '{"a":'.repeat(DEEP),
  "ends without a beginning": "}".repeat(DEEP),
  "lists in lists": lists,
  "objects in objects": objects,
  "a comment without end": `/*${"*".repeat(DEEP)}`,
  "comments in comments": "/*".repeat(DEEP),
  "a text without end": `{"title":"${"x".repeat(DEEP)}`,
  escapes: `{"title":"${"\\".repeat(DEEP)}`,
  commas: `{${",".repeat(DEEP)}}`,
  colons: `{"a"${":".repeat(DEEP)}}`,
  "one key, again and again": `{"nodes":{${'"a":{"kind":"code","handler":"./a.ts"},'.repeat(1000)}}}`,
  "one field, again and again": `{"nodes":{"a":{${'"kind":"code",'.repeat(5000)}}}}`,
  "one section, again and again": `{${'"nodes":{},'.repeat(1000)}}`,
  "numbers beyond numbers": `{"limits":{"supersteps":1e999,"stateBytes":${"9".repeat(1000)}},"layout":{"a":[1e999,-1e999]}}`,
  "numbers that are not quite": '{"layout":{"a":[01,0x1],"b":[.5,5.],"c":[+1,--1],"d":[NaN,Infinity]}}',
  "names of what objects have": `{"patchbay":1,"channels":${every(() => "{}")},"nodes":${every(() => '{"kind":"code","handler":"./a.ts"}')},"edges":${every((name) => `{"from":"@start","to":${JSON.stringify(name)}}`)},"layout":${every(() => "[0,0]")},"engines":${every(() => "{}")},"tools":${every(() => "{}")}}`,
  "kinds of what objects have": `{"nodes":{${names.map((name, place) => `"n${String(place)}":{"kind":${JSON.stringify(name)}}`).join(",")}}}`,
  "reducers of what objects have": `{"channels":{${names.map((name, place) => `"c${String(place)}":{"reducer":${JSON.stringify(name)}}`).join(",")}}}`,
  "parentheses in an expression": expression(nested("(", ")", "n", 20_000)),
  "lists in an expression": expression(nested("[", "]", "n", 20_000)),
  "an expression without end": expression("(".repeat(20_000)),
  "a long sum": expression(Array.from({ length: 20_000 }, () => "n").join("+")),
  "a long choice": expression(`${"n > 0.0 ? ".repeat(5000)}1${" : 2".repeat(5000)}`),
  "a long path": expression(`n${".a".repeat(20_000)}`),
  "holes in a template": template("{{".repeat(DEEP)),
  "many holes": template("{{n}}".repeat(1000)),
  "a pattern that is none": graphText({ channels: { c: { schema: { pattern: "(" } } }, nodes: {}, edges: {} }),
  "a schema that is in itself": graphText({ channels: { c: { schema: { $ref: "#" }, default: 1 } }, nodes: {}, edges: {} }),
  "a schema of nowhere": graphText({ channels: { c: { schema: { $ref: "http://nowhere/x.json" } } }, nodes: {}, edges: {} }),
  ...Object.fromEntries(
    Object.entries(places).flatMap(([name, place]) => [
      [`lists in lists, in ${name}`, withValue(lists, place)],
      ...(asObjects.has(name) ? [[`objects in objects, in ${name}`, withValue(objects, place)]] : []),
    ]),
  ),
};
