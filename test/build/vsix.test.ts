import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { vsixPath } from "../../scripts/build/vsix.mjs";
import { entriesOf } from "./zip.js";

const MEGABYTE = 1024 * 1024;

const files = entriesOf(vsixPath)
  .filter((name) => name.startsWith("extension/") && !name.endsWith("/"))
  .map((name) => name.slice("extension/".length));

test("the VSIX holds these folders and no other", () => {
  const folders = new Set(files.filter((name) => name.includes("/")).map((name) => name.slice(0, name.indexOf("/"))));
  expect([...folders].toSorted()).toEqual(["dist", "l10n", "media", "schemas"]);
});

test("the VSIX holds what the extension needs at run time", () => {
  expect(files).toEqual(expect.arrayContaining(["package.json", "dist/extension.js", "dist/handler-process.mjs", "dist/webview/main.js"]));
  expect(files.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(["readme.md", "changelog.md", "license.txt"]));
});

test("the VSIX holds no sources, no maps, no packages, nothing native", () => {
  expect(files.filter((name) => /\.(?:tsx?|map|node)$|node_modules|^(?:test|scripts|bench|examples|docs)\//.test(name))).toEqual([]);
});

test("the VSIX is small", () => {
  expect(statSync(vsixPath).size).toBeLessThan(4 * MEGABYTE);
});
