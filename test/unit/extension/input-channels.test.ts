import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/index.js";
import { inputChannels } from "../../../extension/run/input-channels.js";
import { graphText } from "../../support/graph-text.js";

const text = { schema: { type: "string" } };

test.each<[name: string, channels: object, nodes: object, asked: readonly string[]]>([
  ["what has a schema and nothing that writes it", { a: text, b: text }, { n: { kind: "expression", set: { b: "a" } } }, ["a"]],
  [
    "nothing with a default, without a schema, or that accumulates",
    { a: { ...text, default: "x" }, b: {}, c: { reducer: "append" } },
    { n: { writes: [] } },
    [],
  ],
  ["nothing that a handler names among its writes", { a: text, b: text }, { n: { writes: ["b"] } }, ["a"]],
  ["nothing where a handler may write all", { a: text }, { n: {} }, []],
  ["nothing where a graph inside shares all", { a: text }, { n: { kind: "subgraph", graph: "./x.patchbay.json" } }, []],
  [
    "what a graph inside does not give",
    { a: text, b: text },
    { n: { kind: "subgraph", graph: "./x.patchbay.json", out: { b: "b" } } },
    ["a"],
  ],
  ["nothing that a decision brings", { a: text, b: text }, { n: { kind: "barrier", prompt: "?", output: "a" } }, ["b"]],
])("a person is asked for %s", (_name, channels, nodes, asked) => {
  const { graph } = parseDocument(
    graphText({ channels: channels as Record<string, unknown>, nodes: nodes as Record<string, object>, edges: { s: "@start -> n" } }),
  );
  expect(inputChannels(graph).map(({ name }) => name)).toEqual(asked);
});
