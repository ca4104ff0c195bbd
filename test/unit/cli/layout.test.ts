import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BuiltCommand, call, temporaryFolder } from "./command-line.js";
import { graphText } from "../../support/graph-text.js";

const folder = temporaryFolder();
const path = join(folder.path, "g.patchbay.json");
let command: BuiltCommand;
beforeAll(async () => {
  command = await BuiltCommand.build();
});
afterAll(() => {
  command.remove();
  folder.remove();
});

const nodes = { a: {}, b: {}, c: {} };
const edges = { e1: "@start -> a", e2: "a -> b when 1 > 0", e3: "a -> c else", e4: "b -> @end", e5: "c -> @end" };
const layoutOf = (): Record<string, readonly [number, number]> => JSON.parse(readFileSync(path, "utf8")).layout;
const write = (layout: object): void => {
  const document = JSON.parse(graphText({ nodes, edges }));
  writeFileSync(path, JSON.stringify({ ...document, layout }, undefined, 2));
};

test("a graph written by hand gets a place for every node, in layers, and nothing else of it changes", async () => {
  write({});
  const before = JSON.parse(readFileSync(path, "utf8"));
  const done = await command.run(["layout", path], folder.path);
  expect(done).toMatchObject({ status: 0, stderr: "", stdout: `${path}: 5 nodes placed.\n` });
  const { layout, ...rest } = JSON.parse(readFileSync(path, "utf8"));
  expect({ ...rest, layout: {} }).toEqual(before);
  expect(layout).toEqual({ "@start": [0, 0], a: [160, 0], b: expect.anything(), c: expect.anything(), "@end": expect.anything() });
  expect(layout.b[0]).toBe(layout.c[0]);
  expect(layout.b[1]).toBeLessThan(layout.c[1]);
  const text = readFileSync(path, "utf8");
  const again = await command.run(["layout", path], folder.path);
  expect(again.stdout).toBe(`${path}: every node has its place already.\n`);
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("what has a place keeps it, where that is asked for", async () => {
  write({ "@start": [0, 0], a: [160, 40], b: [500, 40], "@end": [900, 0] });
  const done = await command.run(["layout", path, "--keep", "--json"], folder.path);
  expect(JSON.parse(done.stdout)).toEqual({ placed: ["c"] });
  expect(layoutOf()).toMatchObject({ a: [160, 40], b: [500, 40], "@end": [900, 0] });
});

test("of what is named, the rest stays", async () => {
  const kept = { "@start": [0, 0], a: [160, 40], "@end": [900, 0] } as const;
  write({ ...kept, b: [500, 40], c: [520, 60] });
  await command.run(["layout", path, "--select", "b", "--select", "c", "--orientation", "top-to-bottom"], folder.path);
  expect(layoutOf()).toMatchObject(kept);
});

test("what cannot be is said", async () => {
  write({});
  expect(await call(["layout", path, "--select", "x"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("the graph has no such node"),
  });
  expect(await call(["layout", path, "--select", "a", "--keep"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("give one of the two"),
  });
  expect(await call(["layout", path, "--orientation", "up"])).toMatchObject({ status: 2 });
  expect(await call(["layout", path])).toMatchObject({ status: 1, stderr: expect.stringContaining("LAYOUT_FAILED") });
});
