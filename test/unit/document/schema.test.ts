import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import { reservedChannelNames } from "../../../runtime/document/reserved-names.js";

const schema = JSON.parse(readFileSync(new URL("../../../schemas/graph-1.schema.json", import.meta.url), "utf8")) as Record<
  string,
  unknown
>;
const validate = new Ajv({ strict: false }).compile(schema);

/** Problems of shape: what the JSON Schema can say as well. */
const ofShape: ReadonlySet<string> = new Set(["DOCUMENT_SHAPE", "INVALID_ID", "UNKNOWN_KIND", "DOCUMENT_NEWER"]);

const node = (fields: object): object => ({ patchbay: 1, nodes: { a: fields } });
const edge = (fields: object): object => ({ patchbay: 1, edges: { e: fields } });
const channel = (fields: unknown): object => ({ patchbay: 1, channels: { x: fields } });

const valid: readonly object[] = [
  { patchbay: 1 },
  { patchbay: 1, $schema: "x", title: "", channels: {}, nodes: {}, edges: {}, layout: {}, compile: {}, limits: {}, checkpoints: {} },
  { patchbay: 1, engines: {}, tools: {}, unknown: 1 },
  { patchbay: 1, notes: {}, groups: {} },
  { patchbay: 1, notes: { n: { text: "" }, m: { text: "a\nb", color: "blue", more: 1 } }, layout: { n: [0, 0, 200, 120], m: [1, 2] } },
  { patchbay: 1, groups: { g: { nodes: [] }, h: { label: "", nodes: ["a", "n"], color: "red", more: 1 } } },
  { patchbay: 1, layout: { "@start": [0, 0], a: [-1.5, 20] } },
  { patchbay: 1, compile: { strategy: "hard", sizeThreshold: 0, staleAfter: "1.5h", staleMinEdits: 1 } },
  { patchbay: 1, limits: { supersteps: 1, stateBytes: "256MB", spillAbove: "64KB" } },
  { patchbay: 1, checkpoints: { policy: "adaptive", keep: 1 } },
  channel({}),
  channel({ schema: {}, reducer: "last", default: null }),
  channel({ reducer: "append", default: [] }),
  channel({ reducer: "sum", default: 1.5 }),
  channel({ reducer: "latest", default: {} }),
  channel({ reducer: "union", default: [1, 1] }),
  channel({ reducer: "merge", default: { a: null } }),
  channel({ reducer: "messages", default: [{ id: "a" }, { id: 1 }, { id: null }, {}] }),
  channel({ reducer: "min", default: -1 }),
  channel({ reducer: "max" }),
  channel({ reducer: "ephemeral", default: "x" }),
  channel({ reducer: { handler: "./reduce.ts#fold" }, default: null }),
  channel({ reducer: { handler: "./reduce.ts", timeout: "5s", more: 1 } }),
  channel({ default: "anything", more: 1 }),
  node({ kind: "code", handler: "./a.ts" }),
  node({ kind: "code", handler: "./a b.ts#$x", reads: [], writes: ["x"], label: "", note: "", join: "all" }),
  node({ kind: "code", handler: "./a.ts", retry: {}, timeout: {}, cache: {}, fallback: {}, disabled: false }),
  node({
    kind: "code",
    handler: "./a.ts",
    retry: { attempts: 1, delay: "0ms", backoff: 1, jitter: 0, cap: "1d", timeout: "1.5s", more: 1 },
    timeout: { run: "1m", idle: "1s", more: 1 },
    cache: { key: "x", ttl: "1h", more: 1 },
    fallback: "./b.ts#c",
    disabled: true,
  }),
  node({ kind: "expression", set: {}, timeout: "30s", fallback: { x: null }, retry: { backoff: 1.5, jitter: 1 } }),
  node({ kind: "barrier", prompt: "?", timeout: "1d", default: "reject", disabled: true, fallback: { x: 1 }, retry: 3, cache: 3 }),
  node({ kind: "subgraph", graph: "./a.patchbay.json" }),
  node({ kind: "subgraph", graph: "../a b.patchbay.json", in: { x: "1" }, out: {}, retry: {}, timeout: "1s", cache: {}, disabled: true }),
  node({ kind: "expression", set: {} }),
  node({ kind: "expression", set: { x: "1" }, join: "any" }),
  node({ kind: "expression", set: {}, join: "deferred" }),
  node({ kind: "expression", set: {}, join: { count: 1 } }),
  node({ kind: "map", over: "", handler: "./a.ts" }),
  node({
    kind: "map",
    over: "x",
    handler: "./a.ts#b",
    reads: [],
    output: "x",
    concurrency: 1,
    pool: "process",
    chunk: 10,
    onError: "collect",
    errorLimit: 3,
    stopWhen: "true",
    retry: {},
    timeout: { idle: "1s" },
    join: "all",
  }),
  node({ kind: "map", over: "x", graph: "./a.patchbay.json" }),
  node({
    kind: "map",
    over: "x",
    graph: "./a",
    in: { any: "item" },
    result: "any",
    output: "x",
    concurrency: 1,
    onError: "skip",
    retry: {},
  }),
  node({ kind: "barrier", prompt: "" }),
  node({ kind: "barrier", prompt: "?", actions: ["a", "b@c"], schema: {}, output: "x" }),
  // Fields of another kind are not this kind's to judge.
  node({ kind: "barrier", prompt: "?", handler: 5, set: 5 }),
  node({ kind: "http", url: "http://a" }),
  node({
    kind: "http",
    method: "POST",
    url: "{{base}}/a",
    headers: { Accept: "x", "X-N": 1, "x-b": true },
    query: { "a b": "{{n}}", c: 1 },
    body: { a: ["{{n}}"] },
    output: "x",
    take: "response",
    as: "base64",
    expect: ["2xx", "404"],
    redirects: 0,
    maxSize: "1KB",
    retry: {},
    timeout: "1s",
  }),
  node({ kind: "http", method: "HEAD", url: "https://a", expect: "404", redirects: 50, body: null }),
  edge({ from: "a", to: "b" }),
  edge({ from: "a", to: "b", when: "", label: "" }),
  edge({ from: "a", to: "b", on: "x" }),
  edge({ from: "a", to: "b", else: true }),
];

