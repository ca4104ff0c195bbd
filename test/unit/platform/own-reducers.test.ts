import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryStore, RunSession, systemClock, systemRandom, ulidIds } from "../../../runtime/index.js";
import type { HandlerHostOptions, HandlerProcesses } from "../../../runtime/platform/handler-host.js";
import { compile, services as inMemory } from "../run/harness.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let warm: HandlerProcesses;

beforeAll(async () => {
  await harness.prepare();
  for (const node of ["a", "b"]) {
    harness.write(`${node}.ts`, `export default (_state, ctx) => { ctx.log("ran"); return ${JSON.stringify({ all: node })}; };`);
  }
  warm = harness.host({ processes: 2 });
});
afterAll(() => harness.clean());

/** A graph of two nodes side by side that both write a channel with this reducer. */
function graphOf(exportName: string, more: object = {}) {
  const channels = { all: { reducer: { handler: `./reducers.ts#${exportName}`, ...more } } };
  const graph = compile({ channels, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "@start -> b" } });
  return graph;
}

const serve = (handlers: HandlerProcesses, store = new MemoryStore()) => ({
  store,
  handlers,
  http: inMemory({}).http,
  clock: systemClock,
  random: systemRandom,
  ids: ulidIds(systemClock),
  resolve: (path: string) => harness.path(path),
});

function begin(
  exportName: string,
  { host = warm, more = {}, input = {} }: { host?: HandlerProcesses; more?: object; input?: object } = {},
) {
  const services = serve(host);
  const session = RunSession.start(graphOf(exportName, more), { graph: "g", run: "r", input: { ...input } }, services);
  return { session, services };
}

const logsOf = (session: RunSession): string[] =>
  session.trace.flatMap((event) => (event.type === "log" ? [`${event.node}: ${event.message}`] : []));

/** Resolves when the run has logged this. */
const logged = (session: RunSession, text: string): Promise<void> =>
  new Promise((resolve) => {
    const off = session.onTrace((event) => {
      if (event.type !== "log" || !event.message.includes(text)) return;
      off();
      resolve();
    });
  });

/** Goes on with the run under a reducer that works: what it comes to, and how often nodes ran. */
async function mended({ services }: ReturnType<typeof begin>, options: Partial<HandlerHostOptions> = {}) {
  const again = RunSession.resume("r", graphOf("list"), serve(harness.host(options), services.store));
  await again.continue();
  return [again.status, again.channels["all"], logsOf(again).filter((line) => line.endsWith(": ran")).length];
}

describe("a reducer in a handler process", () => {
  it("folds in task order, in one call for all writes of a channel, and may log", async () => {
    const before = warm.counters.calls;
    const { session } = begin("list", { input: { all: "first" } });
    await session.continue();
    expect([session.status, session.channels]).toEqual(["completed", { all: ["first", "a", "b"] }]);
    expect(warm.counters.calls - before).toBe(4);
    expect(logsOf(session).filter((line) => line.includes("takes"))).toEqual([
      '@start: Reducer of channel "all": takes first',
      'a: Reducer of channel "all": takes a',
      'a: Reducer of channel "all": takes b',
    ]);
  });

  it("does not run in this process, and is given what is frozen", async () => {
    const { session } = begin("processId");
    await session.continue();
    const [pid] = session.channels["all"] as readonly number[];
    expect([typeof pid, pid === process.pid]).toEqual(["number", false]);
    const { session: other } = begin("notFrozen", { input: { all: { a: 1 } } });
    await other.step();
    expect(other.channels["all"]).toBe(false);
  });

  it.each([
    ["throwsAtB", { cause: "HANDLER_FAILED", node: "b", name: "RangeError", file: "reducers.ts" }, "no b here"],
    ["leaves", { cause: "HANDLER_PROCESS", nodes: ["a", "b"], exitCode: 3 }, "while the reducer of channel all was running"],
    ["large", { cause: "HANDLER_RESULT", node: "a" }, "16 MB"],
    ["nowhere", { cause: "HANDLER_EXPORT", nodes: ["a", "b"] }, "does not export"],
  ])("%s: the run fails with the reason and goes on from there", async (exportName, details, text) => {
    const run = begin(exportName, { host: harness.host({ processes: 2 }) });
    await run.session.continue();
    expect(run.session.frontier.error).toMatchObject({ code: "REDUCER_FAILED", details: { ...details, channel: "all" } });
    expect(run.session.frontier.error?.message).toContain(text);
    expect(await mended(run)).toEqual(["completed", ["a", "b"], 2]);
  });

  it.each(["spins", "hangs"])("that %s is stopped with the run, whose results are kept", async (exportName) => {
    const run = begin(exportName, { host: harness.host({ processes: 2, grace: 50 }) });
    const driven = run.session.continue();
    await logged(run.session, exportName);
    expect(run.session.status).toBe("running");
    await run.session.dispose();
    await driven;
    expect(run.session.frontier.results.map(({ node }) => node)).toEqual(["a", "b"]);
    expect(await mended(run)).toEqual(["completed", ["a", "b"], 2]);
  });

  it.each(["spins", "hangs"])("that %s for longer than its time-out fails the run", async (exportName) => {
    const run = begin(exportName, { host: harness.host({ processes: 2, grace: 50 }), more: { timeout: "300ms" } });
    await run.session.continue();
    expect(run.session.frontier.error).toMatchObject({ code: "REDUCER_FAILED", details: { cause: "TIMED_OUT", nodes: ["a", "b"] } });
    expect(await mended(run)).toEqual(["completed", ["a", "b"], 2]);
  });

  it("is loaded anew once its file has changed", async () => {
    harness.write("changing.ts", "export default (value = [], write) => [...value, write];");
    const channels = { all: { reducer: { handler: "./changing.ts" } } };
    const graph = compile({ channels, nodes: { a: {}, b: {} }, edges: { e1: "@start -> a", e2: "a -> b" } });
    const session = RunSession.start(graph, { graph: "g" }, serve(warm));
    await session.step();
    harness.write("changing.ts", "export default (value = [], write) => [write, ...value, 'changed'];");
    await session.continue();
    expect(session.channels["all"]).toEqual(["b", "a", "changed"]);
  });

  it("takes many channels and large values at once", async () => {
    const names = Array.from({ length: 50 }, (_, i) => `c${i}`);
    harness.write(
      "many.ts",
      `export default () => Object.fromEntries(${JSON.stringify(names)}.map((name) => [name, name.repeat(20_000)]));`,
    );
    const channels = Object.fromEntries(names.map((name) => [name, { reducer: { handler: "./reducers.ts#list" } }]));
    const graph = compile({ channels, nodes: { many: {} }, edges: { e1: "@start -> many", e2: "many -> many when size(c0) < 3" } });
    const session = RunSession.start(graph, { graph: "g" }, serve(warm));
    await session.continue();
    expect([session.frontier.error, session.status]).toEqual([undefined, "completed"]);
    expect(session.channels).toEqual(Object.fromEntries(names.map((name) => [name, Array.from({ length: 3 }, () => name.repeat(20_000))])));
  });
});
