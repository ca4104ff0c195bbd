import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckpointSummary } from "../../../runtime/checkpoint/checkpoint.js";
import type { TraceEvent } from "../../../runtime/trace/event.js";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
const inStore = (...argv: readonly string[]): readonly string[] => [...argv, "--store", folder.path, "--json"];

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { stdout, stderr } = await call(inStore(...argv));
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const checkpointsOf = (run: string) =>
  json<{ readonly head: string; readonly checkpoints: readonly CheckpointSummary[] }>("checkpoints", run);

let question: CheckpointSummary;

beforeAll(async () => {
  await call(inStore("run", "review.patchbay.json", "--run", "first"));
  await call(inStore("run", "review.patchbay.json", "--run", "first", "--decide", "review=yes"));
  const { checkpoints } = await checkpointsOf("first");
  const found = checkpoints.find((each) => each.trigger === "asked");
  if (found === undefined) throw new Error("The run has no checkpoint at its question.");
  question = found;
});
afterAll(() => folder.remove());

test("checkpoints are listed newest first, with what each was written for", async () => {
  const { checkpoints, head } = await checkpointsOf("first");
  expect(checkpoints.map(({ trigger, superstep, status }) => [trigger, superstep, status])).toEqual([
    ["completed", 3, "completed"],
    ["barrier-resolved", 2, "running"],
    ["decision", 2, "running"],
    ["asked", 2, "running"],
    ["superstep", 1, "running"],
    ["started", 0, "running"],
  ]);
  expect(head).toBe(checkpoints[0]?.id);
});

test("a restored run stands at the checkpoint and goes on from there another way", async () => {
  expect(await json("restore", question.id)).toEqual({
    run: "first",
    checkpoint: question.id,
    graph: "review.patchbay.json",
    status: "paused",
    supersteps: 1,
    due: ["review"],
    questions: [
      { key: "review", node: "review", prompt: "Is draft 1 good?", actions: ["yes", "again", "drop"], schema: { type: "string" } },
    ],
  });
  expect((await checkpointsOf("first")).head).toBe(question.id);
  const went = await json("run", "review.patchbay.json", "--run", "first", "--decide", "review=drop");
  expect(went).toMatchObject({ run: "first", status: "completed", supersteps: 3, state: { round: 1, verdict: "dropped" } });
  const { checkpoints } = await checkpointsOf("first");
  expect(checkpoints.filter((each) => each.status === "completed")).toHaveLength(2);
});

test("what a restore did is in the run's trace, in order", async () => {
  const file = join(folder.path, "trace.jsonl");
  await call(inStore("run", "review.patchbay.json", "--run", "first", "--trace", file));
  const events = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TraceEvent);
  expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
  expect(events.filter((event) => event.type === "restored")).toMatchObject([{ superstep: 2, checkpoint: question.id }]);
});

test("for people it says where the run stands and how to go on", async () => {
  const { head } = await checkpointsOf("first");
  const { stdout } = await call(["restore", head, "--store", folder.path]);
  expect(stdout).toBe(
    "review.patchbay.json: completed after 3 supersteps, nothing is due\nGo on with: patchbay run review.patchbay.json --run first\n",
  );
});

test.each([
  ["restore", "01ARZ3NDEKTSV4RRFFQ69G5FAV"],
  ["checkpoints", "nobody"],
])("%s of what the store does not have is refused", async (...argv) => {
  const { status, stdout, stderr } = await call(inStore(...argv));
  expect(stderr).toMatch(/^error: NOT_FOUND .*\n {2}List what there is/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("runs are listed with where they stand", async () => {
  await call(inStore("run", "two-reviews.patchbay.json", "--run", "second"));
  const { runs } = await json<{ readonly runs: readonly object[] }>("runs");
  expect(runs).toMatchObject([
    { run: "second", graph: "two-reviews.patchbay.json", status: "paused", supersteps: 0 },
    { run: "first", graph: "review.patchbay.json", status: "completed", supersteps: 3 },
  ]);
  expect((await json<{ readonly runs: readonly object[] }>("runs", "--limit", "1")).runs).toHaveLength(1);
});

test("lists are tables for people", async () => {
  const { stdout } = await call(["checkpoints", "first", "--store", folder.path]);
  const [head = "", first = ""] = stdout.split("\n");
  expect(head).toMatch(/^checkpoint +superstep +at +why +due +questions$/);
  expect(first).toMatch(/^\w{26} \* +3 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +completed +completed$/);
});
