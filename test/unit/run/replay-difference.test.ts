// When a task is the same as one that finished before.
import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../runtime/index.js";
import type { FileVersions } from "../../../runtime/model/file-version.js";
import { difference } from "../../../runtime/run/replay/difference.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile } from "./harness.js";

const channels = { p: { schema: { type: "number" } }, q: { schema: { type: "object" } } };
const graphOf = (node: object, more: object = {}): ShortGraph => ({
  channels: { ...channels, ...more },
  nodes: { a: node },
  edges: { s: "@start -> a" },
});
const versions =
  (version: string): FileVersions =>
  (path) =>
    path === "./a.ts" || path === "./f.ts" ? { version, commands: false } : undefined;

interface Side {
  readonly node?: object;
  readonly values?: JsonObject;
  readonly input?: JsonValue;
  readonly files?: FileVersions;
  readonly channels?: object;
}

const moment = ({ node = { reads: ["p"] }, values = {}, input, files, channels: more }: Side) => ({
  plan: compile(graphOf(node, more), files).plan,
  value: (name: string): JsonValue | undefined => values[name],
  ...(input === undefined ? {} : { input }),
});

function check(now: Side, then: Side, expected: string | undefined, failed = false): void {
  expect(difference("a", moment(now), moment(then), failed)).toBe(expected);
}

const http = (url: string) => ({ kind: "http", url, output: "q" });

test.each<readonly [string, Side, Side, string | undefined]>([
  ["nothing", {}, {}, undefined],
  ["a value that it reads", { values: { p: 1 } }, { values: { p: 2 } }, 'channel "p" has another value'],
  ["a value that is gone", {}, { values: { p: 2 } }, 'channel "p" has another value'],
  ["a value that it does not read", { values: { q: { a: 1 } } }, { values: { q: { a: 2 } } }, undefined],
  ["one of all values", { node: {}, values: { q: { a: 1 } } }, { node: {}, values: { q: { a: 2 } } }, 'channel "q" has another value'],
  ["the order of keys", { node: {}, values: { q: { a: 1, b: 2 } } }, { node: {}, values: { q: { b: 2, a: 1 } } }, undefined],
  [
    "a channel that is new, to one that reads all",
    { node: {}, channels: { u: {} }, values: { u: 1 } },
    { node: {} },
    'channel "u" has another value',
  ],
  ["a channel that is new and empty", { node: {}, channels: { u: {} } }, { node: {} }, undefined],
  ["its input", { input: 1 }, { input: 2 }, "it is given another input"],
  ["that it is given something", { input: null }, {}, "it is given another input"],
  ["its handler", { node: { reads: ["p"], handler: "./b.ts" } }, {}, "its node has another handler"],
  ["the text of its handler", { files: versions("2") }, { files: versions("1") }, "its node has another code"],
  ["what it reads", { node: { reads: ["p", "q"] } }, {}, "its node has another reads"],
  ["its kind", { node: { kind: "expression", set: { p: "1" } } }, {}, "its node has another handler, kind, reads, set"],
  ["its label", { node: { reads: ["p"], label: "A" } }, {}, undefined],
  ["how often it is tried", { node: { reads: ["p"], retry: { attempts: 5 } } }, {}, undefined],
  ["how long it may take", { node: { reads: ["p"], timeout: "5s" } }, {}, undefined],
  ["its cache", { node: { reads: ["p"], cache: {} } }, {}, undefined],
  ["its fallback", { node: { reads: ["p"], fallback: { p: 1 } } }, {}, "its node has another fallback"],
  ["its address", { node: http("http://a.test/{{p}}") }, { node: http("http://b.test/{{p}}") }, "its node has another url"],
  [
    "what its address names",
    { node: http("http://a.test/{{p}}"), values: { p: 1 } },
    { node: http("http://a.test/{{p}}"), values: { p: 2 } },
    'channel "p" has another value',
  ],
  [
    "how long a barrier waits",
    { node: { kind: "barrier", prompt: "?", timeout: "1m" } },
    { node: { kind: "barrier", prompt: "?" } },
    "its node has another timeout",
  ],
])("%s", (_name, now, then, expected) => {
  check(now, then, expected);
});

test("how a node was tried counts where it had failed", () => {
  check({ node: { reads: ["p"], retry: { attempts: 5 } } }, {}, "its node has another retry", true);
});

test("a node that is gone, or that was not there, is no other", () => {
  const now = moment({});
  const others = { ...moment({}), plan: compile({ channels, nodes: { b: {} }, edges: { s: "@start -> b" } }).plan };
  expect(difference("a", others, now, false)).toBe("its node is gone");
  expect(difference("a", now, others, false)).toBe("its node has another meaning");
  expect(difference("a", now, { ...now, plan: undefined }, false)).toBe("the graph that it ran under is not known any more");
});
