import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { call, temporaryFolder } from "./command-line.js";

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  folder = temporaryFolder();
  await call(["run", "review.patchbay.json", "--run", "r", "--store", folder.path, "--decide", "review=yes"]);
});
afterEach(() => folder.remove());

const blame = (...argv: readonly string[]) => call(["blame", "r", ...argv, "--store", folder.path]);

describe("patchbay blame", () => {
  test("names the writer", async () => {
    const { status, stdout } = await blame("verdict");
    expect(status).toBe(0);
    expect(stdout.split("\n")[0]).toMatch(/^place +superstep +by +checkpoint +at +value$/);
    expect(stdout.split("\n")[1]).toMatch(/^verdict +3 +3\/publish +\S{26} +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +published$/);
  });

  test("as one JSON object, as of a checkpoint, too", async () => {
    const now = JSON.parse((await blame("verdict", "--json")).stdout) as { readonly checkpoint: string };
    expect(now).toMatchObject({
      run: "r",
      channel: "verdict",
      path: "",
      value: "published",
      writer: { kind: "task", node: "publish" },
      parts: [],
    });
    const list = JSON.parse((await call(["checkpoints", "r", "--json", "--store", folder.path])).stdout) as {
      readonly checkpoints: readonly { readonly id: string }[];
    };
    const first = list.checkpoints.at(-1)?.id ?? "";
    const then = JSON.parse((await blame("verdict", "--at", first, "--json")).stdout) as object;
    expect(then).toMatchObject({ checkpoint: first, writer: { kind: "default", superstep: 0 } });
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ["a place that is none", ["verdict["], 2, /^error: "verdict\[" is no place in a channel/],
    ["a channel that there is not", ["none"], 2, /^error: NOT_FOUND The run has no channel "none". It has /],
    ["a place where nothing is", ["verdict.x"], 2, /nothing at verdict\/x, and there never was/],
    ["a checkpoint that there is not", ["verdict", "--at", "none"], 2, /NOT_FOUND There is no checkpoint none/],
    ["no channel", [], 2, /CHANNEL\[PATH\] is missing/],
  ])("tells of %s", async (_what, argv, status, message) => {
    const answer = await blame(...argv);
    expect([answer.status, answer.stdout]).toEqual([status, ""]);
    expect(answer.stderr).toMatch(message);
  });
});
