import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CompiledGraphs } from "../../../extension/run/compiled-graphs.js";
import { WorkspaceCompiles } from "../../../extension/run/workspace-compiles.js";
import { CompileQueue, systemClock, type GraphResult } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";
import { WorkspaceFolder } from "../../support/workspace-folder.js";

/** No bound on speed: only to end what hangs. */
const HANGS_AFTER_MS = 60_000;

let folder: WorkspaceFolder;
beforeEach(() => {
  folder = new WorkspaceFolder();
  folder.write("a.ts", "export default () => ({});\n");
  folder.graph("g", { nodes: { a: {} }, edges: { e: "@start -> a" } });
  folder.graph("outer", { nodes: { s: { kind: "subgraph", graph: "./g.patchbay.json" } }, edges: { e: "@start -> s" } });
});
afterEach(() => folder.remove());

/** What keeps a workspace up, with a window's memory. The queue is stopped: what waits is looked at. */
function windowOn(memory = new Map<string, unknown>()) {
  const clock = new ManualClock();
  const queue = new CompileQueue(systemClock);
  void queue.stop();
  const compiled = new CompiledGraphs({ get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) }, clock);
  const failures: unknown[] = [];
  const compiles = new WorkspaceCompiles({
    queue,
    clock,
    compiled,
    disk: { folders: () => [folder.path], workspaceOf: () => folder.path },
    version: "1",
    keyOf: (path) => `file://${path}`,
    failed: (thrown) => failures.push(thrown),
  });
  const results: GraphResult[] = [];
  compiles.onDidCompile((result) => results.push(result));
  const short = (path: string): string => path.slice(path.indexOf(folder.path) + folder.path.length + 1);
  const save = (...names: readonly string[]): void => {
    for (const name of names) compiles.note(folder.at(name));
    clock.advance(200);
  };
  const waiting = (): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(queue.backlog.map(({ graph, reasons }) => [short(graph), reasons]));
  /** Files are looked at in their own time. */
  const checkWaiting = (expected: Readonly<Record<string, readonly string[]>>) =>
    vi.waitFor(() => expect(waiting()).toEqual(expected), HANGS_AFTER_MS);
  const compileAll = async (): Promise<void> => {
    const { signal } = new AbortController();
    await compiles.compile(await compiles.find(signal), signal);
  };
  return { clock, queue, compiles, compiled, results, failures, save, waiting, checkWaiting, compileAll, memory };
}

test("nothing is compiled before somebody asks, and saves of what graphs run are noted all the same", async () => {
  const { compiles, save, waiting, checkWaiting, clock } = windowOn();
  await compiles.start();
  expect(waiting()).toEqual({});
  compiles.note(folder.at("a.ts"));
  clock.advance(199);
  expect(waiting()).toEqual({});
  save("a.ts", "node_modules/x/a.ts", "unrelated.ts");
  await checkWaiting({ "g.patchbay.json": ["./a.ts changed"], "outer.patchbay.json": ["graph ./g.patchbay.json changed"] });
});

test("a graph that is open is left to its editor, and is told of again when it is closed", async () => {
  const { compiles, results, save, waiting, checkWaiting, compileAll } = windowOn();
  await compileAll();
  expect(results.map(({ status }) => status)).toEqual(["ok", "ok"]);
  compiles.setOpen(folder.at("g.patchbay.json"), true);
  save("a.ts");
  await checkWaiting({ "outer.patchbay.json": ["graph ./g.patchbay.json changed"] });
  compiles.setOpen(folder.at("g.patchbay.json"), false);
  expect(Object.keys(waiting()).sort()).toEqual(["g.patchbay.json", "outer.patchbay.json"]);
});

test("a graph that is new is found by its save, and one that goes is told of", async () => {
  const { compiles, results, queue, save, checkWaiting } = windowOn();
  await compiles.start();
  folder.graph("new", { nodes: { a: {} }, edges: { e: "@start -> a" } });
  save("new.patchbay.json");
  await checkWaiting({ "new.patchbay.json": ["its file changed"] });
  folder.remove("new.patchbay.json");
  await queue.compileNow();
  expect(results.map(({ status }) => status)).toEqual(["gone"]);
});

test("the next window compiles what has changed since, and nothing else", async () => {
  const first = windowOn();
  await first.compileAll();
  await first.compiled.flush();
  folder.graph("g", { nodes: { a: { label: "A" } }, edges: { e: "@start -> a" } });
  const second = windowOn(first.memory);
  await second.compiles.start();
  expect(second.waiting()).toEqual({ "g.patchbay.json": ["changed since it was compiled, or Patchbay has"] });
});

test("a memory that is damaged, and a folder that cannot be read, are no end", async () => {
  const { compiles, failures, compiled } = windowOn(new Map([["patchbay.compiledGraphs", { g: 1 }]]));
  expect(compiled.get("g")).toBeUndefined();
  folder.remove();
  await compiles.start();
  expect(failures).toMatchObject([{ code: "ENOENT" }]);
});
