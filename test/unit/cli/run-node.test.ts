import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrialOutcome } from "../../../runtime/run/trial/trial-outcome.js";
import { BuiltCommand, call, graphsFolder, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
let patchbay: BuiltCommand;

beforeAll(async () => {
  patchbay = await BuiltCommand.build();
});
afterAll(() => {
  patchbay.remove();
  folder.remove();
});

const inStore = ["--store", folder.path] as const;
const review = (...argv: readonly string[]) => call(["run", "review.patchbay.json", ...inStore, ...argv]);

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { stdout, stderr } = await call([...argv, ...inStore, "--json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
const node = (...argv: readonly string[]): Promise<TrialOutcome> => json("run", "review.patchbay.json", "--node", ...argv);

interface Listed {
  readonly head: string;
  readonly checkpoints: readonly { readonly id: string; readonly superstep: number }[];
}

test("a node alone works on what is typed, and makes no store", async () => {
  expect(await node("publish", "--input", '{"round":2}')).toMatchObject({
    status: "done",
    writes: { verdict: "published" },
    routes: [{ edge: "published", to: "@end" }],
  });
  expect(await node("review")).toMatchObject({ status: "asked", questions: [{ key: "review", prompt: "Is draft 0 good?" }] });
  expect(existsSync(join(folder.path, "patchbay.db"))).toBe(false);
});

test("it is given what it was given last, in the newest run, in one that is named, or at a checkpoint; and moves none of them", async () => {
  await review("--run", "one", "--decide", "review=drop");
  await review("--run", "two");
  await review("--run", "two", "--decide", "review=again", "--until", "draft");
  await review("--run", "two");
  const before = await json<Listed>("checkpoints", "two");
  const prompt = (rounds: number) => ({ status: "asked", questions: [{ prompt: `Is draft ${rounds} good?` }] });
  expect(await node("review")).toMatchObject(prompt(2));
  expect(await node("review", "--run", "one")).toMatchObject(prompt(1));
  const first = before.checkpoints.find(({ superstep }) => superstep === 1);
  expect(await node("review", "--checkpoint", first?.id ?? "")).toMatchObject(prompt(1));
  expect(await node("review", "--run", "one", "--input", '{"round":9}')).toMatchObject(prompt(9));
  expect(await node("review", "--decide", "review=drop")).toMatchObject({ status: "done", action: "drop", routes: [{ edge: "bad" }] });
  expect(await json<Listed>("checkpoints", "two")).toEqual(before);
  expect((await json<{ readonly runs: readonly unknown[] }>("runs")).runs).toHaveLength(2);
});

test("for people it says what was written, where it would go on, and the place of an error", async () => {
  expect((await review("--node", "publish", "--run", "one", "--input", "{}")).stderr).toContain('Node "publish" was never due in run one');
  const { stdout } = await review("--node", "draft");
  expect(stdout).toMatch(/^draft: done in [\d.]+ ms\n {2}round = 1\nGoes to review \(to_review, plain\)\n$/);
  const broken = await patchbay.run(["run", "flaky.patchbay.json", "--node", "fetch", "--input", '{"marker":"/nowhere"}'], graphsFolder);
  expect([broken.status, broken.stderr]).toEqual([1, ""]);
  expect(broken.stdout).toMatch(/^info: fetching\nwarn: the line is bad\nfetch: failed in [\d.]+ ms\nHANDLER_FAILED .*no answer/);
  expect(broken.stdout).toMatch(/nodes\/flaky\.ts:11:/);
});

const refused: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
  [["--node", "nobody"], /--node nobody: the graph has no node "nobody"; its nodes are discard/],
  [["--node", "draft", "--until", "review"], /--until is of no use with --node/],
  [["--node", "draft", "--run", "one", "--checkpoint", "two"], /--checkpoint or --run, not both/],
  [["--node", "draft", "--run", "none"], /no run "none"/],
  [["--checkpoint", "two"], /--checkpoint goes with --node or --from/],
  [["--node", "draft", "--input", '{"round":"two"}'], /Channel "round" cannot have that value/],
];
test.each(refused)("%j is refused", async (argv, message) => {
  const { status, stdout, stderr } = await review(...argv);
  expect([status === 0, stdout]).toEqual([false, ""]);
  expect(stderr).toMatch(message);
});
