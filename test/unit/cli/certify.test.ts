import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunJson } from "../../../runtime/cli/run-report.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { BuiltCommand, temporaryFolder, type Finished } from "./command-line.js";

let command: BuiltCommand;
let folder: ReturnType<typeof temporaryFolder>;

beforeAll(async () => {
  command = await BuiltCommand.build();
});
afterAll(() => command.remove());
beforeEach(() => {
  folder = temporaryFolder();
  return () => folder.remove();
});

const text = { schema: { type: "string" } };
const graph: ShortGraph = {
  channels: { draft: text, n: { schema: { type: "number" }, reducer: "sum", default: 0 } },
  nodes: {
    write: { kind: "expression", set: { draft: '"hello"', n: "1.0" } },
    review: { kind: "barrier", prompt: "{{draft}}?" },
    send: { kind: "expression", set: { draft: 'draft + "!"' } },
  },
  edges: { e1: "@start -> write", e2: "write -> review", e3: "review -> send on approve", e4: "send -> @end", e5: "review -> @end else" },
};

/** `draft` is called `text` now. */
const renamed: ShortGraph = {
  channels: { text, n: graph.channels?.["n"] },
  nodes: {
    write: { kind: "expression", set: { text: '"hello"', n: "1.0" } },
    review: { kind: "barrier", prompt: "{{text}}?" },
    send: { kind: "expression", set: { text: 'text + "!"' } },
  },
  edges: graph.edges,
};

const draw = (drawn: ShortGraph): void => writeFileSync(join(folder.path, "post.patchbay.json"), graphText(drawn));
const call = (...argv: readonly string[]): Promise<Finished> => command.run(argv, folder.path);

async function pausedRun(): Promise<string> {
  draw(graph);
  const { stdout } = await call("run", "post.patchbay.json", "--json");
  return (JSON.parse(stdout) as RunJson).run;
}

/** The lines without ids. */
const shown = (stdout: string): string[] =>
  stdout
    .replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, "ID")
    .replaceAll(/[0-9a-f]{12}/g, "LAYOUT")
    .split("\n")
    .map((line) => line.replaceAll(/ {2,}/g, " ").trim())
    .filter((line) => line !== "");

test("a graph that is as it was affects nothing", async () => {
  await pausedRun();
  const { status, stdout } = await call("certify", "post.patchbay.json");
  expect([status, shown(stdout)]).toEqual([0, ["post.patchbay.json: 3 checkpoints of 1 run: 3 unaffected"]]);
});

test("each checkpoint that differs is told, with why and where", async () => {
  await pausedRun();
  const { e3: _cut, ...edges } = graph.edges;
  draw({
    ...graph,
    edges: { ...edges, e6: "review -> @end on approve" },
    nodes: { ...graph.nodes, send: { ...graph.nodes["send"], label: "Send" } },
  });
  const { status, stdout } = await call("certify", "post.patchbay.json");
  expect([status, shown(stdout).slice(0, 5)]).toEqual([
    0,
    [
      "post.patchbay.json: 3 checkpoints of 1 run: 3 mapped",
      "run ID",
      "checkpoint superstep verdict why where",
      'ID 2 mapped Node "review" goes other ways now. post.patchbay.json:26:5',
      'ID 1 mapped Node "review" goes other ways now. post.patchbay.json:26:5',
    ],
  ]);
});

test("a node that has gone with its task sends back to the checkpoint before it", async () => {
  const run = await pausedRun();
  const { review: _gone, ...nodes } = graph.nodes;
  draw({ ...graph, nodes, edges: { e1: "@start -> write", e2: "write -> send", e4: "send -> @end" } });
  const { status, stdout } = await call("certify", "post.patchbay.json", "--json");
  const { runs } = JSON.parse(stdout) as {
    runs: { checkpoints: { verdict: string; findings: { kind: string }[]; ancestor?: { superstep: number } }[] }[];
  };
  const told = runs[0]?.checkpoints.map(({ verdict, findings, ancestor }) => [verdict, findings[0]?.kind, ancestor?.superstep]);
  expect([status, told]).toEqual([
    1,
    [
      ["replay", "task-gone", 1],
      ["mapped", "rerouted", undefined],
      ["mapped", "routing", undefined],
    ],
  ]);
  const refused = await call("resume", run);
  expect([refused.status, refused.stderr.split("\n")[0]]).toEqual([
    1,
    'error: NOT_RESUMABLE Node "review" is at work in this run, and the graph has it no more.',
  ]);
});

