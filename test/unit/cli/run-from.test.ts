import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const run = (...argv: readonly string[]) => call(["run", "review.patchbay.json", "--store", folder.path, ...argv]);

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { stdout, stderr } = await call([...argv, "--store", folder.path, "--json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
const from = (...argv: readonly string[]): Promise<RunJson> => json("run", "review.patchbay.json", "--from", ...argv);

interface Listed {
  readonly checkpoints: readonly { readonly id: string; readonly superstep: number; readonly trigger: string }[];
}

beforeAll(async () => {
  await run("--run", "old", "--decide", "review=drop");
  await run("--run", "new", "--decide", "review=yes");
});

test("--from goes on where the node was due last: in the newest run, or in the one that is named", async () => {
  expect(await from("review", "--decide", "review=drop")).toMatchObject({ run: "new", status: "completed", state: { verdict: "dropped" } });
  expect(await from("review", "--run", "old", "--decide", "review=yes")).toMatchObject({ run: "old", state: { verdict: "published" } });
});

test("at a checkpoint that is named the node takes the place of what is due", async () => {
  const { checkpoints } = await json<Listed>("checkpoints", "new");
  const first = checkpoints.find(({ trigger }) => trigger === "started");
  expect(await from("discard", "--checkpoint", first?.id ?? "")).toMatchObject({
    run: "new",
    status: "completed",
    state: { round: 0, verdict: "dropped" },
  });
});

const refused: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
  [["--from", "nobody"], /--from nobody: the graph has no node "nobody"/],
  [["--from", "publish", "--run", "none"], /no run "none"/],
  [["--from", "publish", "--run", "new", "--input", "{}"], /Leave --input out/],
  [["--checkpoint", "x"], /--checkpoint goes with --node or --from/],
];
test.each(refused)("%j is refused", async (argv, message) => {
  const { status, stdout, stderr } = await run(...argv);
  expect([status === 0, stdout]).toEqual([false, ""]);
  expect(stderr).toMatch(message);
});

test("a node that was never due, and a store without runs, are told apart", async () => {
  await run("--run", "third", "--decide", "review=drop");
  expect((await run("--from", "publish")).stderr).toContain('Node "publish" was never due on the way that run third has come');
  const empty = temporaryFolder();
  const { stderr } = await call(["run", "review.patchbay.json", "--store", empty.path, "--from", "publish"]);
  empty.remove();
  expect(stderr).toContain("the store has none of review.patchbay.json");
});
