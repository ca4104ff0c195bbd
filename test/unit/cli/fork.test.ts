import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckpointSummary } from "../../../runtime/checkpoint/checkpoint.js";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
const inStore = (...argv: readonly string[]): readonly string[] => [...argv, "--store", folder.path, "--json"];
const GRAPH = ["--graph", "review.patchbay.json"];

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { stdout, stderr } = await call(inStore(...argv));
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

interface Listed {
  readonly head: string;
  readonly checkpoints: readonly CheckpointSummary[];
}
const listed = (run: string): Promise<Listed> => json("checkpoints", run);

let asked: CheckpointSummary;

beforeAll(async () => {
  await call(inStore("run", "review.patchbay.json", "--run", "first"));
  await call(inStore("run", "review.patchbay.json", "--run", "first", "--decide", "review=yes"));
  const found = (await listed("first")).checkpoints.find((each) => each.trigger === "asked");
  if (found === undefined) throw new Error("The run has no checkpoint at its question.");
  asked = found;
});
afterAll(() => folder.remove());

test("a fork with other values is a branch: the run stands there, and the other branch can be gone back to", async () => {
  const { head: end } = await listed("first");
  const forked = await json<{ readonly checkpoint: string }>("fork", asked.id, "--set", "round=7", "--set", 'remark="late"', ...GRAPH);
  expect(forked).toMatchObject({ run: "first", status: "paused", state: { round: 7, remark: "late" }, due: ["review"] });
  const { head, checkpoints } = await listed("first");
  expect(head).toBe(forked.checkpoint);
  expect(checkpoints[0]).toMatchObject({ id: head, parent: asked.id, trigger: "edited" });
  const went = await json("run", "review.patchbay.json", "--run", "first", "--decide", "review=drop");
  expect(went).toMatchObject({ status: "completed", state: { round: 7, verdict: "dropped" } });
  expect(await json("restore", end)).toMatchObject({ checkpoint: end, status: "completed" });
  expect(await json("run", "review.patchbay.json", "--run", "first")).toMatchObject({ state: { round: 1, verdict: "published" } });
});

test("--unset takes a channel back to its default, and @FILE stands for the JSON in it", async () => {
  const forked = await json("fork", asked.id, "--unset", "round", "--set", "remark=@nodes/../remark.json", ...GRAPH).catch(String);
  expect(forked).toContain("remark.json cannot be read");
  expect(await json("fork", asked.id, "--unset", "round", ...GRAPH)).toMatchObject({ state: { round: 0, remark: "" } });
});

test("--as makes a run of its own and leaves the first where it stands", async () => {
  const { head } = await listed("first");
  expect(await json("fork", asked.id, "--as", "second", "--set", "round=3", ...GRAPH)).toMatchObject({
    run: "second",
    state: { round: 3 },
  });
  expect((await listed("first")).head).toBe(head);
  expect(await json("run", "review.patchbay.json", "--run", "second", "--decide", "review=yes")).toMatchObject({
    status: "completed",
    state: { round: 3, verdict: "published" },
  });
});

test("for people it says where the run stands and how to go on", async () => {
  const { stdout } = await call(["fork", asked.id, "--store", folder.path, ...GRAPH]);
  expect(stdout).toBe(
    `Review: paused after 1 superstep, due: review\nStands at checkpoint ${asked.id} of run first.\nGo on with: patchbay run review.patchbay.json --run first --store ${folder.path}\n`,
  );
});

const refused: readonly (readonly [what: string, argv: readonly string[], reason: RegExp])[] = [
  [
    "a value that does not fit its channel",
    ["--set", 'round="seven"'],
    /INPUT_INVALID Channel "round" cannot have that value: it must be integer/,
  ],
  [
    "a channel that the graph has not",
    ["--set", "rounds=7"],
    /INPUT_INVALID The graph has no channel "rounds". It has remark, round, verdict\./,
  ],
  ["several at once, all told", ["--set", "rounds=7", "--set", "verdict=1"], /"rounds".* Channel "verdict" cannot have that value/],
  ["a text without quotes", ["--set", "remark=late"], /--set remark: the value is not JSON: .* --set remark='"late"'/],
  ["no value", ["--set", "remark"], /--set remark: give CHANNEL=JSON/],
  ["a channel set twice", ["--set", "round=1", "--set", "round=2"], /--set round is given twice/],
  ["a channel set and unset", ["--set", "round=1", "--unset", "round"], /--set and --unset are both given for round/],
  ["a run that is there already", ["--as", "first"], /has a run "first" already/],
];

test.each(refused)("%s is refused, and the run stands where it stood", async (_what, argv, reason) => {
  const { head } = await listed("first");
  const { status, stdout, stderr } = await call(inStore("fork", asked.id, ...GRAPH, ...argv));
  expect(stderr).toMatch(reason);
  expect({ status, stdout, head: (await listed("first")).head }).toEqual({ status: 2, stdout: "", head });
});

test("a checkpoint that the store does not have is refused", async () => {
  const { status, stderr } = await call(inStore("fork", "01ARZ3NDEKTSV4RRFFQ69G5FAV", ...GRAPH));
  expect(stderr).toMatch(/^error: NOT_FOUND /);
  expect(status).toBe(2);
});
