import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { FiguresJson } from "../../../runtime/cli/figures-table.js";
import { spreadOf, type Spread } from "../../../runtime/cli/spread.js";
import { BuiltCommand, call, graphsFolder, temporaryFolder } from "./command-line.js";

interface BenchJson {
  readonly graph: string;
  readonly runs: number;
  readonly warmUps: number;
  readonly supersteps: number;
  readonly ms: Spread;
  readonly nodes: FiguresJson;
}

const folder = temporaryFolder();
let patchbay: BuiltCommand;
beforeAll(async () => {
  patchbay = await BuiltCommand.build();
});
afterAll(() => {
  patchbay.remove();
  folder.remove();
});

async function bench(...argv: readonly string[]): Promise<BenchJson> {
  const { status, stdout, stderr } = await call(["bench", ...argv, "--json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as BenchJson;
}

test("bench runs a graph from the start each time, and counts what is measured alone", async () => {
  const { nodes, ms, ...rest } = await bench("review.patchbay.json", "--runs", "4", "--warm-up", "3", "--decide", "review=yes");
  expect(rest).toEqual({ graph: "review.patchbay.json", runs: 4, warmUps: 3, supersteps: 3 });
  expect(Object.entries(nodes).map(([node, { runs, success }]) => [node, runs, success])).toEqual([
    ["draft", 4, 1],
    ["review", 4, 1],
    ["publish", 4, 1],
  ]);
  expect([ms.min <= ms.median, ms.median <= ms.max, ms.min > 0, ms.deviation >= 0]).toEqual([true, true, true, true]);
});

test("bench leaves nothing behind, and takes nothing from the run before", async () => {
  const graph = join(folder.path, "counting.patchbay.json");
  writeFileSync(
    graph,
    JSON.stringify({
      patchbay: 1,
      channels: { n: { reducer: "sum", default: 0 } },
      nodes: { add: { kind: "expression", set: { n: "1" }, cache: { key: "n" } } },
      edges: {
        begin: { from: "@start", to: "add" },
        again: { from: "add", to: "add", when: "n < 3" },
        end: { from: "add", to: "@end", else: true },
      },
    }),
  );
  const { supersteps, nodes } = await bench(graph, "--runs", "3", "--warm-up", "1");
  expect([supersteps, nodes["add"]]).toMatchObject([3, { runs: 9, cached: 0 }]);
  expect(existsSync(join(folder.path, ".patchbay"))).toBe(false);
});

test("bench calls handlers as a run does", async () => {
  const go = join(folder.path, "go");
  writeFileSync(go, "");
  const argv = ["bench", "patient.patchbay.json", "--runs", "2", "--warm-up", "0", "--input", JSON.stringify({ go })];
  const { status, stdout, stderr } = await patchbay.run(argv, graphsFolder);
  const [line = "", gap, head = "", wait = "", after = ""] = stdout.split("\n");
  expect(line).toMatch(/^Patient: median [\d.]+ [mµ]?s ± [\d.]+ [mµ]?s, from [\d.]+ [mµ]?s to [\d.]+ [mµ]?s \(2 runs of 2 supersteps\)$/);
  expect([gap, head.startsWith("node"), wait.split(/ +/).slice(0, 2), after.split(/ +/).slice(0, 2)]).toEqual([
    "",
    true,
    ["wait", "2"],
    ["after", "2"],
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("an interrupt ends the measuring", async () => {
  const begun = join(folder.path, "begun");
  const text = readFileSync(join(graphsFolder, "slow.patchbay.json"), "utf8").replace("./nodes/wait.ts#wait", "./wait.mjs");
  writeFileSync(join(folder.path, "slow.patchbay.json"), text);
  writeFileSync(
    join(folder.path, "wait.mjs"),
    `import { writeFileSync } from "node:fs";
     export default (_state, { signal }) => new Promise((_resolve, reject) => {
       writeFileSync(${JSON.stringify(begun)}, "");
       signal.addEventListener("abort", () => reject(signal.reason));
     });`,
  );
  const { child, finished } = patchbay.start(["bench", "slow.patchbay.json"], folder.path);
  await vi.waitUntil(() => existsSync(begun), { timeout: 60_000 });
  child.kill("SIGINT");
  expect(await finished).toMatchObject({ status: 130, stdout: "" });
});

test.each<readonly [string, readonly string[], number, RegExp]>([
  ["a run that asks", ["review.patchbay.json"], 2, /waits for a decision of review\. Give it with --decide/],
  ["a run that fails", ["review.patchbay.json", "--decide", "review=again"], 1, /^error: SUPERSTEP_LIMIT/],
  ["no runs", ["greet.patchbay.json", "--runs", "0"], 2, /--runs 0: give a whole number from 1/],
  ["a number of warm-ups that is none", ["greet.patchbay.json", "--warm-up", "-1"], 2, /--warm-up -1: give a whole number from 0/],
  ["a graph with errors", ["broken.patchbay.json"], 2, /error EXPRESSION/],
])("bench of %s says so", async (_name, argv, expected, message) => {
  const { status, stdout, stderr } = await call(["bench", ...argv]);
  expect(stderr).toMatch(message);
  expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
});

test.each<readonly [readonly number[], Spread]>([
  [[5], { median: 5, min: 5, max: 5, deviation: 0 }],
  [[4, 2], { median: 3, min: 2, max: 4, deviation: 1 }],
  [[1, 100, 2, 3, 4], { median: 3, min: 1, max: 100, deviation: 1 }],
])("the spread of %j", (times, expected) => {
  expect(spreadOf(times)).toEqual(expected);
});
