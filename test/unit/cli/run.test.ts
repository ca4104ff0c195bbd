import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import type { TraceEvent } from "../../../runtime/trace/event.js";
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

const inStore = (...argv: readonly string[]): readonly string[] => ["run", ...argv, "--store", folder.path];
const jsonOf = (stdout: string): RunJson => JSON.parse(stdout) as RunJson;

/** Ids differ from run to run. */
const anonymous = (text: string): string => text.replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, "RUN").replaceAll(folder.path, "STORE");

test("a run that completes ends with 0 and says so", async () => {
  const { status, stdout, stderr } = await patchbay.run(inStore("greet.patchbay.json"), graphsFolder);
  expect(anonymous(stdout)).toBe(["Greet: completed after 1 superstep", "Nodes run: greet 1", "Run RUN, kept in STORE", ""].join("\n"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("a run that waits ends with 10 and says how to answer", async () => {
  const { status, stdout, stderr } = await patchbay.run(inStore("review.patchbay.json"), graphsFolder);
  expect(anonymous(stdout).split("\n")).toEqual([
    "Review: paused after 1 superstep",
    "Nodes run: draft 1",
    "",
    "Question of review:",
    "  Is draft 1 good?",
    'Answers: yes, again, drop; with a value: {"action":…,"value":…}',
    "Answer with: patchbay run review.patchbay.json --run RUN --store STORE --decide review=yes",
    "",
    "Run RUN, kept in STORE",
    "",
  ]);
  expect({ status, stderr }).toEqual({ status: 10, stderr: "" });
});

test("--checkpoint-every makes checkpoints beside those of the graph's policy", async () => {
  const path = join(folder.path, "count.patchbay.json");
  writeFileSync(
    path,
    JSON.stringify({
      patchbay: 1,
      channels: { n: { schema: { type: "number" }, default: 0 } },
      nodes: { count: { kind: "expression", set: { n: "n + 1.0" } } },
      edges: { e1: { from: "@start", to: "count" }, e2: { from: "count", to: "count", when: "n < 5.0" } },
      checkpoints: { policy: "manual" },
    }),
  );
  const made = async (...options: readonly string[]) => {
    const { stdout } = await patchbay.run(inStore(path, "--json", ...options), graphsFolder);
    const list = await patchbay.run(["checkpoints", jsonOf(stdout).run, "--store", folder.path, "--json"], graphsFolder);
    const { checkpoints } = JSON.parse(list.stdout) as { checkpoints: readonly { trigger: string; superstep: number }[] };
    return checkpoints.map(({ trigger, superstep }) => `${trigger} ${superstep}`);
  };
  expect(await made()).toEqual(["completed 5", "started 0"]);
  expect(await made("--checkpoint-every", "2")).toEqual(["completed 5", "explicit 4", "explicit 2", "started 0"]);
  const { status, stderr } = await patchbay.run(inStore(path, "--checkpoint-every", "0"), graphsFolder);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("--checkpoint-every 0: give a whole number from 1.") });
});

test("a run that fails ends with 1, and goes on where it failed", async () => {
  const marker = join(folder.path, "line-is-good");
  const first = await patchbay.run(inStore("flaky.patchbay.json", "--input", JSON.stringify({ marker }), "--json"), graphsFolder);
  const failed = jsonOf(first.stdout);
  expect(first.stderr).toBe("fetch: fetching\nfetch: warn: the line is bad\n");
  expect(failed).toMatchObject({
    status: "failed",
    supersteps: 1,
    due: ["fetch"],
    error: { code: "HANDLER_FAILED", message: expect.stringContaining("no answer from the other end") },
  });
  expect(first.status).toBe(1);
  writeFileSync(marker, "");
  const second = await patchbay.run(inStore("flaky.patchbay.json", "--run", failed.run, "--json"), graphsFolder);
  expect(jsonOf(second.stdout)).toMatchObject({
    run: failed.run,
    status: "completed",
    supersteps: 2,
    state: { result: "fetched" },
    error: null,
  });
  expect(second.status).toBe(0);
});

test("a failed run tells people where in their code and what to do", async () => {
  const { stdout } = await patchbay.run(inStore("flaky.patchbay.json", "--input", '{"marker":"/nowhere"}'), graphsFolder);
  expect(stdout).toMatch(/^HANDLER_FAILED /m);
  expect(stdout).toMatch(/nodes\/flaky\.ts:11/);
  expect(anonymous(stdout)).toContain("Go on where it failed with: patchbay run flaky.patchbay.json --run RUN --store STORE");
});

test("a killed run goes on where it was, and what had finished is not run again", async () => {
  const file = join(folder.path, "called.txt");
  const argv = inStore("lethal.patchbay.json", "--run", "killed", "--json");
  const first = await patchbay.run([...argv, "--input", JSON.stringify({ file })], graphsFolder);
  expect({ status: first.status, stdout: first.stdout, called: readFileSync(file, "utf8") }).toEqual({
    status: 137,
    stdout: "",
    called: "tick\nstrike\n",
  });
  const second = await patchbay.run(argv, graphsFolder);
  expect(jsonOf(second.stdout)).toMatchObject({ status: "completed", supersteps: 3, state: { done: ["tick", "strike", "tick"] } });
  expect(readFileSync(file, "utf8")).toBe("tick\nstrike\nstrike\ntick\n");
});

test("a run that the graph has no place for any more does not go on", async () => {
  const graph = join(folder.path, "shrinking.patchbay.json");
  const text = readFileSync(join(graphsFolder, "two-reviews.patchbay.json"), "utf8");
  writeFileSync(graph, text);
  await call(inStore(graph, "--run", "homeless"));
  writeFileSync(graph, text.replaceAll('"style"', '"tone"'));
  const { status, stdout, stderr } = await call(inStore(graph, "--run", "homeless", "--json"));
  expect(stderr).toMatch(/^error: NOT_RESUMABLE Node "style" .*\n {2}Restore an earlier checkpoint, or undo the edit\.\n$/);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});

/** Resolves when the process has written `text` to stderr. */
async function seen(child: ReturnType<BuiltCommand["start"]>["child"], text: string): Promise<void> {
  let written = "";
  await new Promise<void>((resolve) => {
    child.stderr?.on("data", (piece: string) => {
      written += piece;
      if (written.includes(text)) resolve();
    });
  });
}

/** Interrupts a command twice, as people do: what follows at once counts as an echo of a launcher. */
async function interruptTwice(child: ReturnType<BuiltCommand["start"]>["child"]): Promise<void> {
  child.kill("SIGINT");
  await seen(child, "Pausing");
  await new Promise((resolve) => setTimeout(resolve, 400));
  child.kill("SIGINT");
}

test("a second interrupt cancels the run, keeps its checkpoints, and ends with 130", async () => {
  const { child, finished } = patchbay.start(inStore("slow.patchbay.json", "--json"), graphsFolder);
  await seen(child, "wait: waiting");
  await interruptTwice(child);
  const { status, stdout, stderr } = await finished;
  expect(stderr).toBe(
    [
      "wait: waiting",
      "Pausing when wait has finished. Interrupt again to cancel the run.",
      "Cancelling the run; once more ends the process at once.",
      "",
    ].join("\n"),
  );
  const { run, ...json } = jsonOf(stdout);
  expect(json).toMatchObject({ status: "cancelled", supersteps: 1, state: { count: 1 } });
  expect(status).toBe(130);
  const { stdout: list } = await call(["checkpoints", run, "--store", folder.path, "--json"]);
  expect(
    (JSON.parse(list) as { checkpoints: { superstep: number; status: string }[] }).checkpoints.map(({ superstep, status: at }) => [
      superstep,
      at,
    ]),
  ).toEqual([
    [2, "cancelled"],
    [1, "running"],
    [0, "running"],
  ]);
});

test("a cancelled run does not go on by itself", async () => {
  const { child, finished } = patchbay.start(inStore("slow.patchbay.json", "--json"), graphsFolder);
  await seen(child, "wait: waiting");
  await interruptTwice(child);
  const { run } = jsonOf((await finished).stdout);
  const { status, stderr } = await patchbay.run(inStore("slow.patchbay.json", "--run", run), graphsFolder);
  expect(stderr).toMatch(/RUN_FINISHED/);
  expect(status).toBe(2);
});

test("one interrupt lets what is at work finish, and leaves a run that can be resumed", async () => {
  const go = join(folder.path, "go");
  const { child, finished } = patchbay.start(inStore("patient.patchbay.json", "--input", JSON.stringify({ go }), "--json"), graphsFolder);
  await seen(child, "wait: waiting");
  child.kill("SIGINT");
  await seen(child, "Pausing when wait has finished");
  writeFileSync(go, "");
  const { status, stdout } = await finished;
  const { run, ...json } = jsonOf(stdout);
  expect(json).toMatchObject({ status: "paused", supersteps: 1, due: ["after"], state: { done: ["wait"] } });
  expect(status).toBe(10);
  const resumed = await patchbay.run(["resume", run, "--store", folder.path, "--json"], graphsFolder);
  expect(jsonOf(resumed.stdout)).toMatchObject({ run, status: "completed", supersteps: 2, state: { done: ["wait", "after"] } });
});

const inputs: readonly (readonly [string, string, string | undefined])[] = [
  ["in the argument", '{"name":"Patchbay"}', undefined],
  ["in a file", "@name.json", undefined],
  ["on stdin", "-", '{"name":"Patchbay"}'],
];

test.each(inputs)("input %s reaches the channels", async (_name, input, stdin) => {
  writeFileSync(join(folder.path, "name.json"), '{"name":"Patchbay"}');
  const graph = join(graphsFolder, "greet.patchbay.json");
  const { stdout } = await call(["run", graph, "--input", input, "--json", "--store", folder.path], {
    cwd: folder.path,
    ...(stdin === undefined ? {} : { stdin }),
  });
  expect(jsonOf(stdout).state).toEqual({ name: "Patchbay", greeting: "Hello, Patchbay!" });
});

test("--json prints the run as one object and nothing else", async () => {
  const { stdout } = await call(inStore("review.patchbay.json", "--run", "as-json", "--json"));
  expect(JSON.parse(stdout)).toEqual({
    run: "as-json",
    status: "paused",
    state: { round: 1, remark: "" },
    supersteps: 1,
    due: ["review"],
    questions: [
      { key: "review", node: "review", prompt: "Is draft 1 good?", actions: ["yes", "again", "drop"], schema: { type: "string" } },
    ],
    error: null,
  });
  expect(stdout.indexOf("\n")).toBe(stdout.length - 1);
});

test("--run goes on with a run of that id, and gives a new one that id", async () => {
  const first = await call(inStore("review.patchbay.json", "--run", "mine", "--json"));
  const second = await call(inStore("review.patchbay.json", "--run", "mine", "--decide", "review=again", "--json", "--input", "{}"));
  expect(second.stderr).toMatch(/Run mine has begun/);
  const other = await call(inStore("greet.patchbay.json", "--run", "mine"));
  expect(other.stderr).toMatch(/Run mine is a run of review.patchbay.json/);
  const third = await call(inStore("review.patchbay.json", "--run", "mine", "--decide", "review=yes", "--json"));
  expect([first.status, second.status, other.status, third.status]).toEqual([10, 2, 2, 0]);
  expect(jsonOf(third.stdout)).toMatchObject({ run: "mine", status: "completed", supersteps: 3 });
});

test("a completed run stays as it is", async () => {
  const first = await call(inStore("greet.patchbay.json", "--run", "done", "--json"));
  expect(await call(inStore("greet.patchbay.json", "--run", "done", "--json"))).toEqual(first);
});

test("the store is .patchbay beside the graph unless another is named", async () => {
  const graph = join(folder.path, "here.patchbay.json");
  writeFileSync(graph, readFileSync(join(graphsFolder, "greet.patchbay.json")));
  await call(["run", graph], { cwd: graphsFolder });
  expect(existsSync(join(folder.path, ".patchbay", "patchbay.db"))).toBe(true);
  expect((await call(["runs"], { cwd: folder.path })).stdout).toContain("here.patchbay.json");
});

test("a trace is JSON lines with every event of the run, over two invocations", async () => {
  const file = join(folder.path, "trace.jsonl");
  await call(inStore("review.patchbay.json", "--run", "traced", "--trace", file));
  await call(inStore("review.patchbay.json", "--run", "traced", "--decide", "review=yes", "--trace", file));
  const events = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TraceEvent);
  expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
  expect(events.filter((event) => typeof event.type !== "string" || typeof event.superstep !== "number")).toEqual([]);
  const told = events.flatMap((event): object[] => {
    if (event.type === "write") return [{ superstep: event.superstep, node: event.node, writes: event.writes }];
    if (event.type === "route-taken") return [{ superstep: event.superstep, node: event.node, edge: event.edge }];
    return event.type === "question" || event.type === "decision"
      ? [{ superstep: event.superstep, node: event.node, type: event.type }]
      : [];
  });
  expect(told).toEqual([
    { superstep: 0, node: "@start", edge: "begin" },
    { superstep: 1, node: "draft", writes: { round: 1 } },
    { superstep: 1, node: "draft", edge: "to_review" },
    { superstep: 2, node: "review", type: "question" },
    { superstep: 2, node: "review", type: "decision" },
    { superstep: 2, node: "review", edge: "good" },
    { superstep: 3, node: "publish", writes: { verdict: "published" } },
    { superstep: 3, node: "publish", edge: "published" },
  ]);
});
