import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import { BuiltCommand, graphsFolder, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
let patchbay: BuiltCommand;

beforeAll(async () => {
  patchbay = await BuiltCommand.build();
});
afterAll(() => {
  patchbay.remove();
  folder.remove();
});

const run = (...argv: readonly string[]) =>
  patchbay.run(["run", "asks.patchbay.json", "--store", folder.path, "--run", "paint", ...argv], graphsFolder);
const json = async (...argv: readonly string[]) => JSON.parse((await run("--json", ...argv)).stdout) as RunJson;

test("a handler's questions are answered by their keys, over restarts, and the hints say how", async () => {
  const { status, stdout } = await run();
  expect({ status, stdout }).toMatchObject({ status: 10 });
  for (const key of ["choose/colour=red", "choose/litres=answer"]) expect(stdout).toContain(`--decide ${key}`);
  expect(await json("--decide", "choose/colour=blue")).toMatchObject({ status: "paused", questions: [{ key: "choose/litres" }] });
  expect(await json("--decide", 'choose/litres={"action":"answer","value":3}')).toMatchObject({
    status: "paused",
    questions: [{ key: "check", prompt: "blue 3?" }],
  });
  expect(await json("--decide", 'check={"action":"reroute","target":"again"}')).toMatchObject({
    status: "completed",
    state: { paint: "none" },
  });
});