const invalid: readonly unknown[] = [
  null,
  [],
  "x",
  { patchbay: "1" },
  { patchbay: 0 },
  { patchbay: 1.5 },
  { patchbay: 2 },
  { patchbay: 1, $schema: 1 },
  { patchbay: 1, title: null },
  ...["channels", "nodes", "edges", "notes", "groups", "layout", "compile", "limits", "checkpoints"].map((name) => ({
    patchbay: 1,
    [name]: [],
  })),
  ...["channels", "nodes", "edges", "notes", "groups", "layout"].map((name) => ({ patchbay: 1, [name]: { a: 1 } })),
  ...[{}, { text: 1 }, { text: "x", color: "pink" }].map((note) => ({ patchbay: 1, notes: { n: note } })),
  ...[{}, { nodes: "a" }, { nodes: [1] }, { nodes: [], label: 1 }, { nodes: [], color: 1 }].map((group) => ({
    patchbay: 1,
    groups: { g: group },
  })),
  { patchbay: 1, notes: { "a b": { text: "" } } },
  { patchbay: 1, groups: { "@g": { nodes: [] } } },
  { patchbay: 1, layout: { a: [1] } },
  { patchbay: 1, layout: { a: [1, 2, 3] } },
  { patchbay: 1, layout: { a: [1, "2"] } },
  { patchbay: 1, layout: { a: [1, 2, 3, -4] } },
  { patchbay: 1, layout: { a: [1, 2, 3, 4, 5] } },
  { patchbay: 1, compile: { strategy: "fast" } },
  { patchbay: 1, compile: { sizeThreshold: -1 } },
  { patchbay: 1, compile: { sizeThreshold: 0.5 } },
  { patchbay: 1, compile: { staleAfter: 2 } },
  { patchbay: 1, compile: { staleAfter: "2 s" } },
  { patchbay: 1, compile: { staleMinEdits: 0 } },
  { patchbay: 1, limits: { supersteps: 0 } },
  { patchbay: 1, limits: { stateBytes: "1" } },
  { patchbay: 1, limits: { spillAbove: 1 } },
  { patchbay: 1, checkpoints: { policy: "never" } },
  { patchbay: 1, checkpoints: { keep: 0 } },
  channel({ schema: true }),
  channel({ reducer: "mean" }),
  channel({ reducer: "append", default: 1 }),
  channel({ reducer: "sum", default: "1" }),
  channel({ reducer: "union", default: {} }),
  channel({ reducer: "merge", default: [] }),
  channel({ reducer: "merge", default: null }),
  channel({ reducer: "messages", default: {} }),
  channel({ reducer: "messages", default: ["hello"] }),
  channel({ reducer: "messages", default: [{ id: true }] }),
  channel({ reducer: "min", default: null }),
  channel({ reducer: "max", default: "9" }),
  channel({ reducer: "handler" }),
  channel({ reducer: {} }),
  channel({ reducer: [] }),
  channel({ reducer: { handler: 1 } }),
  channel({ reducer: { handler: "a#" } }),
  channel({ reducer: { handler: "./a.ts", timeout: 5 } }),
  channel({ reducer: { handler: "./a.ts", timeout: "soon" } }),
  { patchbay: 1, channels: { "a-b": {} } },
  { patchbay: 1, channels: { "1a": {} } },
  { patchbay: 1, nodes: { "a b": { kind: "expression", set: {} } } },
  { patchbay: 1, nodes: { "": { kind: "expression", set: {} } } },
  { patchbay: 1, edges: { "@e": { from: "a", to: "b" } } },
  ...reservedChannelNames.map((name) => JSON.parse(`{ "patchbay": 1, "channels": { ${JSON.stringify(name)}: {} } }`) as unknown),
  JSON.parse(`{ "patchbay": 1, "nodes": { "__proto__": { "kind": "expression", "set": {} } } }`) as unknown,
  node({}),
  node({ kind: 1 }),
  node({ kind: "magic" }),
  node({ kind: "llm" }),
  ...[
    { url: 1 },
    { method: "get" },
    { method: "TRACE" },
    { headers: [] },
    { headers: { "a b": "x" } },
    { headers: { "": "x" } },
    { headers: { Host: "x" } },
    { headers: { "CONTENT-length": "1" } },
    { headers: { a: null } },
    { headers: { a: [] } },
    { query: { a: {} } },
    { query: "a=b" },
    { body: "x" },
    { method: "GET", body: {} },
    { method: "HEAD", body: 1 },
    { output: 1 },
    { take: "status" },
    { as: "xml" },
    { expect: [] },
    { expect: 404 },
    { expect: "6xx" },
    { expect: "2XX" },
    { expect: ["2xx", "40"] },
    { redirects: -1 },
    { redirects: 51 },
    { redirects: 1.5 },
    { maxSize: 1024 },
  ].map((fields) => node({ kind: "http", url: "http://a", ...fields })),
  node({ kind: "http" }),
  node({ kind: "code" }),
  node({ kind: "code", handler: 1 }),
  node({ kind: "code", handler: "" }),
  node({ kind: "code", handler: "a#" }),
  node({ kind: "code", handler: "a#b#c" }),
  node({ kind: "code", handler: "a", reads: "x" }),
  node({ kind: "code", handler: "a", writes: [1] }),
  node({ kind: "code", handler: "a", label: 1 }),
  node({ kind: "code", handler: "a", note: {} }),
  node({ kind: "code", handler: "a", join: "some" }),
  ...[
    { attempts: 0 },
    { attempts: 1.5 },
    { delay: 1 },
    { delay: "1" },
    { backoff: 0.5 },
    { jitter: 1.1 },
    { jitter: -1 },
    { cap: "x" },
    { timeout: 5 },
  ].map((retry) => node({ kind: "code", handler: "a", retry })),
  node({ kind: "code", handler: "a", retry: 3 }),
  ...["5", 5, [], { run: 5 }, { idle: "5" }].map((timeout) => node({ kind: "code", handler: "a", timeout })),
  ...[true, { key: 1 }, { ttl: 1 }, { ttl: "soon" }].map((cache) => node({ kind: "code", handler: "a", cache })),
  ...[1, [], "", "#a", "a#", "a#b#c"].map((fallback) => node({ kind: "code", handler: "a", fallback })),
  node({ kind: "code", handler: "a", disabled: "no" }),
  node({ kind: "barrier", prompt: "?", timeout: { run: "1d" } }),
  node({ kind: "barrier", prompt: "?", timeout: "soon" }),
  node({ kind: "barrier", prompt: "?", default: 1 }),
  node({ kind: "barrier", prompt: "?", fallback: 1 }),
  node({ kind: "code", handler: "a", join: {} }),
  node({ kind: "code", handler: "a", join: { count: 0 } }),
  node({ kind: "code", handler: "a", join: { count: 1.5 } }),
  node({ kind: "code", handler: "a", join: { count: "2" } }),
  node({ kind: "code", handler: "a", join: 2 }),
  node({ kind: "expression" }),
  node({ kind: "expression", set: [] }),
  node({ kind: "expression", set: { x: 1 } }),
  node({ kind: "expression", set: {}, label: null }),
  node({ kind: "map", handler: "./a.ts" }),
  node({ kind: "map", over: "x" }),
  node({ kind: "map", over: 1, handler: "./a.ts" }),
  node({ kind: "map", over: "x", handler: "./a.ts", graph: "./a" }),
  node({ kind: "map", over: "x", handler: "./a.ts", in: {} }),
  node({ kind: "map", over: "x", handler: "./a.ts", result: "x" }),
  ...[{ graph: "" }, { graph: 1 }, { in: [] }, { in: { x: 1 } }, { result: 1 }, { reads: [] }, { pool: "async" }, { chunk: 1 }].map(
    (fields) => node({ kind: "map", over: "x", graph: "./a", ...fields }),
  ),
  ...[
    { handler: "a#" },
    { reads: "x" },
    { output: 1 },
    { concurrency: 0 },
    { concurrency: "2" },
    { pool: "thread" },
    { chunk: 0 },
    { chunk: 1.5 },
    { onError: "ignore" },
    { errorLimit: 0 },
    { stopWhen: true },
    { retry: 3 },
  ].map((fields) => node({ kind: "map", over: "x", handler: "./a.ts", ...fields })),
  node({ kind: "barrier" }),
  node({ kind: "barrier", prompt: 1 }),
  node({ kind: "subgraph" }),
  node({ kind: "subgraph", graph: 1 }),
  node({ kind: "subgraph", graph: "" }),
  node({ kind: "subgraph", graph: "./a", in: [] }),
  node({ kind: "subgraph", graph: "./a", in: { x: 1 } }),
  node({ kind: "subgraph", graph: "./a", out: "x" }),
  node({ kind: "barrier", prompt: "?", actions: [] }),
  node({ kind: "barrier", prompt: "?", actions: "a" }),
  node({ kind: "barrier", prompt: "?", actions: ["a", "a"] }),
  node({ kind: "barrier", prompt: "?", actions: [""] }),
  node({ kind: "barrier", prompt: "?", actions: ["@a"] }),
  node({ kind: "barrier", prompt: "?", schema: true }),
  node({ kind: "barrier", prompt: "?", output: 1 }),
  edge({ from: "a" }),
  edge({ to: "a" }),
  edge({ from: 1, to: "a" }),
  edge({ from: "a", to: "b", when: 1 }),
  edge({ from: "a", to: "b", on: "" }),
  edge({ from: "a", to: "b", on: 1 }),
  edge({ from: "a", to: "b", else: false }),
  edge({ from: "a", to: "b", label: 1 }),
  edge({ from: "a", to: "b", when: "x", on: "y" }),
  edge({ from: "a", to: "b", when: "x", else: true }),
  edge({ from: "a", to: "b", on: "x", else: true }),
];