test("a migration is written, tried on every checkpoint, applied on resume and recorded", async () => {
  const run = await pausedRun();
  draw(renamed);
  const before = await call("certify", "post.patchbay.json");
  expect([before.status, shown(before.stdout).filter((line) => line.includes("migrat"))]).toEqual([
    1,
    [
      "post.patchbay.json: 3 checkpoints of 1 run: 1 mapped, 2 migrate",
      'ID 2 migrate Channel "draft" is gone and has a value that "review" would have read. channel draft',
      "No migration leads from the channels of this run (LAYOUT) to those of now (LAYOUT).",
      'ID 1 migrate Channel "draft" is gone and has a value that "review" would have read. channel draft',
      "No migration leads from the channels of this run (LAYOUT) to those of now (LAYOUT).",
    ],
  ]);
  const refused = await call("resume", run, "--decide", "review=approve");
  expect([refused.status, refused.stderr.split(" ")[1]]).toEqual([1, "NEEDS_MIGRATION"]);

  const written = await call("certify", "post.patchbay.json", "--write-migration");
  const files = readdirSync(join(folder.path, "migrations/post"));
  expect([written.status, files.length]).toEqual([0, 1]);
  expect(readFileSync(join(folder.path, "migrations/post", files[0] ?? ""), "utf8")).toContain(
    'text: before.draft, // if this is what "draft" was',
  );
  expect(shown(written.stdout)).toContain("Migrated by migrations/post/LAYOUT-LAYOUT.ts.");

  const done = await call("resume", run, "--decide", "review=approve", "--json");
  expect([done.status, JSON.parse(done.stdout)]).toMatchObject([0, { status: "completed", state: { text: "hello!", n: 1 } }]);
  const { stdout } = await call("trace", run);
  expect(stdout).toContain("migrated");
});

test("a migration that gives what does not fit is told for each checkpoint, and no run goes on by it", async () => {
  const run = await pausedRun();
  draw(renamed);
  await call("certify", "post.patchbay.json", "--write-migration");
  const [file = ""] = readdirSync(join(folder.path, "migrations/post"));
  writeFileSync(join(folder.path, "migrations/post", file), "export default () => ({ text: 5 });\n");
  const { status, stdout } = await call("certify", "post.patchbay.json");
  expect([status, shown(stdout).filter((line) => line.includes("failed")).length]).toEqual([1, 2]);
  const refused = await call("resume", run, "--decide", "review=approve");
  expect([refused.status, refused.stderr.split(" ")[1]]).toEqual([1, "MIGRATION_FAILED"]);
});

const modes: readonly (readonly [string, ShortGraph, number, string])[] = [
  ["strict", { ...graph, limits: { supersteps: 9 } }, 1, "NOT_RESUMABLE"],
  ["certified", { ...graph, limits: { supersteps: 9 } }, 0, ""],
  ["certified", renamed, 1, "NEEDS_MIGRATION"],
  ["force", { ...renamed, nodes: { ...renamed.nodes, send: { kind: "expression", set: { text: '"bye"' } } } }, 0, ""],
  ["maybe", graph, 2, "--graph-mode"],
];

test.each(modes)("--graph-mode %s", async (mode, drawn, status, error) => {
  const run = await pausedRun();
  draw(drawn);
  const resumed = await call("resume", run, "--decide", "review=approve", "--graph-mode", mode);
  expect([resumed.status, resumed.stderr.includes(error)]).toEqual([status, true]);
  if (mode === "force") expect((await call("trace", run)).stdout).toContain("carried-over");
});

test("runs inside tasks are told apart, under the graph that their task runs now", async () => {
  const within: ShortGraph = {
    nodes: { first: { kind: "expression", set: {} }, ask: { kind: "barrier", prompt: "?" } },
    edges: { e1: "@start -> first", e2: "first -> ask", e3: "ask -> @end on approve" },
  };
  const writeInner = (drawn: ShortGraph): void => writeFileSync(join(folder.path, "inner.patchbay.json"), graphText(drawn));
  writeInner(within);
  draw({ nodes: { sub: { kind: "subgraph", graph: "./inner.patchbay.json" } }, edges: { e1: "@start -> sub" } });
  await call("run", "post.patchbay.json");
  expect(shown((await call("certify", "post.patchbay.json")).stdout)).toHaveLength(1);
  const { ask: _gone, ...nodes } = within.nodes;
  writeInner({ ...within, nodes, edges: { e1: "@start -> first" } });
  const { stdout } = await call("certify", "post.patchbay.json");
  const lines = shown(stdout);
  const from = lines.findIndex((line) => line.startsWith("run ID, inside"));
  expect(lines.slice(from, from + 3)).toEqual([
    "run ID, inside 1/sub of run ID",
    "checkpoint superstep verdict why where",
    expect.stringMatching(/^ID 2 replay Node "ask" .* node ask of inner\.patchbay\.json$/),
  ]);
  const { runs } = JSON.parse((await call("certify", "post.patchbay.json", "--json")).stdout) as {
    readonly runs: readonly {
      readonly inside: readonly { readonly task: string; readonly checkpoints: readonly { readonly verdict: string }[] }[];
    }[];
  };
  expect(runs[0]?.inside.map(({ task, checkpoints }) => [task, checkpoints[0]?.verdict])).toEqual([["1/sub", "replay"]]);
});
