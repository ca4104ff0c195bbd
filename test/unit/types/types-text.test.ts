import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import { typesText } from "../../../runtime/types/graph-types.js";

const { graph } = parseDocument(
  JSON.stringify({
    patchbay: 1,
    channels: { ticket: { schema: { type: "string" } }, score: { reducer: "sum" }, other: {} },
    nodes: {
      rate: { kind: "code", handler: "./rate.ts", reads: ["ticket"], writes: ["score"] },
      ask: { kind: "barrier", prompt: "Go on?" },
    },
    edges: {},
  }),
);

test("the types of a graph are those of its channels", () => {
  const text = typesText(graph);
  expect(text).toContain("interface Channels {");
  for (const name of ["ticket: string", "score: number", "other: unknown"]) expect(text).toContain(`readonly ${name}`);
});

test("the types of a node name what it is given and may write, and nothing else", () => {
  const text = typesText(graph, "rate");
  expect(text).toContain('readonly state: Partial<Pick<Channels, "ticket">>');
  expect(text).toContain('readonly update: Pick<Writes, "score">');
  expect(text).toContain("readonly ticket: string");
  expect(text).not.toContain("other");
});

test("a node without code has none", () => {
  expect(typesText(graph, "ask")).toBe("");
  expect(typesText(graph, "nobody")).toBe("");
});
