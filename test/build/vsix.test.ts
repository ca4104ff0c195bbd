import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "../../scripts/layout.mjs";
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
  expect(files).toEqual(
    expect.arrayContaining([
      "package.json",
      "dist/extension.js",
      "dist/handler-process.mjs",
      "dist/layout-thread.mjs",
      "dist/webview/main.js",
    ]),
  );
  expect(files.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(["readme.md", "changelog.md", "license.txt"]));
});

test("the VSIX says whose work it holds, with the licences", () => {
  expect(files).toContain("dist/THIRD-PARTY-NOTICES.txt");
  const notices = readFileSync(inProject("dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const words of ["elkjs 0.", "Eclipse Public License", "github.com/kieler/elkjs", "react 19.", "@xyflow/react 12."])
    expect(notices).toContain(words);
});

test("the layouts' algorithm is loaded when it is asked for: no other program holds it", () => {
  const holders = files.filter((name) => /^dist\/.*js$/.test(name) && readFileSync(inProject(name), "utf8").includes("org.eclipse.elk"));
  expect(holders).toEqual(["dist/layout-thread.mjs"]);
});

test("the VSIX holds no sources, no maps, no packages, nothing native", () => {
  expect(files.filter((name) => /\.(?:tsx?|map|node)$|node_modules|^(?:test|scripts|bench|examples|docs)\//.test(name))).toEqual([]);
});

test("the VSIX is small", () => {
  expect(statSync(vsixPath).size).toBeLessThan(4 * MEGABYTE);
});
