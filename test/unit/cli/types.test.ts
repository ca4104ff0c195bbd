import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { removeTypes } from "../../../runtime/platform/types-file.js";
import { call, graphsFolder, temporaryFolder } from "./command-line.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  copyFileSync(join(graphsFolder, "handlers-missing.patchbay.json"), at("a.patchbay.json"));
});
afterEach(() => folder.remove());

const file = ".patchbay/types/a.d.ts";
const at = (path: string): string => join(folder.path, path);
const types = (...argv: readonly string[]) => call(["types", ...argv], { cwd: folder.path });
const edit = (change: (text: string) => string, path = "a.patchbay.json"): void =>
  writeFileSync(at(path), change(readFileSync(at(path), "utf8")));

test("types are written once, handlers missing or not", async () => {
  expect(await types("a.patchbay.json")).toEqual({ status: 0, stdout: `a.patchbay.json: ${file} is written\n`, stderr: "" });
  expect(readFileSync(at(file), "utf8")).toMatch(/^\/\/ Made by Patchbay from a\.patchbay\.json\./);
  expect(await types("a.patchbay.json")).toMatchObject({ status: 0, stdout: `a.patchbay.json: ${file} is current\n` });
});

test("--check writes nothing and tells", async () => {
  expect(await types("a.patchbay.json", "--check")).toMatchObject({ status: 1, stdout: expect.stringContaining("is missing") as string });
  expect(existsSync(at(".patchbay"))).toBe(false);
  await types("a.patchbay.json");
  expect(await types("a.patchbay.json", "--check")).toMatchObject({ status: 0 });
  edit((text) =>
    text.replace('"b"', '"renamed"').replaceAll('"to": "b"', '"to": "renamed"').replaceAll('"from": "b"', '"from": "renamed"'),
  );
  const before = readFileSync(at(file), "utf8");
  expect(await types("a.patchbay.json", "--check")).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("is not current") as string,
  });
  expect(readFileSync(at(file), "utf8")).toBe(before);
});

test("other line ends are as good", async () => {
  await types("a.patchbay.json");
  edit((text) => text.replaceAll("\n", "\r\n"), file);
  expect(await types("a.patchbay.json", "--check")).toMatchObject({ status: 0 });
});

test("a file of somebody's own stays", async () => {
  mkdirSync(at(".patchbay/types"), { recursive: true });
  writeFileSync(at(file), "export type Mine = 1;\n");
  expect(await types("a.patchbay.json")).toMatchObject({ status: 1, stdout: expect.stringContaining("not made by Patchbay") as string });
  removeTypes(at("a.patchbay.json"));
  expect(readFileSync(at(file), "utf8")).toBe("export type Mine = 1;\n");
});

test("types go with their graph", async () => {
  await types("a.patchbay.json");
  removeTypes(at("a.patchbay.json"));
  expect(existsSync(at(file))).toBe(false);
  removeTypes(at("a.patchbay.json"));
});

test("--json prints one object", async () => {
  copyFileSync(at("a.patchbay.json"), at("b.json"));
  await types("b.json");
  const { status, stdout } = await types("a.patchbay.json", "b.json", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    current: true,
    graphs: [
      { file: "a.patchbay.json", types: file, status: "written" },
      { file: "b.json", types: ".patchbay/types/b.d.ts", status: "current" },
    ],
  });
});

test("a graph with errors has no types, and none is written for the others", async () => {
  copyFileSync(join(graphsFolder, "broken.patchbay.json"), at("broken.patchbay.json"));
  const { status, stdout, stderr } = await types("a.patchbay.json", "broken.patchbay.json");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^broken\.patchbay\.json:8:56: error EXPRESSION /);
  expect(existsSync(at(".patchbay"))).toBe(false);
});

// Permissions do not bind root; there the test drops to another user for the call.
test.skipIf(process.platform === "win32")("a folder that cannot be written", async () => {
  const root = process.geteuid?.() === 0;
  chmodSync(folder.path, 0o555);
  if (root) process.seteuid?.(65534);
  try {
    const { status, stderr } = await types("a.patchbay.json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("access is denied") as string });
  } finally {
    if (root) process.seteuid?.(0);
    chmodSync(folder.path, 0o755);
  }
});

test.each(["types first", "the store first", "types from git", "a store of the first version"])(
  "git sees types and no runs: %s",
  async (order) => {
    if (order === "a store of the first version") {
      mkdirSync(at(".patchbay"));
      writeFileSync(at(".patchbay/.gitignore"), "*\n");
    }
    if (order === "types from git") mkdirSync(at(".patchbay/types"), { recursive: true });
    if (order === "types first") await types("a.patchbay.json");
    openSqliteStore(at(".patchbay")).close();
    await types("a.patchbay.json");
    expect(readFileSync(at(".patchbay/.gitignore"), "utf8").split("\n").slice(1)).toEqual(["/*", "!/types/", "!/snippets/", ""]);
  },
);

test("what somebody wrote about git stays", async () => {
  mkdirSync(at(".patchbay"));
  writeFileSync(at(".patchbay/.gitignore"), "*\n!keep\n");
  await types("a.patchbay.json");
  expect(readFileSync(at(".patchbay/.gitignore"), "utf8")).toBe("*\n!keep\n");
});
