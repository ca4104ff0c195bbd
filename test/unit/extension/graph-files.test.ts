import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GraphFiles } from "../../../extension/run/graph-files.js";
import { compileGraph, parseDocument } from "../../../runtime/index.js";
import { graphText } from "../../support/graph-text.js";

const graph = (title: string) => graphText({ channels: { [title]: {} }, nodes: { a: {} }, edges: { e: "@start -> a" } });
const channelsOf = (plan: { readonly channels: ReadonlyMap<string, unknown> } | undefined) => [...(plan?.channels.keys() ?? [])];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "patchbay-graphs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a graph that is open is run in its last good state, another as its file has it, each compiled once", () => {
  const file = join(folder, "inner.patchbay.json");
  writeFileSync(file, graph("saved"));
  let edited: string | undefined;
  const parsed = () => (edited === undefined ? undefined : parseDocument(edited));
  let plan: ReturnType<typeof compileGraph> | undefined;
  const files = new GraphFiles(() => folder, {
    parsed,
    compiled: () => {
      const document = parsed();
      return plan === undefined || document === undefined ? undefined : { plan, document };
    },
  });
  const load = () => files.of(folder).load("./inner.patchbay.json");
  const found = load();
  expect(found.ok && [found.graph.name, channelsOf(found.graph.plan)]).toEqual(["inner.patchbay.json", ["saved"]]);
  expect(load()).toEqual(found);
  const again = load();
  expect(again.ok && found.ok && again.graph === found.graph).toBe(true);

  edited = graph("edited");
  plan = compileGraph(parseDocument(edited).graph);
  const open = load();
  expect(open.ok && channelsOf(open.graph.plan)).toEqual(["edited"]);
  edited = "{ broken";
  const looked = files.look(folder, file);
  expect([looked.found === "file" && looked.document.valid, load().ok]).toEqual([false, true]);

  edited = undefined;
  plan = undefined;
  writeFileSync(file, graph("later"));
  const later = load();
  expect(later.ok && channelsOf(later.graph.plan)).toEqual(["later"]);
});

test.each([
  ["./gone.patchbay.json", "GRAPH_MISSING"],
  ["../outside.patchbay.json", "GRAPH_OUTSIDE"],
  ["./broken.patchbay.json", "GRAPH_INVALID"],
  [".", "GRAPH_OUTSIDE"],
])("%s is %s", (path, code) => {
  writeFileSync(join(folder, "broken.patchbay.json"), "{");
  const files = new GraphFiles(() => folder, { parsed: () => undefined, compiled: () => undefined });
  const found = files.of(folder).load(path);
  expect(found.ok ? "ok" : found.error.code).toBe(code);
});
