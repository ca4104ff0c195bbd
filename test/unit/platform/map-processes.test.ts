import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRuntime, openGraph, type JsonObject, type PoolLimits, type Runtime } from "../../../runtime/index.js";
import { graphText } from "../../support/graph-text.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
const runtimes: Runtime[] = [];

/** Computes, without letting go of its process, until an item is at work in another process. */
const MEETS = `
import { readdirSync, writeFileSync } from "node:fs";
export default (state) => {
  writeFileSync(state.folder + "/" + process.pid, "");
  const end = Date.now() + 60_000;
  while (readdirSync(state.folder).length < 2) if (Date.now() > end) throw new Error("alone");
  return process.pid;
};`;

/** Tells that it has begun, and never ends. */
const HANGS = `
import { writeFileSync } from "node:fs";
export default async (state, { input: { index }, signal }) => {
  writeFileSync(state.folder + "/" + index, "");
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  writeFileSync(state.folder + "/" + index, "stopped");
};`;

const SQUARES = `export default (_state, { input: { items } }) => items.map((item) => item * item);`;

beforeAll(() => harness.prepare());
afterAll(async () => {
  await Promise.all(runtimes.map((runtime) => runtime.close()));
  await harness.clean();
});

/** A run of one map over so many numbers, in handler processes. */
async function begin(name: string, handler: string, count: number, fields: object, limits: Partial<PoolLimits> = {}) {
  const folder = join(harness.root, `${name}-marks`);
  mkdirSync(folder);
  harness.write(`${name}.mjs`, handler);
  const node = { kind: "map", over: "items", handler: `./${name}.mjs`, reads: ["folder"], output: "out", ...fields };
  const channels = { items: {}, folder: {}, out: {} };
  const path = harness.write(`${name}.patchbay.json`, graphText({ channels, nodes: { m: node }, edges: { e1: "@start -> m" } }));
  const runtime = createRuntime({ workspace: harness.workspace, handlerProcess: harness.entry, limits });
  runtimes.push(runtime);
  const input: JsonObject = { items: Array.from({ length: count }, (_, n) => n), folder };
  return { run: runtime.start(await openGraph(path), { input }), folder };
}

describe("a map in handler processes", () => {
  test("`pool` `process`: items that compute are at work in different processes at the same time", async () => {
    const { run } = await begin("meets", MEETS, 6, { pool: "process" }, { processes: 2 });
    await run.continue();
    expect(run.frontier.error).toBeUndefined();
    expect(new Set(run.channels["out"] as readonly number[]).size).toBe(2);
  });

  test("chunks go through in one call each", async () => {
    const { run } = await begin("squares", SQUARES, 25, { chunk: 10 });
    await run.continue();
    expect(run.channels["out"]).toEqual(Array.from({ length: 25 }, (_, n) => n * n));
  });

  test("stopping on the way stops the calls at work, and begins no other", async () => {
    const { run, folder } = await begin("hangs", HANGS, 50, { concurrency: 3 });
    const running = run.continue();
    await expect.poll(() => readdirSync(folder).length, { timeout: 30_000 }).toBe(3);
    await run.stop();
    await running;
    expect(run.status).toBe("cancelled");
    await expect
      .poll(() => readdirSync(folder).map((mark) => readFileSync(join(folder, mark), "utf8")), { timeout: 10_000 })
      .toEqual(["stopped", "stopped", "stopped"]);
  });
});
