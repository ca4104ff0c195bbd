import { afterAll, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function run(graph: string, ...argv: readonly string[]): Promise<{ readonly status: number; readonly json: RunJson }> {
  const { status, stdout, stderr } = await call(["run", graph, "--store", folder.path, "--json", ...argv]);
  if (stdout === "") throw new Error(stderr);
  return { status, json: JSON.parse(stdout) as RunJson };
}

const verdicts: readonly (readonly [string, string, object])[] = [
  ["a JSON string", 'review="yes"', { verdict: "published", remark: "" }],
  ["a bare action", "review=drop", { verdict: "dropped", remark: "" }],
  ["an action with a value", 'review={"action":"yes","value":"well done"}', { verdict: "published", remark: "well done" }],
];

test.each(verdicts)("%s decides", async (_name, decide, state) => {
  const { status, json } = await run("review.patchbay.json", "--decide", decide);
  expect({ status, ended: json.status, state: json.state, open: json.questions }).toMatchObject({
    status: 0,
    ended: "completed",
    state,
    open: [],
  });
});

test("a decision answers every question of its node", async () => {
  const { status, json } = await run("review.patchbay.json", "--decide", "review=again");
  // Each answer draws the next draft, so that only the limit ends it.
  expect({ status, ended: json.status, error: json.error?.code, rounds: json.state["round"] }).toEqual({
    status: 1,
    ended: "failed",
    error: "SUPERSTEP_LIMIT",
    rounds: 10,
  });
});

test("a decision is used up by its invocation", async () => {
  const { json } = await run("two-reviews.patchbay.json", "--decide", "facts=approve");
  expect(json).toMatchObject({ status: "paused", questions: [{ node: "style" }] });
  const again = await run("two-reviews.patchbay.json", "--run", json.run);
  expect(again).toMatchObject({ status: 10, json: { run: json.run, questions: [{ node: "style" }] } });
  const decided = await run("two-reviews.patchbay.json", "--run", json.run, "--decide", "style=approve");
  expect(decided).toMatchObject({ status: 0, json: { status: "completed", state: { log: ["done"] } } });
});

test("two questions of one superstep are answered by two decisions", async () => {
  const { json } = await run("two-reviews.patchbay.json", "--decide", "style=approve", "--decide", "facts=approve");
  expect(json).toMatchObject({ status: "completed", supersteps: 2, state: { log: ["done"] } });
});

test("a value that does not fit is refused, and the run stays where it is", async () => {
  const { status, stdout, stderr } = await call([
    "run",
    "review.patchbay.json",
    "--store",
    folder.path,
    "--run",
    "refused",
    "--decide",
    'review={"action":"yes","value":7}',
  ]);
  expect(stderr).toMatch(/^error: DECISION_INVALID/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect((await run("review.patchbay.json", "--run", "refused")).json).toMatchObject({
    status: "paused",
    supersteps: 1,
    questions: [{ key: "review" }],
  });
});
