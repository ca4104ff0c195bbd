import { afterAll, beforeAll, expect, test } from "vitest";
import { figuresTable, type FiguresJson } from "../../../runtime/cli/figures-table.js";
import { percent, shortMs } from "../../../runtime/model/figures.js";
import { traceLine } from "../../../runtime/cli/trace-line.js";
import type { TraceEvent } from "../../../runtime/trace/event.js";
import { OtlpCollector } from "../../support/otlp-collector.js";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
const inStore = (...argv: readonly string[]): readonly string[] => [...argv, "--store", folder.path];

async function printed(...argv: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await call(inStore(...argv));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

beforeAll(async () => {
  for (const run of ["first", "second"]) {
    await call(inStore("run", "review.patchbay.json", "--run", run, "--decide", "review=yes"));
  }
});
afterAll(() => folder.remove());

test("trace --json prints every event, one a line", async () => {
  const lines = (await printed("trace", "first", "--json")).trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line) as TraceEvent);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
  expect([events[0]?.type, events.at(-1)?.type]).toEqual(["run-started", "run-finished"]);
});

test("trace prints a line for each event, for people", async () => {
  const all = (await printed("trace", "first", "--json")).split("\n").length;
  const lines = (await printed("trace", "first")).split("\n");
  expect(lines).toHaveLength(all);
  expect(lines[0]).toMatch(/^ {4}1 \d\d:\d\d:\d\d\.\d{3} {4}0 run-started {8}input=\{\} revision=\w+$/);
  expect(lines.find((line) => line.includes("decision"))).toMatch(/ review key=review action=yes actor="command line" revision=\w+$/);
});

test("trace --otlp sends a stored run, and run --otlp one that goes on: the same spans", async () => {
  const collector = await OtlpCollector.start();
  const { url } = collector;
  try {
    const ran = await call(
      inStore("run", "review.patchbay.json", "--run", "sent", "--decide", "review=yes", "--otlp", url, "--header", "x-key=a=b"),
    );
    expect(ran).toMatchObject({ status: 0, stderr: expect.not.stringContaining("warning") as string });
    const live = collector.spans.splice(0).map(({ spanId, name }) => `${name} ${spanId}`);
    expect(collector.loopback.seen[0]?.headers["x-key"]).toBe("a=b");
    expect(await printed("trace", "sent", "--otlp", url)).toBe(`Sent ${live.length} spans.\n`);
    expect(collector.spans.map(({ spanId, name }) => `${name} ${spanId}`).toSorted()).toEqual(live.toSorted());
    expect(live.map((name) => name.replace(/ \w+$/, ""))).toContain("run review.patchbay.json");
    expect(collector.faults).toEqual([]);
  } finally {
    await collector.stop();
  }
});

test.each([[["--otlp", "nowhere"]], [["--header", "a=b"]], [["--otlp", "http://127.0.0.1:1", "--header", "a"]]])(
  "trace %j is refused",
  async (argv) => {
    expect(await call(inStore("trace", "first", ...argv))).toMatchObject({ status: 2, stdout: "" });
  },
);

test("stats count a run's nodes", async () => {
  const { runs, nodes } = JSON.parse(await printed("stats", "first", "--json")) as { readonly runs: unknown; readonly nodes: FiguresJson };
  expect(runs).toEqual(["first"]);
  expect(Object.keys(nodes)).toEqual(["draft", "review", "publish"]);
  expect(nodes["draft"]).toMatchObject({ runs: 1, success: 1, failed: 0, retries: 0, cached: 0 });
});

test("stats of several runs are counted together, each run once", async () => {
  const { nodes } = JSON.parse(await printed("stats", "first", "second", "first", "--json")) as { readonly nodes: FiguresJson };
  expect(Object.values(nodes).map(({ runs }) => runs)).toEqual([2, 2, 2]);
});

test("stats are a table for people", async () => {
  const [head = "", draft = ""] = (await printed("stats", "first")).split("\n");
  expect(head).toMatch(/^node +runs +success +retries +cached +min +mean +p50 +p95 +max$/);
  expect(draft).toMatch(/^draft +1 +100 % +0 +0( +[\d.]+ [mµ]s){5}$/);
});

test("stats tell of items only where there are some", () => {
  const figures = { runs: 1, success: 1, failed: 0, fallbacks: 0, retries: 0, cached: 0, bypassed: 0, replayed: 0, ms: null };
  const items = { total: 5, done: 3, failed: 1, retried: 2 };
  const table = figuresTable({
    a: { ...figures, items },
    b: { ...figures, items: null },
    c: { ...figures, items: { ...items, failed: 0, retried: 0 } },
  });
  expect(table.split("\n").map((line) => line.split(/ {2,}/)[5])).toEqual([
    "items",
    "3/5, 1 failed, 2 retried",
    undefined,
    "3/5",
    undefined,
  ]);
});

test.each(["trace", "stats"])("%s of a run that is not there is refused", async (command) => {
  const { status, stdout, stderr } = await call(inStore(command, "nobody"));
  expect(stderr).toMatch(/^error: NOT_FOUND The store has no run "nobody"/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test.each<readonly [string, TraceEvent, string]>([
  [
    "keeps what a handler says on one line, without control characters",
    { seq: 12, at: 0, superstep: 3, type: "log", node: "a", level: "info", message: "one\n\u001B[31mtwo\u0007" },
    '   12 00:00:00.000    3 log                a level=info message="one\\n\\u001b[31mtwo\\u0007"',
  ],
  [
    "rounds",
    { seq: 1, at: 1, superstep: 1, type: "task-finished", node: "a", task: "1/a", ms: 1.234_56 },
    "    1 00:00:00.001    1 task-finished      a ms=1.235",
  ],
  [
    "cuts what is long",
    { seq: 1, at: 1, superstep: 1, type: "write", node: "a", writes: { text: "x".repeat(500) } },
    `    1 00:00:00.001    1 write              a writes={"text":"${"x".repeat(151)}…`,
  ],
])("a line of the trace %s", (_name, event, expected) => {
  expect(traceLine(event)).toBe(expected);
});

test.each([
  [0, "0 ms"],
  [0.0004, "0.4 µs"],
  [0.0123, "12.3 µs"],
  [0.1, "0.1 ms"],
  [2.345_67, "2.35 ms"],
  [123.4, "123 ms"],
  [1250, "1.25 s"],
  [125_000, "2 m 5 s"],
])("%d milliseconds are spoken as %s", (ms, expected) => {
  expect(shortMs(ms)).toBe(expected);
});

test.each([
  [1, "100 %"],
  [0.975, "97.5 %"],
  [0, "0 %"],
])("a share of %d is spoken as %s", (share, expected) => {
  expect(percent(share)).toBe(expected);
});
