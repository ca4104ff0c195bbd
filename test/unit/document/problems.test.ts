import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";

interface Case {
  readonly name: string;
  /** The text, with `⟦…⟧` around each place where a problem is expected. */
  readonly text: string;
  /** The problems in the order of the marks, as `severity CODE`, with the node or edge that they are drawn on. */
  readonly expected: readonly string[];
}

/** The text without marks, and the ranges that they marked in the order of their starts. */
function unmark(marked: string): { text: string; ranges: readonly { start: number; end: number }[] } {
  const open: number[] = [];
  const ranges: { start: number; end: number }[] = [];
  let text = "";
  for (const character of marked) {
    if (character === "⟦") open.push(text.length);
    else if (character === "⟧") ranges.push({ start: open.pop() ?? -1, end: text.length });
    else text += character;
  }
  return { text, ranges: ranges.toSorted((a, b) => a.start - b.start || a.end - b.end) };
}

function check({ text: marked, expected }: Case): void {
  const { text, ranges } = unmark(marked);
  const parsed = parseDocument(text);
  const found = parsed.problems.map(({ severity, code, node, edge, range }) => ({
    what: [severity, code, ...(node === undefined ? [] : [`node ${node}`]), ...(edge === undefined ? [] : [`edge ${edge}`])].join(" "),
    at: text.slice(range.start, range.end),
    range,
  }));
  const wanted = expected.map((what, i) => {
    const range = ranges[i] ?? { start: -1, end: -1 };
    return { what, at: text.slice(range.start, range.end), range };
  });
  expect(found).toEqual(wanted);
  expect(parsed.valid).toBe(!expected.some((what) => what.startsWith("error")));
}

const channels = `"channels": { "n": { "schema": { "type": "number" } }, "s": { "schema": { "type": "string" } } }`;

/** A document with nodes a (code) and b (barrier) and these further nodes and edges. */
function graph({ nodes = "", edges = "", more = "" }: { nodes?: string; edges?: string; more?: string }): string {
  return `{ "patchbay": 1, ${channels},
    "nodes": { "a": { "kind": "code", "handler": "./a.ts" }, "b": { "kind": "barrier", "prompt": "Go on?" }${nodes} },
    "edges": { "e1": { "from": "@start", "to": "a" }, "e2": { "from": "a", "to": "b" }${edges} }${more} }`;
}

