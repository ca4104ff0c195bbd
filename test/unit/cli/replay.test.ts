import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckpointSummary } from "../../../runtime/checkpoint/checkpoint.js";
import { BuiltCommand, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
let command: BuiltCommand;

/** A node whose handler has an effect outside: it adds a line to a file. */
const effect = `import { appendFileSync } from "node:fs";
export default (_state, ctx) => {
  appendFileSync(new URL("../effects.txt", import.meta.url), ctx.idempotencyKey + "\\n");
  return { log: [ctx.idempotencyKey] };
};
`;
const graph = {
  patchbay: 1,
  channels: { log: { schema: { type: "array" }, reducer: "append" } },
  nodes: Object.fromEntries(["a", "b", "c"].map((node) => [node, { kind: "code", handler: "./nodes/effect.ts" }])),
  edges: { s: { from: "@start", to: "a" }, ab: { from: "a", to: "b" }, bc: { from: "b", to: "c" }, z: { from: "c", to: "@end" } },
};

beforeAll(async () => {
  command = await BuiltCommand.build();
  mkdirSync(join(folder.path, "nodes"));
  writeFileSync(join(folder.path, "nodes/effect.ts"), effect);
  writeFileSync(join(folder.path, "g.patchbay.json"), JSON.stringify(graph));
});
afterAll(() => {
  command.remove();
  folder.remove();
});

const patchbay = (...argv: readonly string[]) => command.run(argv, folder.path);
const effects = (): readonly string[] => readFileSync(join(folder.path, "effects.txt"), "utf8").trim().split("\n");

/** A run of its own that has come to its end, and its checkpoint after superstep 1. */
async function finished(run: string): Promise<string> {
  writeFileSync(join(folder.path, "effects.txt"), "");
  await patchbay("run", "g.patchbay.json", "--run", run);
  const { stdout } = await patchbay("checkpoints", run, "--json");
  const { checkpoints } = JSON.parse(stdout) as { readonly checkpoints: readonly CheckpointSummary[] };
  return checkpoints.find(({ superstep }) => superstep === 1)?.id ?? "";
}

describe("going back and forward again, in processes of their own", () => {
  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ["by itself", [], [], []],
    ["with a node that restore says is live", ["--live", "b"], [], ["2/b"]],
    ["with a node that resume says is live", [], ["--live", "c"], ["3/c"]],
    ["with all live, as restore says", ["--replay", "live"], [], ["2/b", "3/c"]],
    ["with all live, as resume says, whatever restore said", ["--live", "b"], ["--replay", "live"], ["2/b", "3/c"]],
  ])("%s", async (name, restore, resume, again) => {
    const run = name.replaceAll(/\W/g, "-");
    const after = await finished(run);
    expect(await patchbay("restore", after, ...restore)).toMatchObject({ status: 0 });
    const { status, stdout } = await patchbay("resume", run, "--json", ...resume);
    const once = ["1/a", "2/b", "3/c"].map((task) => `${run}/${task}`);
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { status: "completed", state: { log: once } }]);
    // Each line once, and those that ran again with the same key.
    expect(effects()).toEqual([...once, ...again.map((task) => `${run}/${task}`)]);
  });
});

test.each<readonly [string, readonly string[], string]>([
  ["a mode that there is not", ["restore", "X", "--replay", "always"], "--replay always: give recorded, decisions or live."],
  ["a node that the graph does not have", ["run", "g.patchbay.json", "--run", "by-itself", "--live", "x"], 'the graph has no node "x"'],
])("%s is told", async (_name, argv, said) => {
  const { status, stderr } = await patchbay(...argv);
  expect([status, stderr]).toMatchObject([2, expect.stringContaining(said) as string]);
});
