import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunJson } from "../../runtime/cli/run-report.js";
import { BuiltCommand, projectFolder, temporaryFolder } from "../unit/cli/command-line.js";

const graph = "examples/order-lookup/order-lookup.patchbay.json";
const TOKEN = "a-token/of+this test";
const folder = temporaryFolder();
let patchbay: BuiltCommand;
let server: ChildProcess;
let service = "";
const replies: string[] = [];

beforeAll(async () => {
  process.env["ORDERS_TOKEN"] = TOKEN;
  patchbay = await BuiltCommand.build();
  server = spawn(process.execPath, ["examples/order-lookup/server.mjs", "0"], { cwd: projectFolder, stdio: ["ignore", "pipe", "inherit"] });
  if (server.stdout === null) throw new Error("The server has no output.");
  const lines = createInterface(server.stdout);
  [service] = (await once(lines, "line")) as [string];
  lines.on("line", (line) => replies.push(line));
});
afterAll(() => {
  delete process.env["ORDERS_TOKEN"];
  server.kill();
  patchbay.remove();
  folder.remove();
});

async function run(id: string): Promise<{ readonly status: number; readonly told: string; readonly json: RunJson }> {
  const input = JSON.stringify({ service, id });
  const argv = ["run", graph, "--store", folder.path, "--trace", join(folder.path, "trace.jsonl"), "--input", input, "--json"];
  const { status, stdout, stderr } = await patchbay.run(argv, projectFolder);
  return { status, told: stdout + stderr, json: JSON.parse(stdout) as RunJson };
}

/** Everything that was written to the disk. */
const kept = (): string =>
  readdirSync(folder.path)
    .map((name) => readFileSync(join(folder.path, name), "latin1"))
    .join("");

test("order-lookup asks again, takes the status's edge and replies; the token is kept nowhere", async () => {
  const found = await run("A-17/b");
  expect(found.json).toMatchObject({ status: "completed", state: { reply: "Order A-17/b is on its way." } });
  const trace = kept();
  expect(trace).toContain('"task-retried"');
  const unknown = await run("../B");
  expect(unknown.json).toMatchObject({ status: "completed", state: { reply: "There is no order ../B." } });
  expect([found.status, unknown.status]).toEqual([0, 0]);
  expect(replies).toEqual([
    'reply: {"order":"A-17/b","text":"Order A-17/b is on its way."}',
    'reply: {"order":"../B","text":"There is no order ../B."}',
  ]);
  for (const text of [found.told, unknown.told, trace, kept()]) expect(text).not.toContain(TOKEN);
});

test("a token that is refused fails the node with what the service said", async () => {
  process.env["ORDERS_TOKEN"] = "another-token";
  const { status, json, told } = await run("A-17/b");
  expect(status).toBe(1);
  expect(json.error).toMatchObject({ code: "HTTP_STATUS", details: { node: "lookup", status: 401, body: '{"error":"Who is asking?"}' } });
  expect(told + kept()).not.toContain("another-token");
});

test("without a token nothing is asked", async () => {
  delete process.env["ORDERS_TOKEN"];
  const { status, json } = await run("A-17/b");
  expect([status, json.error?.code]).toEqual([1, "SECRET"]);
});
