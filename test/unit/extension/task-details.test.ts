import { expect, test, vi } from "vitest";
import { failurePlace, taskDetails, taskValue } from "../../../extension/inspector/task-details.js";
import type { TaskSubject } from "../../../extension/inspector/task-facts.js";
import { blame } from "../../../runtime/blame/blame.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { start, type Handlers } from "../run/harness.js";

vi.mock("vscode", () => ({
  l10n: { t: (text: string, ...given: unknown[]) => text.replaceAll(/\{(\d)\}/g, (_, at) => String(given[Number(at)])) },
}));

const graph: ShortGraph = {
  channels: { n: { schema: { type: "number" }, default: 0 }, big: { schema: { type: "string" } }, other: { schema: { type: "number" } } },
  nodes: {
    count: { reads: ["n", "big"], writes: ["n", "big"], retry: { attempts: 2, delay: "1ms" } },
    twice: { kind: "expression", set: { other: "n * 2.0" }, handler: undefined },
  },
  edges: { e1: "@start -> count", e2: "count -> twice", e3: "twice -> count when n < 3.0", e4: "twice -> @end else" },
};

let failures = 0;
const handlers: Handlers = {
  count: (state) => {
    const n = Number(state["n"]);
    if (n === 1 && (failures += 1) === 1) {
      const error = new Error("Not yet");
      error.stack = "Error: Not yet\n    at count (/graphs/nodes/count.ts:12:7)";
      throw error;
    }
    return Promise.resolve({ n: n + 1, big: "x".repeat(1000) });
  },
};

/** The run of `graph` to its end, as the editor has it. */
async function ran(): Promise<TaskSubject> {
  failures = 0;
  const { session: run, services: given, clock } = start(graph, handlers);
  const done = run.continue();
  while (run.status === "running") {
    clock.advance(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
  return {
    run,
    running: false,
    archive: { store: () => given.store, blame: (query) => blame(given.store, query) },
  };
}

test("the newest task is shown with what it read, who gave that, and what it wrote", async () => {
  const { tasks, shown } = taskDetails(await ran(), "count", undefined);
  expect(tasks.map(({ superstep, end }) => [superstep, end])).toEqual([
    [5, "done"],
    [3, "done"],
    [1, "done"],
  ]);
  expect(shown).toMatchObject({ superstep: 5, end: "done", attempts: [], cleared: [] });
  expect(shown?.input?.map(({ name, cut, writer }) => [name, cut, writer?.text])).toEqual([
    ["big", true, "count, superstep 3"],
    ["n", false, "count, superstep 3"],
  ]);
  expect(shown?.writes?.map(({ name, text }) => [name, text.slice(0, 3)])).toEqual([
    ["n", "3"],
    ["big", '"xx'],
  ]);
});

test("an earlier task can be chosen, with the attempts that failed and the line", async () => {
  const session = await ran();
  const [, second] = taskDetails(session, "count", undefined).tasks;
  const { shown } = taskDetails(session, "count", second?.task);
  expect(shown?.input?.map(({ name, text }) => [name, text.slice(0, 3)])).toEqual([
    ["big", '"xx'],
    ["n", "1"],
  ]);
  expect(shown?.attempts).toMatchObject([{ attempt: 1, error: { message: expect.stringContaining("Not yet"), place: "count.ts:12" } }]);
  expect(failurePlace(session, "count", second?.task ?? "", 1)).toEqual({ path: "/graphs/nodes/count.ts", line: 12, column: 7 });
  expect(failurePlace(session, "count", second?.task ?? "", undefined)).toBeUndefined();
});

test("a value that is cut can be had whole", async () => {
  const session = await ran();
  const [first] = taskDetails(session, "count", undefined).tasks;
  const place = { node: "count", task: first?.task ?? "", name: "big" };
  expect(taskValue(session, { ...place, of: "writes" })).toHaveLength(1000);
  expect(taskValue(session, { ...place, of: "input" })).toHaveLength(1000);
  expect(taskValue(session, { ...place, of: "given" })).toBeUndefined();
  expect(taskValue(session, { ...place, task: "gone", of: "writes" })).toBeUndefined();
});

test("what an expression reads is what it names", async () => {
  const { shown } = taskDetails(await ran(), "twice", undefined);
  expect(shown?.input?.map(({ name }) => name)).toEqual(["n"]);
  expect(shown?.writes).toMatchObject([{ name: "other", text: "6" }]);
});

test("while the run is at work nothing is read, and of no run nothing is known", async () => {
  const session = await ran();
  expect(taskDetails({ ...session, running: true }, "count", undefined).shown?.input).toBeUndefined();
  expect(taskDetails({ ...session, run: undefined }, "count", undefined)).toEqual({ tasks: [] });
  expect(taskDetails(session, "nobody", undefined)).toEqual({ tasks: [] });
});

test("by the end of a superstep there are the tasks of then alone", async () => {
  const session = await ran();
  const by = (superstep: number): readonly number[] =>
    taskDetails(session, "count", undefined, superstep).tasks.map((each) => each.superstep);
  expect([by(0), by(1), by(2), by(4), by(5)]).toEqual([[], [1], [1], [3, 1], [5, 3, 1]]);
  const { shown } = taskDetails(session, "count", undefined, 4);
  expect(shown).toMatchObject({ superstep: 3, input: [{ name: "big" }, { name: "n", text: "1" }] });
});

test("what a task of long ago read, and its value in full, are found", async () => {
  const long = {
    channels: { n: { schema: { type: "number" }, default: 0 } },
    nodes: { a: {} },
    edges: { s: "@start -> a", aa: "a -> a when n < 300.0" },
    limits: { supersteps: 1000 },
  };
  const { session: run, services: given } = start(long, { a: (state) => ({ n: Number(state["n"]) + 1 }) });
  await run.continue();
  const session = { run, running: false, archive: { store: () => given.store, blame: (query: never) => blame(given.store, query) } };
  const { tasks, shown } = taskDetails(session, "a", undefined, 40);
  expect([tasks.length, shown?.superstep]).toEqual([40, 40]);
  expect(shown?.input).toMatchObject([{ name: "n", text: "39" }]);
  expect(taskValue(session, { node: "a", task: shown?.task ?? "", of: "input", name: "n" })).toBe(39);
});
