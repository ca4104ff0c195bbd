import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inProject } from "../../scripts/layout.mjs";

const MOST_BYTES = 350 * 1024;

test("the webview's program is small enough to open at once", () => {
  expect(gzipSync(readFileSync(inProject("dist", "webview", "main.js"))).length).toBeLessThanOrEqual(MOST_BYTES);
});

test("what only a thread needs is not in it", () => {
  expect(readFileSync(inProject("dist", "webview", "main.js"), "utf8")).not.toMatch(/elk\.layered|org\.eclipse\.elk/);
});
