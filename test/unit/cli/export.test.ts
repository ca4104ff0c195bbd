import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { call, graphsFolder, temporaryFolder } from "./command-line.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

test("prints a flowchart", async () => {
  const { status, stdout, stderr } = await call(["export", "greet.patchbay.json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^---\ntitle: .*\n---\nflowchart LR\n/);
});

test("writes a picture to a file", async () => {
  const file = join(folder.path, "greet.svg");
  expect(await call(["export", "greet.patchbay.json", "--format", "svg", "--output", file])).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(readFileSync(file, "utf8")).toMatch(/^<svg xmlns=[^]*<\/svg>\n$/);
  expect(await call(["export", "greet.patchbay.json", "--output", join(folder.path, "no", "file")])).toMatchObject({ status: 2 });
  expect(existsSync(join(folder.path, "no"))).toBe(false);
});

test("prints the graph as JSON, without comments", async () => {
  const { stdout } = await call(["export", "greet.patchbay.json", "--format", "json"]);
  expect(Object.keys(JSON.parse(stdout) as object)).toContain("nodes");
});

test("draws what has errors, too, and says so", async () => {
  const { status, stdout, stderr } = await call(["export", "broken.patchbay.json"]);
  expect(status).toBe(2);
  expect(stderr).toContain("broken.patchbay.json:8:56: error EXPRESSION");
  expect(stdout).toContain("flowchart LR");
  expect(await call(["export", "greet.patchbay.json", "--format", "gif"])).toMatchObject({ status: 2, stdout: "" });
  expect(existsSync(join(graphsFolder, "greet.svg"))).toBe(false);
});

test("says what makes a PNG, as the command line cannot", async () => {
  const { status, stdout, stderr } = await call(["export", "greet.patchbay.json", "--format", "png"]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("--format svg");
});
