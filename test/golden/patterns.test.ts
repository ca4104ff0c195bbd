import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as instances from "../../examples/patterns/nodes/instances.js";
import { createRuntime, openGraph, type InProcessHandler, type JsonObject, type RunSession } from "../../runtime/index.js";
import { projectFolder } from "../unit/cli/command-line.js";
import { tasksRun } from "../unit/run/harness.js";

// The workflow patterns of docs/workflow-patterns.md: each example runs, and does what defines its pattern.

const folder = join(projectFolder, "examples", "patterns");
const files = readdirSync(folder).filter((name) => name.endsWith(".patchbay.json"));
const handlers = Object.fromEntries(
  Object.entries(instances).map(([name, handler]) => [`./nodes/instances.ts#${name}`, handler as InProcessHandler] as const),
);

async function begin(pattern: number, input: JsonObject = {}): Promise<RunSession> {
  const name = files.find((each) => each.startsWith(`${String(pattern).padStart(2, "0")}-`));
  const graph = await openGraph(join(folder, name ?? "missing"));
  return createRuntime({ handlers }).start(graph, { input });
}

/** What ran: supersteps separated by `|`. */
const story = (run: RunSession): string =>
  tasksRun(run)
    .map(([, keys]) => keys.join(" "))
    .join(" | ");

const decide = (run: RunSession, action: string): void => run.decide("wait", { action, actor: "test" });

describe("patterns that need nobody", () => {
  const table: readonly (readonly [pattern: number, defining: string, input: JsonObject, story: string])[] = [
    [1, "one after the other", {}, "a | b | c"],
    [2, "both branches, at once", {}, "a | b c"],
    [3, "once, when both have come", {}, "a b | c | m"],
    [4, "the branch whose condition holds", { n: 6 }, "a | b"],
    [4, "else the other", { n: 5 }, "a | c"],
    [5, "the branch that comes goes on", { n: 6 }, "a | b | m"],
    [5, "whichever it is", { n: 5 }, "a | c | m"],
    [6, "several branches", { n: 3 }, "a | b c"],
    [6, "all of them", { n: 4 }, "a | b c d"],
    [7, "waits for what was chosen", { n: 3 }, "a | b c | d | m"],
    [7, "and for nothing else", { n: 2 }, "a | b | m"],
    [8, "once for each branch, also when they come at once", {}, "a | b c | m#0 m#1"],
    [9, "once a round, at the first", {}, "a | b c | d m | again | a | b c | d m | again"],
    [10, "a cycle with two ways in and two ways out", {}, "a | b | c | b | c | d"],
    [11, "ends when nothing is left to do", {}, "a b | c | d"],
    [13, "goes on once when all instances are done", {}, "a | work#0 work#1 work#2 | m"],
    [14, "as many as the state says", { n: 4 }, "a | work#0 work#1 work#2 work#3 | m"],
    [15, "instances that are found on the way are waited for", {}, "a | work#0 | work#0 | work#0 | m"],
    [21, "as long as the condition holds", { n: 1 }, "body | body | after"],
    [21, "not at all if it never does", { n: 3 }, "after"],
    [28, "the second wave waits until the first has come whole", {}, "wave | b c | d m | gate | wave | b c | d m | gate"],
    [29, "what has not come is given up", {}, "a | b c | d m | after"],
    [30, "at the second; the third is swallowed", {}, "a | b c d | e f | g m"],
    [31, "at the second; the next wave waits for the third", {}, "wave | b c d | e m | gate | wave | b c d | e m | gate"],
    [32, "at the second; the third is given up", {}, "a | b c d | e m"],
    [
      34,
      "when two of three are done; the third ends for itself",
      {},
      "a | work#0 work#1 work#2 | work#0 work#1 gate | work#0 gate m | gate",
    ],
    [35, "when two of three are done; the third is given up", {}, "a | work#0 work#1 work#2 | work#0 work#1 gate | work#0 gate m"],
    [
      36,
      "when three of four are done, one of which came later",
      {},
      "a | work#0 work#1 work#2 | work#0 work#1 work#2 gate | work#0 gate m | gate",
    ],
    [37, "waits for what was chosen, not for what goes on elsewhere", { n: 2 }, "a x | b y | gate z | m last"],
    [37, "once, for both", { n: 3 }, "a x | b c y | d gate z | gate m last"],
    [38, "when nothing can come any more, loops included", {}, "a | b c | c | c | m"],
    [43, "an edge ends the run, whatever is due or waits", {}, "a b | c"],
    [42, "several threads through the same nodes", {}, "a | work#0 work#1 work#2 | each#0 each#1 each#2"],
  ];
  test.each(table)("%i: %s", async (pattern, _defining, input, expected) => {
    const run = await begin(pattern, input);
    await run.continue();
    expect([run.status, story(run)]).toEqual(["completed", expected]);
  });

  test("22: a node that calls itself adds up to the number of its recursion", async () => {
    const run = await begin(22, { n: 10 });
    await run.continue();
    expect([run.status, run.channels["result"]]).toEqual(["completed", 55]);
  });

  test("34 to 36: what has finished", async () => {
    const finished = async (pattern: number): Promise<unknown> => {
      const run = await begin(pattern);
      await run.continue();
      return run.channels["log"];
    };
    expect(await finished(34)).toEqual(["1", "2", "3", "m"]);
    expect(await finished(35)).toEqual(["1", "2", "m"]);
    expect(await finished(36)).toEqual(["1", "4", "2", "3", "m"]);
  });
});

