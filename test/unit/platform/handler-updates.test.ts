import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  CompileQueue,
  createHttpClient,
  environmentSecrets,
  FileGraphs,
  GraphCompiler,
  MemoryStore,
  parseDocument,
  RunSession,
  systemClock,
  systemRandom,
  ulidIds,
} from "../../../runtime/index.js";
import { ModuleSnapshots } from "../../../runtime/platform/modules/module-snapshots.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { HostHarness } from "./host-harness.js";

const harness = new HostHarness();
let modules: ModuleSnapshots;
let graphs: FileGraphs;
beforeAll(() => harness.prepare());
afterAll(() => harness.clean());
beforeEach(() => {
  modules = new ModuleSnapshots(harness.workspace);
  graphs = new FileGraphs({ workspace: harness.workspace, modules });
});

/** A graph that is open, with a run of it that is offered each new plan, in real processes. */
function open(graph: ShortGraph) {
  const compiler = new GraphCompiler("g", new CompileQueue(systemClock, { mode: "inline" }), systemClock, {
    files: graphs.files(harness.workspace),
  });
  compiler.update(parseDocument(graphText(graph)));
  const { current } = compiler;
  if (current === undefined) throw new Error("The graph has errors.");
  const store = new MemoryStore();
  const run = RunSession.start(
    current,
    { graph: "g" },
    {
      store,
      handlers: harness.host({ processes: 2 }),
      http: createHttpClient(environmentSecrets, systemClock),
      clock: systemClock,
      random: systemRandom,
      ids: ulidIds(systemClock),
      resolve: (path) => join(harness.workspace, path),
      graphs: graphs.of(harness.workspace),
    },
  );
  compiler.onDidCompile((compiled, record) => run.offerPlan(compiled, record));
  const save = async (file: string, text: string): Promise<void> => {
    harness.write(file, text);
    await modules.refresh();
    compiler.filesChanged();
  };
  return { run, compiler, store, save };
}

/** Waits until a handler has logged. */
const logged = (run: RunSession): Promise<void> =>
  new Promise((resolve) => {
    const stop = run.onTrace((event) => {
      if (event.type !== "log") return;
      stop();
      resolve();
    });
  });

const channels = { n: { reducer: "append" } };

describe("a handler that is saved while a run is under way", () => {
  /** Logs, waits for a file at its first attempt, and fails then. */
  const waiting = (name: string): string => `import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { name } from "./name.js";
export default async (state, ctx) => {
  if (state.n.length > 0 || ctx.attempt > 1) return { n: ["${name} " + name] };
  ctx.log("waiting");
  while (!existsSync("go-on")) await setTimeout(5);
  throw new Error("again");
};`;

  it("is run by the next superstep; a task at work, and its next attempt, stay with the version that they began with", async () => {
    harness.write("name.ts", 'export const name: string = "one";');
    harness.write("w.ts", waiting("first"));
    const use = { handler: "./w.ts" };
    const { run, compiler, save } = open({
      channels,
      nodes: { a: { ...use, retry: { attempts: 2, delay: "1ms" } }, b: use },
      edges: { e1: "@start -> a", e2: "a -> b" },
    });
    const done = run.continue();
    await logged(run);
    await save("w.ts", waiting("second"));
    await save("name.ts", 'export const name: string = "two";');
    harness.write("go-on", "");
    await done;
    expect([run.status, run.channels]).toEqual(["completed", { n: ["first one", "second two"] }]);
    expect(compiler.history.map(({ reasons }) => reasons)).toEqual([["file ./w.ts changed"], ["file ./w.ts changed"], ["first plan"]]);
    expect(run.trace.filter(({ type }) => type === "recompile")).toMatchObject([
      { class: "soft", recomputed: 2, revision: run.plan.revision },
    ]);
  });

  it("is that of a graph inside as well, and of a reducer", async () => {
    harness.write("inner.patchbay.json", graphText({ channels, nodes: { a: { handler: "./in.ts" } }, edges: { e1: "@start -> a" } }));
    harness.write("in.ts", 'export default () => ({ n: ["one"] });');
    harness.write("fold.ts", 'export const fold = (value = [], write) => [...value, "folded", ...write];');
    const node = { kind: "subgraph", graph: "./inner.patchbay.json", in: {} };
    const { run, save } = open({
      channels: { n: { reducer: { handler: "./fold.ts#fold" } } },
      nodes: { a: node, b: node },
      edges: { e1: "@start -> a", e2: "a -> b" },
    });
    await run.step();
    await save("in.ts", 'export default () => ({ n: ["two"] });');
    await save("fold.ts", 'export const fold = (value = [], write) => [...value, "anew", ...write];');
    await run.continue();
    expect([run.status, run.channels]).toEqual(["completed", { n: ["folded", "one", "anew", "two"] }]);
  });

  it("makes a kept result another one, until it is saved as it was", async () => {
    const text = (n: number): string => `let calls = 0;\nexport default () => ({ n: [${n}, (calls += 1)] });`;
    harness.write("kept.ts", text(1));
    const nodes = { a: { handler: "./kept.ts", cache: { key: "1" } } };
    const { run, save } = open({ channels, nodes, edges: { e1: "@start -> a", e2: "a -> a" } });
    await run.step();
    await run.step();
    await save("kept.ts", text(2));
    await run.step();
    await save("kept.ts", text(1));
    await run.step();
    expect(run.channels).toEqual({ n: [1, 1, 1, 1, 2, 1, 1, 1] });
    await run.dispose();
  });
});
