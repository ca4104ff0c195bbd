import { afterAll, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function run(...argv: readonly string[]): Promise<RunJson> {
  const { stdout, stderr } = await call(["run", "two-reviews.patchbay.json", "--store", folder.path, "--json", ...argv]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as RunJson;
}

const rejects = ["--decide", "style=reject", "--decide", "facts=reject"];

test.each([
  ["nothing", [], { supersteps: 1 }],
  ["a node to another", ["--override", "style=done", "--override", "facts=done"], { supersteps: 2, state: { log: ["done"] } }],
  [
    "a node to several, the start too",
    ["--override", "@start=style", "--override", "style=done", "--override", "style=@end"],
    { state: { log: ["done"] } },
  ],
  ["a node to the end", ["--override", "@start=@end"], { supersteps: 0 }],
])("overrides %s", async (_name, options, expected) => {
  expect(await run(...rejects, ...options)).toMatchObject({ status: "completed", ...expected });
});

test("is kept with the run, and can come later", async () => {
  const paused = await run("--decide", "style=reject", "--override", "style=done");
  const done = await run("--run", paused.run, "--decide", "facts=reject", "--override", "facts=done");
  expect([paused.status, done]).toMatchObject(["paused", { status: "completed", state: { log: ["done"] } }]);
});

test.each(["style", "=done", "nobody=done", "style=nobody", "style="])("--override %s is refused", async (text) => {
  const { status, stdout, stderr } = await call(["run", "two-reviews.patchbay.json", "--store", folder.path, "--override", text]);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^error: --override /);
});