describe("patterns that need somebody", () => {
  test.each(["mail", "call"])("16: %s comes first, the other is withdrawn", async (comes) => {
    const run = await begin(16);
    await run.continue();
    expect(run.frontier.questions).toMatchObject([{ actions: ["mail", "call"] }]);
    decide(run, comes);
    await run.continue();
    expect([run.status, story(run), run.frontier.questions]).toEqual(["completed", `wait wait | ${comes}`, []]);
  });

  test("20: a cancelled case does nothing more, whatever it waits for", async () => {
    const run = await begin(20);
    await run.continue();
    expect([run.status, story(run)]).toEqual(["waiting", "a | wait b"]);
    await run.stop();
    expect([run.status, story(run)]).toEqual(["cancelled", "a | wait b"]);
    await expect(run.continue()).rejects.toMatchObject({ code: "RUN_FINISHED" });
  });

  test("24: a trigger that comes early is kept until it is waited for", async () => {
    const run = await begin(24);
    decide(run, "approve");
    expect(story(run)).toBe("");
    await run.continue();
    expect([run.status, run.channels["log"]]).toEqual(["completed", ["a", "b"]]);
  });
});

describe("the table", () => {
  const rows = readFileSync(join(projectFolder, "docs", "workflow-patterns.md"), "utf8")
    .split("\n")
    .flatMap((line) => (/^\| \d/.test(line) ? [line.split("|").map((cell) => cell.trim())] : []));

  test("has all patterns, in their order", () => {
    expect(rows.map((cells) => Number(cells[1]))).toEqual(Array.from({ length: 43 }, (_, index) => index + 1));
  });

  test("says yes where there is an example, and nowhere else", () => {
    const examples = rows.flatMap((cells) => [...(/patterns\/(.*?\.patchbay\.json)\)/g.exec(cells[5] ?? "")?.slice(1) ?? [])]);
    const yes = rows.filter((cells) => cells[3] === "yes");
    expect(yes.map((cells) => Number(cells[1]))).toEqual(files.map((name) => Number.parseInt(name, 10)));
    expect(examples).toEqual(files);
  });

  test("its examples have no problem", async () => {
    for (const name of files) {
      const { problems } = await openGraph(join(folder, name));
      expect([name, problems]).toEqual([name, []]);
    }
  });
});