const syntax: readonly Case[] = [
  { name: "nothing at all", text: "⟦⟧", expected: ["error JSON_SYNTAX"] },
  { name: "white space", text: " \n ⟦⟧", expected: ["error JSON_SYNTAX"] },
  { name: "null", text: "⟦null⟧", expected: ["error DOCUMENT_SHAPE"] },
  { name: "a list", text: "⟦[{}]⟧", expected: ["error DOCUMENT_SHAPE"] },
  { name: "text after the end", text: graph({}) + " ⟦}⟧ ,", expected: ["error JSON_SYNTAX"] },
  { name: "a missing comma", text: graph({ more: ` ⟦"title"⟧: "x"` }), expected: ["error JSON_SYNTAX"] },
  { name: "a missing colon", text: graph({ more: `, "title" ⟦"x"⟧` }), expected: ["error JSON_SYNTAX"] },
  { name: "a missing value", text: graph({ more: `, "title": ⟦}⟧` }).slice(0, -2), expected: ["error JSON_SYNTAX"] },
  { name: "a word that is no value", text: graph({ more: `, "title": ⟦yes⟧` }), expected: ["error JSON_SYNTAX"] },
  { name: "an escape that is none", text: graph({ more: `, "title": ⟦"\\x"⟧` }), expected: ["error JSON_SYNTAX"] },
  { name: "a string that is not closed", text: graph({ more: `, "title": ⟦"x }⟧\n` }), expected: ["error JSON_SYNTAX"] },
  {
    name: "a problem inside an entry is drawn on it",
    text: graph({
      nodes: `, "c": { "kind": ⟦expr⟧, "set": {} }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "b" ⟦"to"⟧: "@end" }`,
    }).replace(`"c": {`, `"c": ⟦{⟧`),
    expected: ["error DOCUMENT_SHAPE node c", "error JSON_SYNTAX node c", "error JSON_SYNTAX edge e4"],
  },
  {
    name: "a key twice",
    text: graph({ edges: `, ⟦"e2"⟧: { "from": "a", "to": "b", "label": "2" }` }),
    expected: ["error DUPLICATE_KEY edge e2"],
  },
  {
    name: "a field twice",
    text: graph({ nodes: `, "c": { "kind": "code", "handler": "./c.ts", ⟦"kind"⟧: "code" }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error DUPLICATE_KEY node c"],
  },
  {
    name: "a number out of range",
    text: graph({ more: `, "limits": { "supersteps": ⟦⟦1e999⟧⟧ }` }),
    expected: ["error JSON_SYNTAX", "error DOCUMENT_SHAPE"].toReversed(),
  },
];

const shape: readonly Case[] = [
  { name: "a good document", text: graph({}), expected: [] },
  {
    name: "comments, trailing commas, CRLF and a mark",
    text: `\uFEFF// first\r\n${graph({ edges: ", /* none */" }).replaceAll("\n", "\r\n")}`,
    expected: [],
  },
  { name: "no version", text: graph({}).replace(`{ "patchbay": 1,`, "⟦{⟧"), expected: ["error DOCUMENT_SHAPE"] },
  { name: "a version that is none", text: graph({}).replace(`: 1,`, ": ⟦1.5⟧,"), expected: ["error DOCUMENT_SHAPE"] },
  {
    name: "a newer version is judged no further",
    text: graph({ nodes: `, "c": { "kind": "new" }` }).replace(": 1,", ": ⟦2⟧,"),
    expected: ["error DOCUMENT_NEWER"],
  },
  {
    name: "sections of another type",
    text: `{ "patchbay": 1, ⟦"nodes"⟧: ⟦[]⟧, "layout": ⟦3⟧ }`,
    expected: ["error NO_START", "error DOCUMENT_SHAPE", "error DOCUMENT_SHAPE"],
  },
  {
    name: "entries of another type",
    text: graph({ edges: `, "e3": ⟦null⟧`, more: `, "layout": { "a": ⟦5⟧, "b": ⟦[1, "2"]⟧ }` }),
    expected: ["error DOCUMENT_SHAPE edge e3", "warning DOCUMENT_SHAPE", "warning DOCUMENT_SHAPE"],
  },
  {
    name: "notes and groups of another shape: nothing that a run needs",
    text: graph({
      more: `, "notes": { "n": ⟦5⟧, "m": ⟦{⟧ ⟦"size"⟧: 1 } }, "groups": { "g": { "nodes": ["a", ⟦1⟧], "color": ⟦"pink"⟧ } }`,
    }),
    expected: [
      "warning DOCUMENT_SHAPE node n",
      "warning DOCUMENT_SHAPE node m",
      "warning UNKNOWN_FIELD node m",
      "warning DOCUMENT_SHAPE node g",
      "warning DOCUMENT_SHAPE node g",
    ],
  },
  { name: "a field nobody knows", text: graph({ more: `, ⟦"colour"⟧: "red"` }), expected: ["warning UNKNOWN_FIELD"] },
  {
    name: "fields of a later version",
    text: graph({ more: `, ⟦"engines"⟧: {}, ⟦"tools"⟧: {}` }),
    expected: ["warning UNKNOWN_FIELD", "warning UNKNOWN_FIELD"],
  },
  {
    name: "an edge that ends the run and goes elsewhere, or says neither yes nor no",
    text: graph({
      edges: `, "e3": { "from": "a", "to": "b", "terminate": ⟦true⟧ }, "e4": { "from": "b", "to": "@end", "terminate": ⟦1⟧ }`,
    }),
    expected: ["error DOCUMENT_SHAPE edge e3", "error DOCUMENT_SHAPE edge e4"],
  },
  { name: "a title that is none", text: graph({ more: `, "title": ⟦7⟧` }), expected: ["error DOCUMENT_SHAPE"] },
  {
    name: "settings",
    text: graph({
      more: `, "compile": { "strategy": ⟦"fast"⟧, "sizeThreshold": ⟦-1⟧, "staleAfter": ⟦"2 s"⟧, "staleMinEdits": ⟦0⟧, ⟦"x"⟧: 1 }, "limits": { "supersteps": ⟦0⟧, "stateBytes": "1MB", "spillAbove": ⟦"big"⟧ }`,
    }),
    expected: [
      "error DOCUMENT_SHAPE",
      "error DOCUMENT_SHAPE",
      "error DOCUMENT_SHAPE",
      "error DOCUMENT_SHAPE",
      "warning UNKNOWN_FIELD",
      "error DOCUMENT_SHAPE",
      "error DOCUMENT_SHAPE",
    ],
  },
  {
    name: "checkpoints",
    text: graph({ more: `, "checkpoints": { "policy": "minimal", "keep": 9 }` }),
    expected: [],
  },
  {
    name: "checkpoints of which none is kept",
    text: graph({ more: `, "checkpoints": { "policy": "minimal", "keep": ⟦0⟧ }` }),
    expected: ["error DOCUMENT_SHAPE"],
  },
  {
    name: "checkpoints by a policy that there is not",
    text: graph({ more: `, "checkpoints": { "policy": ⟦"sometimes"⟧ }` }),
    expected: ["error DOCUMENT_SHAPE"],
  },
  {
    name: "an unknown kind",
    text: graph({ nodes: `, "c": { "kind": ⟦"magic"⟧ }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error UNKNOWN_KIND node c"],
  },
  {
    name: "a kind of a later version",
    text: graph({ nodes: `, "c": { "kind": ⟦"llm"⟧, "engine": "x" }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error UNKNOWN_KIND node c"],
  },
  {
    name: "a map",
    text: graph({
      nodes: `, "c": { "kind": "map", "over": ⟦1⟧, "handler": ⟦"x.ts#1"⟧, "reads": ⟦"n"⟧, "pool": ⟦"x"⟧, "chunk": ⟦0⟧, "concurrency": ⟦-1⟧, "onError": ⟦"x"⟧, "errorLimit": ⟦⟦0⟧⟧, ⟦"writes"⟧: [] }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: [...Array<string>(8).fill("error DOCUMENT_SHAPE node c"), ...Array<string>(2).fill("warning UNKNOWN_FIELD node c")],
  },
  {
    name: "a map that runs a graph, and what is for handlers alone; what is for graphs alone",
    text: graph({
      nodes: `, "c": { "kind": "map", "over": "[1]", "graph": "./g", "handler": ⟦"./c.ts"⟧, "chunk": ⟦2⟧, "pool": ⟦"async"⟧, "reads": ⟦["n"]⟧, "in": { "x": ⟦1⟧ }, "result": ⟦2⟧, ⟦"out"⟧: {} }, "d": { "kind": "map", "over": "[1]", "handler": "./d.ts", "in": ⟦{}⟧, "result": ⟦"x"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d" }`,
    }),
    expected: [
      ...Array<string>(6).fill("error DOCUMENT_SHAPE node c"),
      "warning UNKNOWN_FIELD node c",
      ...Array<string>(2).fill("error DOCUMENT_SHAPE node d"),
    ],
  },
  {
    name: "expressions into a map's graph and out of it",
    text: graph({
      nodes: `, "c": { "kind": "map", "over": "[1.0]", "graph": ⟦"/g"⟧, "in": { "any": "item + index + n", "b": "⟦results⟧", "c": "⟦item + 'x'⟧" }, "result": "any +⟦"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: ["error GRAPH_OUTSIDE node c", ...Array<string>(3).fill("error EXPRESSION node c")],
  },
  {
    name: "names and expressions of a map",
    text: graph({
      nodes: `, "c": { "kind": "map", "over": "⟦n⟧", "handler": ⟦"/x.ts"⟧, "reads": [⟦"nn"⟧], "output": ⟦"nnn"⟧, "stopWhen": "item > ⟦what⟧" }, "d": { "kind": "map", "over": "[1.0, 2.0]", "handler": "./d.ts", "stopWhen": "⟦item + 1 ⟧", "errorLimit": ⟦3⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d" }`,
    }),
    expected: [
      "error EXPRESSION node c",
      "error HANDLER_OUTSIDE node c",
      "error UNDECLARED_CHANNEL node c",
      "error UNDECLARED_CHANNEL node c",
      "error EXPRESSION node c",
      "error EXPRESSION node d",
      "warning UNKNOWN_FIELD node d",
    ],
  },
  {
    name: "no kind",
    text: graph({ nodes: `, "c": ⟦{⟧ "label": "C" }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error DOCUMENT_SHAPE node c"],
  },
  {
    name: "ids that are none",
    text: graph({ nodes: `, ⟦"c d"⟧: { "kind": "code", "handler": "./c.ts" }`, edges: `, ⟦"1"⟧: { "from": "b", "to": "c d" }` }),
    expected: ["error INVALID_ID node c d", "error INVALID_ID edge 1"],
  },
  {
    name: "channel names that are none",
    text: `{ "patchbay": 1, "channels": { ⟦"a-b"⟧: {}, ⟦"run"⟧: {}, ⟦"in"⟧: {}, ⟦"__proto__"⟧: {} }, "nodes": {}, "edges": { "e": { "from": "@start", "to": "@end" } } }`,
    expected: ["error INVALID_ID", "error INVALID_ID", "error INVALID_ID", "error INVALID_ID"],
  },
  {
    name: "a code node",
    text: graph({
      nodes: `, "c": { "kind": "code", "handler": ⟦"x.ts#1"⟧, "reads": ⟦"n"⟧, "writes": ["n", ⟦3⟧], "label": ⟦1⟧, "note": ⟦[]⟧, "join": ⟦"most"⟧, "retry": { ⟦"times"⟧: 3 }, ⟦"sets"⟧: {} }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: [...Array<string>(6).fill("error DOCUMENT_SHAPE node c"), "warning UNKNOWN_FIELD node c", "warning UNKNOWN_FIELD node c"],
  },
  {
    name: "how a node is run",
    text: graph({
      nodes: `, "c": { "kind": "code", "handler": "./c.ts", "retry": { "attempts": ⟦0⟧, "delay": ⟦"soon"⟧, "backoff": ⟦0⟧, "jitter": ⟦2⟧, "cap": ⟦1⟧, "timeout": ⟦1⟧ }, "timeout": { "run": ⟦1⟧, "idle": ⟦"x"⟧, ⟦"all"⟧: 1 }, "cache": { "key": ⟦1⟧, "ttl": ⟦1⟧, ⟦"size"⟧: 1 }, "fallback": ⟦1⟧, "disabled": ⟦1⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: [
      ...Array<string>(8).fill("error DOCUMENT_SHAPE node c"),
      "warning UNKNOWN_FIELD node c",
      ...Array<string>(2).fill("error DOCUMENT_SHAPE node c"),
      "warning UNKNOWN_FIELD node c",
      ...Array<string>(2).fill("error DOCUMENT_SHAPE node c"),
    ],
  },
  {
    name: "an http node",
    text: graph({
      nodes: `, "c": { "kind": "http", "method": ⟦"get"⟧, "url": ⟦1⟧, "headers": { ⟦"a b"⟧: "x", ⟦"Content-Length"⟧: "1", "c": ⟦null⟧ }, "query": { "d": ⟦[]⟧ }, "body": ⟦{}⟧, "take": ⟦"all"⟧, "as": ⟦1⟧, "expect": ["2xx", ⟦"600"⟧, ⟦404⟧], "redirects": ⟦51⟧, "maxSize": ⟦"1"⟧, ⟦"verb"⟧: 1 }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: [...Array<string>(13).fill("error DOCUMENT_SHAPE node c"), "warning UNKNOWN_FIELD node c"],
  },
  {
    name: "an http node without an address",
    text: graph({ nodes: `, "c": ⟦{⟧ "kind": "http", "expect": ⟦[]⟧ }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error DOCUMENT_SHAPE node c", "error DOCUMENT_SHAPE node c"],
  },
  {
    name: "what a barrier has not",
    text: graph({
      nodes: `, "c": { "kind": "barrier", "prompt": "?", "timeout": ⟦{}⟧, ⟦"retry"⟧: {}, ⟦"cache"⟧: {} }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: ["error DOCUMENT_SHAPE node c", "warning UNKNOWN_FIELD node c", "warning UNKNOWN_FIELD node c"],
  },
  {
    name: "a code node without a handler",
    text: graph({ nodes: `, "c": ⟦{⟧ "kind": "code" }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error DOCUMENT_SHAPE node c"],
  },
  {
    name: "an expression node",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": { "n": ⟦1⟧ } }, "d": ⟦{⟧ "kind": "expression" }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d" }`,
    }),
    expected: ["error DOCUMENT_SHAPE node c", "error DOCUMENT_SHAPE node d"],
  },
  {
    name: "a barrier",
    text: graph({
      nodes: `, "c": ⟦{⟧ "kind": "barrier", "actions": ["a", ⟦"a"⟧, ⟦"@x"⟧, ⟦""⟧, ⟦1⟧], "schema": ⟦true⟧, "output": ⟦{}⟧, "default": ⟦"a"⟧ }, "d": { "kind": "barrier", "prompt": "?", "actions": ⟦[]⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d" }`,
    }),
    expected: [...Array<string>(7).fill("error DOCUMENT_SHAPE node c"), "warning UNKNOWN_FIELD node c", "error DOCUMENT_SHAPE node d"],
  },
  {
    name: "edges",
    text: graph({
      edges: `, "e3": ⟦{⟧ "from": "b" }, "e4": { "from": ⟦4⟧, "to": "b" }, "e5": { "from": "b", "to": "@end", "when": "true", "else": ⟦⟦false⟧⟧ }, "e6": { "from": "b", "to": "@end", "on": ⟦""⟧, "label": ⟦0⟧ }`,
    }),
    expected: [
      "error DOCUMENT_SHAPE edge e3",
      "error DOCUMENT_SHAPE edge e4",
      "error DOCUMENT_SHAPE edge e5",
      "error DOCUMENT_SHAPE edge e5",
      "error DOCUMENT_SHAPE edge e6",
      "error DOCUMENT_SHAPE edge e6",
    ],
  },
  {
    name: "channels",
    text: graph({}).replace(
      channels,
      `"channels": { "n": { "schema": ⟦[]⟧ }, "s": { "reducer": ⟦"mean"⟧, ⟦"note"⟧: "" }, "t": { "reducer": "append", "default": ⟦0⟧ }, "u": { "reducer": "sum", "default": ⟦"0"⟧ } }`,
    ),
    expected: ["error DOCUMENT_SHAPE", "error DOCUMENT_SHAPE", "warning UNKNOWN_FIELD", "error DOCUMENT_SHAPE", "error DOCUMENT_SHAPE"],
  },
  {
    name: "defaults that a reducer cannot start from",
    text: graph({}).replace(
      channels,
      `"channels": { "a": { "reducer": "union", "default": ⟦{}⟧ }, "b": { "reducer": "merge", "default": ⟦[]⟧ }, "c": { "reducer": "messages", "default": [{}, ⟦"hello"⟧, { "id": ⟦[]⟧ }, { "id": null }] }, "d": { "reducer": "min", "default": ⟦null⟧ }, "e": { "reducer": "max", "default": ⟦"9"⟧ }, "f": { "reducer": "latest", "default": null }, "g": { "reducer": "ephemeral", "default": 1 } }`,
    ),
    expected: Array.from({ length: 6 }, () => "error DOCUMENT_SHAPE"),
  },
  {
    name: "reducers of the user's",
    text: graph({}).replace(
      channels,
      `"channels": { "a": { "reducer": ⟦{⟧} }, "b": { "reducer": { "handler": ⟦"a#b#c"⟧ } }, "c": { "reducer": { "handler": ⟦"/etc/x.ts"⟧ } }, "d": { "reducer": { "handler": "./d.ts", ⟦"extra"⟧: 1 } }, "e": { "reducer": { "handler": "./e.ts", "timeout": ⟦"soon"⟧ } }, "f": { "reducer": ⟦"handler"⟧ } }`,
    ),
    expected: [
      "error DOCUMENT_SHAPE",
      "error DOCUMENT_SHAPE",
      "error HANDLER_OUTSIDE",
      "warning UNKNOWN_FIELD",
      "error DOCUMENT_SHAPE",
      "error DOCUMENT_SHAPE",
    ],
  },
  {
    name: "schemas that no write of a reducer fits",
    text: graph({}).replace(
      channels,
      `"channels": { "a": { "reducer": "append", "schema": { "type": ⟦"object"⟧ } }, "b": { "reducer": "merge", "schema": { "type": ⟦["array", "null"]⟧ } }, "c": { "reducer": "sum", "schema": { "type": "integer" } }, "d": { "reducer": "max", "schema": { "type": ["null", "number"] } }, "e": { "reducer": "messages", "schema": { "items": {} } } }`,
    ),
    expected: ["error CHANNEL_SCHEMA", "error CHANNEL_SCHEMA"],
  },
  {
    name: "a schema whose names are no part of an address",
    text: graph({}).replace(
      channels,
      `"channels": { "n": { "schema": { "properties": { "100%": { "type": ⟦"nmber"⟧ }, "a/b~c d": {} } } } }`,
    ),
    expected: ["error CHANNEL_SCHEMA"],
  },
  {
    name: "a pattern that looks ahead",
    text: graph({}).replace(
      channels,
      `"channels": { "n": { "schema": { "properties": { "pattern": { "pattern": "^a" }, "a": { "pattern": ⟦"(?=a)b"⟧ } } } } }`,
    ),
    expected: ["error CHANNEL_SCHEMA"],
  },
  {
    name: "defaults and patterns that would take for ever",
    text: graph({}).replace(
      channels,
      `"channels": { "n": { "schema": { "pattern": "^(a+)+$" }, "default": ⟦"${"a".repeat(60)}!"⟧ }, "o": { "schema": { "patternProperties": { "^(a|a)*$": { "type": "number" } } }, "default": { "${"a".repeat(60)}!": 1 } } }`,
    ),
    expected: ["error CHANNEL_SCHEMA"],
  },
  {
    name: "a schema of another draft",
    text: graph({}).replace(
      channels,
      `"channels": { "n": { "schema": { "$schema": "http://json-schema.org/draft-07/schema#", "type": ⟦"nmber"⟧ } } }`,
    ),
    expected: ["error CHANNEL_SCHEMA"],
  },
  {
    name: "schemas in channels and barriers",
    text: graph({
      nodes: `, "c": { "kind": "barrier", "prompt": "?", "schema": { "properties": { "x": { "minimum": ⟦"0"⟧ } } } }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }).replace(
      channels,
      `"channels": { "n": { "schema": { "type": ⟦"nmber"⟧ } }, "s": { "schema": ⟦{ "$ref": "#/none" }⟧ }, "t": { "schema": { "type": "array", "items": { "type": "number" } }, "default": [1, ⟦"2"⟧] } }`,
    ),
    expected: ["error CHANNEL_SCHEMA", "error CHANNEL_SCHEMA", "error CHANNEL_SCHEMA", "error CHANNEL_SCHEMA node c"],
  },
];

const meaning: readonly Case[] = [
  {
    name: "an edge to nothing",
    text: graph({ edges: `, "e3": { "from": "b", "to": ⟦"zz"⟧ }, "e4": { "from": ⟦"yy"⟧, "to": "b" }` }),
    expected: ["error DANGLING_EDGE edge e3", "error DANGLING_EDGE edge e4"],
  },
  {
    name: "an edge to a node with errors of its own",
    text: graph({ nodes: `, "c": { "kind": ⟦"?"⟧ }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error UNKNOWN_KIND node c"],
  },
  {
    name: "terminals the wrong way round",
    text: graph({ edges: `, "e3": { "from": "b", "to": ⟦"@start"⟧ }, "e4": { "from": ⟦"@end"⟧, "to": "a" }` }),
    expected: ["error DANGLING_EDGE edge e3", "error DANGLING_EDGE edge e4"],
  },
  {
    name: "no start",
    text: `{ "patchbay": 1, "nodes": { "a": { "kind": "code", "handler": "./a.ts" } }, ⟦"edges"⟧: {} }`,
    expected: ["error NO_START"],
  },
  {
    name: "a subgraph without a graph, and with what are no expressions",
    text: graph({
      nodes: `, "c": ⟦{⟧ "kind": "subgraph" }, "d": { "kind": "subgraph", "graph": "./d", "in": { "x": ⟦1⟧ }, "out": ⟦[]⟧, ⟦"prompt"⟧: "" }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "b", "to": "d" }`,
    }),
    expected: ["error DOCUMENT_SHAPE node c", "error DOCUMENT_SHAPE node d", "error DOCUMENT_SHAPE node d", "warning UNKNOWN_FIELD node d"],
  },
  {
    name: "a subgraph far away, over channels that are not there, and what is no expression",
    text: graph({
      nodes: `, "c": { "kind": "subgraph", "graph": ⟦"/etc/c"⟧, "in": { "any": "1 + ⟦zz⟧" }, "out": { ⟦"yy"⟧: "any", "n": "1 +⟦"⟧ } }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: ["error GRAPH_OUTSIDE node c", "error EXPRESSION node c", "error UNDECLARED_CHANNEL node c", "error EXPRESSION node c"],
  },
  { name: "no start and no sections", text: `⟦{⟧ "patchbay": 1 }`, expected: ["error NO_START"] },
  {
    name: "a node out of reach",
    text: graph({
      nodes: `, ⟦"c"⟧: { "kind": "code", "handler": "./c.ts" }, ⟦"d"⟧: { "kind": "code", "handler": "./d.ts" }`,
      edges: `, "e3": { "from": "c", "to": "d" }`,
    }),
    expected: ["information UNREACHABLE_NODE node c", "information UNREACHABLE_NODE node d"],
  },
  {
    name: "a node out of reach where no handler may go",
    text: `{ "patchbay": 1, "nodes": { "a": { "kind": "expression", "set": {} }, ⟦"c"⟧: { "kind": "code", "handler": "./c.ts" },
      "d": { "kind": "expression", "set": {}, "join": ⟦"all"⟧ } },
      "edges": { "e1": { "from": "@start", "to": "a" }, "e2": { "from": "a", "to": "d" }, "e3": { "from": "c", "to": "d" } } }`,
    expected: ["warning UNREACHABLE_NODE node c", "warning JOIN_NEVER_MET node d"],
  },
  {
    name: "a node out of reach of a handler that does not run",
    text: `{ "patchbay": 1, "nodes": { "a": { "kind": "code", "handler": "./a.ts", "disabled": true }, ⟦"c"⟧: { "kind": "expression", "set": {} } },
      "edges": { "e1": { "from": "@start", "to": "a" } } }`,
    expected: ["warning UNREACHABLE_NODE node c"],
  },
  {
    name: "a node out of reach but by a fallback's handler",
    text: `{ "patchbay": 1, "nodes": { "a": { "kind": "expression", "set": {}, "fallback": "./a.ts" }, ⟦"c"⟧: { "kind": "expression", "set": {} } },
      "edges": { "e1": { "from": "@start", "to": "a" } } }`,
    expected: ["information UNREACHABLE_NODE node c"],
  },
  {
    name: "a node out of reach but by a decision",
    text: `{ "patchbay": 1, "nodes": { "a": { "kind": "barrier", "prompt": "?", "actions": ["approve", "reroute"] }, ⟦"c"⟧: { "kind": "expression", "set": {} } },
      "edges": { "e1": { "from": "@start", "to": "a" } } }`,
    expected: ["information UNREACHABLE_NODE node c"],
  },
  {
    name: "a node behind an edge that never fires",
    text: graph({
      nodes: `, ⟦"c"⟧: { "kind": "code", "handler": "./c.ts" }`,
      edges: `, "e3": { "from": "a", "to": "c", "when": ⟦" false "⟧ }`,
    }),
    expected: ["information UNREACHABLE_NODE node c", "warning EDGE_NEVER_FIRES edge e3"],
  },
  {
    name: "an action that the barrier does not offer",
    text: graph({
      edges: `, "e3": { "from": "b", "to": "@end", "on": ⟦"maybe"⟧ }, "e4": { "from": "b", "to": "@end", "on": "approve" }, "e5": { "from": "b", "to": "@end", "on": "reject" }`,
    }),
    expected: ["warning EDGE_NEVER_FIRES edge e3"],
  },
  {
    name: "an action of the barrier without an edge",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "on": "approve" }` }).replace(`"kind": "barrier"`, `"kind": ⟦"barrier"⟧`),
    expected: ["warning UNKNOWN_ACTION node b"],
  },
  {
    name: "other actions of a barrier take the else edge",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "on": "approve" }, "e4": { "from": "b", "to": "a", "else": true }` }),
    expected: [],
  },
  {
    name: "an else edge when every action has its own",
    text: graph({
      edges: `, "e3": { "from": "b", "to": "@end", "on": "approve" }, "e4": { "from": "b", "to": "a", "on": "reject" }, "e5": { "from": "b", "to": "a", "else": ⟦true⟧ }`,
    }),
    expected: ["warning EDGE_NEVER_FIRES edge e5"],
  },
  {
    name: "an else edge alone",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "else": ⟦true⟧ }` }),
    expected: ["warning EDGE_NEVER_FIRES edge e3"],
  },
  {
    name: "actions of what returns none",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": {} }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "@end", "on": ⟦"x"⟧ }, "e5": { "from": "@start", "to": "a", "on": ⟦"x"⟧ }`,
    }),
    expected: ["warning EDGE_NEVER_FIRES edge e4", "warning EDGE_NEVER_FIRES edge e5"],
  },
  {
    name: "an error edge",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": {} }`,
      edges: `, "e3": { "from": "a", "to": "c", "on": "@error" }, "e4": { "from": "b", "to": "@end", "on": "@error" },
        "e5": { "from": "c", "to": "@end", "on": "@error" }`,
    }),
    expected: [],
  },
  {
    name: "an error edge of the start, and a built-in action that is none",
    text: graph({
      edges: `, "e3": { "from": "@start", "to": "b", "on": ⟦"@error"⟧ }, "e4": { "from": "a", "to": "@end", "on": ⟦"@timeout"⟧ }`,
    }),
    expected: ["warning EDGE_NEVER_FIRES edge e3", "warning EDGE_NEVER_FIRES edge e4"],
  },
  {
    name: "an error edge is no alternative beside else",
    text: graph({
      edges: `, "e3": { "from": "a", "to": "@end", "on": "@error" }, "e4": { "from": "a", "to": "@end", "else": ⟦true⟧ }`,
    }).replace(`"e2": { "from": "a", "to": "b" }`, `"e2": { "from": "@start", "to": "b" }`),
    expected: ["warning EDGE_NEVER_FIRES edge e4"],
  },
  {
    name: "joins that are none",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": {}, "join": ⟦"some"⟧ }, "d": { "kind": "expression", "set": {}, "join": { "count": ⟦0⟧ } },
        "e": { "kind": "expression", "set": {}, "join": ⟦{}⟧ }, "f": { "kind": "expression", "set": {}, "join": { "count": 1, ⟦"of"⟧: 2 } }`,
      edges: `, "e3": { "from": "a", "to": "c" }, "e4": { "from": "a", "to": "d" }, "e5": { "from": "a", "to": "e" }, "e6": { "from": "a", "to": "f" }`,
    }),
    expected: ["error DOCUMENT_SHAPE node c", "error DOCUMENT_SHAPE node d", "error DOCUMENT_SHAPE node e", "warning UNKNOWN_FIELD node f"],
  },
  {
    name: "a count join with too few edges that can fire",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": {}, "join": ⟦{ "count": 2 }⟧ }, "d": { "kind": "expression", "set": {}, "join": { "count": 2 } }`,
      edges: `, "e3": { "from": "a", "to": "c" }, "e4": { "from": "b", "to": "c", "when": ⟦"false"⟧ },
        "e5": { "from": "a", "to": "d" }, "e6": { "from": "b", "to": "d" }`,
    }),
    expected: ["warning JOIN_NEVER_MET node c", "warning EDGE_NEVER_FIRES edge e4"],
  },
  {
    name: "an `all` join of an error edge and another of one node",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": {}, "join": ⟦"all"⟧ }`,
      edges: `, "e3": { "from": "a", "to": "c" }, "e4": { "from": "a", "to": "c", "on": "@error" }`,
    }),
    expected: ["warning JOIN_NEVER_MET node c"],
  },
  {
    name: "the same edge twice",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "label": "x" }, "e4": ⟦{ "from": "b", "to": "@end" }⟧` }),
    expected: ["warning EDGE_NEVER_FIRES edge e4"],
  },
  {
    name: "a join with an edge that only a handler may lead to",
    text: graph({
      nodes: `, ⟦"c"⟧: { "kind": "code", "handler": "./c.ts" }, "d": { "kind": "expression", "set": {}, "join": "all" }`,
      edges: `, "e3": { "from": "b", "to": "d" }, "e4": { "from": "c", "to": "d" }`,
    }),
    expected: ["information UNREACHABLE_NODE node c"],
  },
  {
    name: "a join of alternatives",
    text: graph({
      nodes: `, "d": { "kind": "expression", "set": {}, "join": ⟦"all"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "d", "on": "approve" }, "e4": { "from": "b", "to": "d", "on": "reject" }`,
    }),
    expected: ["warning JOIN_NEVER_MET node d"],
  },
  {
    name: "a join of a condition and its else",
    text: graph({
      nodes: `, "d": { "kind": "expression", "set": {}, "join": ⟦"all"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "d", "when": "n > 1" }, "e4": { "from": "b", "to": "d", "else": true }`,
    }),
    expected: ["warning JOIN_NEVER_MET node d"],
  },
  {
    name: "a join with an edge that never fires",
    text: graph({
      nodes: `, "d": { "kind": "expression", "set": {}, "join": ⟦"all"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "d" }, "e4": { "from": "a", "to": "d", "when": ⟦"false"⟧ }`,
    }),
    expected: ["warning JOIN_NEVER_MET node d", "warning EDGE_NEVER_FIRES edge e4"],
  },
  {
    name: "alternatives of what runs again can both come",
    text: graph({
      nodes: `, "d": { "kind": "expression", "set": {}, "join": "all" }`,
      edges: `, "e3": { "from": "b", "to": "d", "on": "approve" }, "e4": { "from": "b", "to": "d", "on": "reject" }, "e5": { "from": "b", "to": "a", "when": "n > 1" }`,
    }),
    expected: [],
  },
  {
    name: "a join of two branches",
    text: graph({
      nodes: `, "d": { "kind": "expression", "set": {}, "join": "all" }`,
      edges: `, "e3": { "from": "b", "to": "d" }, "e4": { "from": "a", "to": "d", "when": "n > 1" }`,
    }),
    expected: [],
  },
  {
    name: "undeclared channels",
    text: graph({
      nodes: `, "c": { "kind": "code", "handler": "./c.ts", "reads": ["n", ⟦"x"⟧], "writes": [⟦"y"⟧, "s"] }, "d": { "kind": "expression", "set": { ⟦"z"⟧: "1" } }, "f": { "kind": "barrier", "prompt": "?", "output": ⟦"w"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d" }, "e5": { "from": "d", "to": "f" }`,
    }),
    expected: [
      "error UNDECLARED_CHANNEL node c",
      "error UNDECLARED_CHANNEL node c",
      "error UNDECLARED_CHANNEL node d",
      "error UNDECLARED_CHANNEL node f",
    ],
  },
  {
    name: "a channel declared wrongly is declared",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "when": "x > 1" }` }).replace(
      channels,
      `"channels": { "x": { "reducer": ⟦"?"⟧ } }`,
    ),
    expected: ["error DOCUMENT_SHAPE"],
  },
  {
    name: "names and expressions in how a node is run",
    text: graph({
      nodes: `, "c": { "kind": "code", "handler": "./c.ts", "cache": { "key": "n + ⟦zz⟧" }, "fallback": { ⟦"yy"⟧: 1, "n": 2 } }, "d": { "kind": "code", "handler": "./c.ts", "fallback": ⟦"/etc/x.ts"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d" }`,
    }),
    expected: ["error EXPRESSION node c", "error UNDECLARED_CHANNEL node c", "error HANDLER_OUTSIDE node d"],
  },
  ...["later", "modify", "reroute"].map((action): Case => ({
    name: `the default ${action} of a barrier`,
    text: graph({
      nodes: `, "c": { "kind": "barrier", "prompt": "?", "actions": ["modify", "reroute"], "timeout": "1d", "default": ⟦"${action}"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: ["error UNKNOWN_ACTION node c"],
  })),
  {
    name: "edges of a barrier that offers to reroute, and of a disabled node",
    text: graph({
      nodes: `, "c": { "kind": "barrier", "prompt": "?", "actions": ["approve", "reroute"] }, "d": { "kind": "code", "handler": "./d.ts", "disabled": true }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "d", "on": "approve" }, "e5": { "from": "d", "to": "@end", "on": ⟦"x"⟧ }, "e6": { "from": "d", "to": "@end", "when": "true" }`,
    }),
    expected: ["warning EDGE_NEVER_FIRES edge e5"],
  },
  {
    name: "an unknown variable",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "when": "n > 1 && ⟦zz⟧ == 2" }` }),
    expected: ["error EXPRESSION edge e3"],
  },
  {
    name: "a condition that is not one",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "when": "⟦n + 1⟧" }` }),
    expected: ["error EXPRESSION edge e3"],
  },
  {
    name: "types that do not go together",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "when": "⟦n + s⟧ == 2" }` }),
    expected: ["error EXPRESSION edge e3"],
  },
  {
    name: "a place behind escapes",
    text: graph({ edges: String.raw`, "e3": { "from": "b", "to": "@end", "when": "s == \"\u00e9\\n\" && ⟦zz⟧" }` }),
    expected: ["error EXPRESSION edge e3"],
  },
  {
    name: "an expression that ends too early",
    text: graph({ edges: `, "e3": { "from": "b", "to": "@end", "when": "n >⟦"⟧ }` }),
    expected: ["error EXPRESSION edge e3"],
  },
  {
    name: "expressions of a node",
    text: graph({
      nodes: `, "c": { "kind": "expression", "set": { "n": "n * 2", "s": "⟦zz⟧" } }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: ["error EXPRESSION node c"],
  },
  {
    name: "holes of a prompt",
    text: graph({
      nodes: String.raw`, "c": { "kind": "barrier", "prompt": "\t{{n}} and {{⟦zz⟧}} and {{⟦yy⟧}}" }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: ["error EXPRESSION node c", "error EXPRESSION node c"],
  },
  {
    name: "templates and channels of an http node",
    text: graph({
      nodes: `, "c": { "kind": "http", "method": "POST", "url": "http://a/{{⟦u⟧}}", "headers": { "h": "{{n}} {{⟦h⟧}}" }, "query": { "q": "{{⟦q⟧}}" }, "body": { "a": ["{{⟦b⟧}}", "{{secret.K}}"] }, "output": ⟦"w"⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }`,
    }),
    expected: [...Array<string>(4).fill("error EXPRESSION node c"), "error UNDECLARED_CHANNEL node c"],
  },
  {
    name: "secrets where they cannot be used",
    text: graph({
      nodes: `, "c": { "kind": "http", "url": "http://a/{{'x' + ⟦secret⟧.K}}" }, "d": { "kind": "barrier", "prompt": "{{⟦secret⟧.K}}" }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "b", "to": "d" }`,
    }),
    expected: ["error EXPRESSION node c", "error EXPRESSION node d"],
  },
  ...["example.org/x", "ftp://a/b", "file:///etc/{{s}}", "http:/a/{{s}}", "http://", "https://me:pw@a/", "x{{s}}"].map((url): Case => ({
    name: `the address ${url}`,
    text: graph({ nodes: `, "c": { "kind": "http", "url": ⟦"${url}"⟧ }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error HTTP_URL node c"],
  })),
  ...["{{s}}", "{{s}}/a", "http{{s}}", "https://{{s}}/a", "HTTP://a:80/b?c#d", " http://a "].map((url): Case => ({
    name: `the address ${url}`,
    text: graph({ nodes: `, "c": { "kind": "http", "url": "${url}" }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: [],
  })),
  {
    name: "a status that an http node does not expect",
    text: graph({
      nodes: `, "c": { "kind": "http", "url": "http://a", "expect": ["2xx", "404"] }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "@end", "on": "2xx" }, "e5": { "from": "c", "to": "a", "on": "404" }, "e6": { "from": "c", "to": "b", "on": ⟦"500"⟧ }`,
    }),
    expected: ["warning EDGE_NEVER_FIRES edge e6"],
  },
  {
    name: "a status without an edge",
    text: graph({
      nodes: `, "c": { "kind": "http", "url": "http://a", "expect": ⟦["2xx", "404"]⟧ }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "@end", "on": "2xx" }`,
    }),
    expected: ["warning UNKNOWN_ACTION node c"],
  },
  {
    name: "a status without an edge beside one that always fires",
    text: graph({
      nodes: `, "c": { "kind": "http", "url": "http://a", "expect": ["2xx", "404"] }`,
      edges: `, "e3": { "from": "b", "to": "c" }, "e4": { "from": "c", "to": "@end" }, "e5": { "from": "c", "to": "a", "on": "404" }`,
    }),
    expected: [],
  },
  ...["/etc/x.ts", "C:/x.ts", String.raw`\\\\server\\x.ts`, "https://example.org/x.ts", "file:///x.ts", "node:fs"].map((handler): Case => ({
    name: `the handler ${handler}`,
    text: graph({ nodes: `, "c": { "kind": "code", "handler": ⟦"${handler}"⟧ }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: ["error HANDLER_OUTSIDE node c"],
  })),
  ...["./x.ts", "nodes/x.mjs#named", "../shared/x.ts"].map((handler): Case => ({
    name: `the handler ${handler}`,
    text: graph({ nodes: `, "c": { "kind": "code", "handler": "${handler}" }`, edges: `, "e3": { "from": "b", "to": "c" }` }),
    expected: [],
  })),
  {
    name: "a place for nobody",
    text: graph({ more: `, "layout": { "a": [0, 0], ⟦"zz"⟧: [1, 1], "@start": [0, 0] }` }),
    expected: ["warning UNKNOWN_FIELD"],
  },
  {
    name: "a note and a group that are right",
    text: graph({
      more: `, "notes": { "n": { "text": "Why?", "color": "blue" } }, "groups": { "g": { "label": "First", "nodes": ["a", "n"] } }, "layout": { "n": [0, 0, 200, 80] }`,
    }),
    expected: [],
  },
  {
    name: "members that are gone, in two groups, or groups",
    text: graph({
      more: `, "groups": { "h": { "nodes": [⟦"zz"⟧, ⟦"a"⟧, ⟦"g"⟧, "b", "b"] }, "g": { "nodes": ["a", ⟦"h"⟧] }, "empty": { "nodes": ⟦[]⟧ } }`,
    }),
    expected: [
      "warning UNKNOWN_MEMBER node h",
      "warning UNKNOWN_MEMBER node h",
      "warning UNKNOWN_MEMBER node h",
      "warning UNKNOWN_MEMBER node g",
      "warning UNKNOWN_MEMBER node empty",
    ],
  },
  {
    name: "ids that nodes, notes and groups share",
    text: graph({ more: `, "notes": { ⟦"a"⟧: { "text": "" }, "n": { "text": "" } }, "groups": { ⟦"n"⟧: { "nodes": ["b"] } }` }),
    expected: ["error TAKEN_ID node a", "error TAKEN_ID node n"],
  },
];

test.each(syntax)("syntax: $name", check);
test.each(shape)("shape: $name", check);
test.each(meaning)("meaning: $name", check);

test("the message of an unknown kind names the known ones", () => {
  const { problems } = parseDocument(graph({ nodes: `, "c": { "kind": "magic" }`, edges: `, "e3": { "from": "b", "to": "c" }` }));
  expect(problems[0]?.message).toBe(
    '"magic" is not a node kind; this version knows "code", "expression", "barrier", "http", "map", "subgraph".',
  );
});

test("a newer document is read-only and shown as far as it can be", () => {
  const parsed = parseDocument(graph({}).replace(": 1,", ": 2,"));
  expect([parsed.readOnly, parsed.valid, parsed.graph.nodes.size]).toEqual([true, false, 2]);
});