/** Whether the parser and the JSON Schema find nothing wrong with the shape. */
function verdicts(document: unknown): { parser: boolean; schema: boolean } {
  const { problems } = parseDocument(JSON.stringify(document));
  return { parser: !problems.some(({ code }) => ofShape.has(code)), schema: validate(document) };
}

test.each(valid.map((document) => [JSON.stringify(document), document] as const))("both accept %s", (_text, document) => {
  expect(verdicts(document)).toEqual({ parser: true, schema: true });
});

test.each(invalid.map((document) => [JSON.stringify(document), document] as const))("both refuse %s", (_text, document) => {
  expect(verdicts(document)).toEqual({ parser: false, schema: false });
});

test("everything that completion offers has a description", () => {
  const silent: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === "if" || key === "then") continue;
      const inner = `${path}/${key}`;
      if (path.endsWith("/properties") && !(typeof item === "object" && item !== null && "description" in item)) silent.push(inner);
      visit(item, inner);
    }
  };
  visit(schema, "");
  expect(silent).toEqual([]);
});

test("a missing version is left to the validator: the schema could only underline the whole document", () => {
  expect(validate({})).toBe(true);
  expect(parseDocument("{}").problems.map((problem) => problem.code)).toContain("DOCUMENT_SHAPE");
});
