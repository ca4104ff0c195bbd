import { expect, test } from "vitest";
import { mayHaveEffect } from "../../../runtime/run/outside-effects.js";
import { compile } from "./harness.js";

const url = "http://127.0.0.1/";

test.each<readonly [string, object, boolean]>([
  ["a handler", {}, true],
  ["a handler whose results are cached", { cache: {} }, false],
  ["a disabled handler", { disabled: true }, false],
  ["an expression", { kind: "expression", set: { n: "1.0" } }, false],
  ["an expression with a handler to fall back to", { kind: "expression", set: { n: "1.0" }, fallback: "./b.ts" }, true],
  ["a barrier", { kind: "barrier", prompt: "?" }, false],
  ["a request that reads", { kind: "http", url }, false],
  ["a request that writes", { kind: "http", method: "POST", url }, true],
  ["a handler for each item", { kind: "map", over: "[1]", handler: "./b.ts" }, true],
  ["a graph for each item", { kind: "map", over: "[1]", graph: "./inner.patchbay.json" }, false],
  ["a graph", { kind: "subgraph", graph: "./inner.patchbay.json" }, false],
])("%s", (_name, fields, expected) => {
  const { plan } = compile({ channels: { n: { schema: { type: "number" } } }, nodes: { a: fields }, edges: { e: "@start -> a" } });
  const program = plan.nodes.get("a");
  expect(program !== undefined && mayHaveEffect(program)).toBe(expected);
});
