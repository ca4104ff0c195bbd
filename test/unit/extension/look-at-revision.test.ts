import { expect, test } from "vitest";
import * as v from "valibot";
import { lookAtRevision } from "../../../extension/diff/look-at-revision.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { looks, type LookCall } from "../../../webview/protocol/looks.js";
import { graphText } from "../../support/graph-text.js";

const parsed = parseDocument(
  graphText({
    channels: { n: { schema: { type: "number" } } },
    nodes: { count: { writes: ["n"], reads: [] } },
    edges: { e1: "@start -> count", e2: "count -> @end when n > 1.0" },
  }),
);

const calls: readonly LookCall[] = [
  { name: "channel/load", params: { channel: "n" } },
  { name: "types/load", params: {} },
  { name: "expression/check", params: { field: "when", edge: "e2", text: "n" } },
  { name: "expression/complete", params: { field: "when", edge: "e2", text: "n", at: 1 } },
  { name: "handler/suggest", params: { text: "" } },
  { name: "name/suggest", params: { node: "count", field: "set", text: "" } },
  { name: "task/load", params: { node: "count" } },
  { name: "figures/load", params: { node: "count", superstep: 1 } },
  { name: "past/outline", params: {} },
  { name: "past/load", params: { superstep: 1 } },
  { name: "told/listen", params: { node: "count" } },
  { name: "edge/explain", params: { edge: "e2" } },
];

test.each(calls)("$name has an answer of its own form", (call) => {
  expect(v.is<v.GenericSchema>(looks[call.name].result, lookAtRevision(parsed, call))).toBe(true);
});

test("who uses a channel is told of a graph that was, and its types", () => {
  const uses = lookAtRevision(parsed, { name: "channel/load", params: { channel: "n" } });
  expect(uses).toMatchObject({ readers: [{ edge: "e2" }], writers: [{ node: "count" }] });
  expect(lookAtRevision(parsed, { name: "types/load", params: {} })).toMatchObject({ text: expect.stringContaining("n") as string });
});

test("nothing that can be asked is left out", () => expect(calls.map(({ name }) => name).sort()).toEqual(Object.keys(looks).sort()));
