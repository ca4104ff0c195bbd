import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import { call, graphsFolder, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
beforeAll(() => copyFileSync(join(graphsFolder, "review.patchbay.json"), join(folder.path, "review.patchbay.json")));
afterAll(() => folder.remove());

/** A command in the folder of the graph, whose store is beside it. */
async function json(...argv: readonly string[]): Promise<RunJson & { readonly exit: number }> {
  const { status, stdout, stderr } = await call([...argv, "--json"], { cwd: folder.path });
  if (stdout === "") throw new Error(stderr);
  return { exit: status, ...(JSON.parse(stdout) as RunJson) };
}

test("resume goes on with the graph beside the store", async () => {
  const { run } = await json("run", "review.patchbay.json");
  expect(await json("resume", run)).toMatchObject({ exit: 10, run, status: "paused", questions: [{ key: "review" }] });
  expect(await json("resume", run, "--decide", "review=yes")).toMatchObject({ exit: 0, run, status: "completed", supersteps: 3 });
});

test("resume from another folder finds the graph by its store, or takes the one that is named", async () => {
  const { run } = await json("run", "review.patchbay.json");
  const elsewhere = join(folder.path, "elsewhere");
  mkdirSync(elsewhere);
  const store = join(folder.path, ".patchbay");
  const byStore = await call(["resume", run, "--store", store, "--decide", "review=again", "--until", "review"], { cwd: elsewhere });
  expect(byStore).toMatchObject({ status: 10, stderr: "" });
  const named = await call(["resume", run, "--store", store, "--graph", "../review.patchbay.json", "--decide", "review=yes"], {
    cwd: elsewhere,
  });
  expect(named).toMatchObject({ status: 0, stderr: "" });
});

test("resume of a run whose graph is not there says so", async () => {
  const away = temporaryFolder();
  await call(["run", "review.patchbay.json", "--run", "lost", "--store", away.path], { cwd: folder.path });
  const { status, stdout, stderr } = await call(["resume", "lost", "--store", away.path], { cwd: "/" });
  away.remove();
  expect(stderr).toMatch(/^error: Run lost is a run of review.patchbay.json, .* --graph GRAPH\.\n$/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("resume of a run that is not there is refused", async () => {
  const { status, stderr } = await call(["resume", "nobody"], { cwd: folder.path });
  expect([status, stderr.split("\n")[0]]).toEqual([2, 'error: NOT_FOUND The store has no run "nobody".']);
});

test("--until pauses before the node is run: its question is not asked", async () => {
  const before = await json("run", "review.patchbay.json", "--until", "review");
  expect(before).toMatchObject({ exit: 10, status: "paused", supersteps: 1, due: ["review"], questions: [], state: { round: 1 } });
});

test("--until pauses a new run before its first superstep, and a resumed one when the node is due again", async () => {
  const { run, ...first } = await json("run", "review.patchbay.json", "--until", "draft");
  expect(first).toMatchObject({ exit: 10, status: "paused", supersteps: 0, due: ["draft"] });
  const again = await json("resume", run, "--until", "draft", "--decide", "review=again");
  expect(again).toMatchObject({ exit: 10, status: "paused", supersteps: 2, due: ["draft"], state: { round: 1 } });
  const ended = await json("resume", run, "--until", "draft", "--decide", "review=drop");
  expect(ended).toMatchObject({ exit: 0, status: "completed", state: { round: 2, verdict: "dropped" } });
});

test("--until ends a run that never comes there as it would end", async () => {
  expect(await json("run", "review.patchbay.json", "--until", "publish", "--decide", "review=drop")).toMatchObject({
    exit: 0,
    status: "completed",
  });
});

test("a paused run says what is due and how to go on", async () => {
  const { stdout } = await call(["run", "review.patchbay.json", "--run", "spoken", "--until", "review"], { cwd: folder.path });
  expect(stdout.split("\n")).toEqual([
    "Review: paused after 1 superstep",
    "Nodes run: draft 1",
    "Due: review",
    "Go on with: patchbay run review.patchbay.json --run spoken",
    "Run spoken, kept in .patchbay",
    "",
  ]);
});

test.each(["run", "resume"])("%s --until of no node is bad usage", async (command) => {
  const { run } = await json("run", "review.patchbay.json");
  const operand = command === "run" ? "review.patchbay.json" : run;
  const { status, stdout, stderr } = await call([command, operand, "--until", "revue"], { cwd: folder.path });
  expect(stderr).toBe('error: --until revue: the graph has no node "revue"; its nodes are discard, draft, publish, review.\n');
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});
