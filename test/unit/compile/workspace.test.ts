import { afterEach, expect, test } from "vitest";
import { CompileQueue, systemClock, WorkspaceCompiler, WorkspaceDisk, type GraphResult } from "../../../runtime/index.js";
import type { ErrorInfo } from "../../../runtime/errors.js";
import type { ModuleSnapshot } from "../../../runtime/platform/modules/module-snapshot.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { WorkspaceFolder } from "../../support/workspace-folder.js";

const SHARED = 500;
const folders: WorkspaceFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** A workspace on disk with its compiler; the queue starts by itself only when told, so that what waits can be looked at. */
function workspaceOf(graphs: Readonly<Record<string, ShortGraph>>, files: readonly string[] = ["a.ts", "b.ts", "c.ts"]) {
  const folder = new WorkspaceFolder();
  folders.push(folder);
  for (const file of files) folder.write(file, "export default () => ({});\n");
  for (const [name, graph] of Object.entries(graphs)) folder.graph(name, graph);
  return { folder, ...compilerOf(folder) };
}

const unloadable: ErrorInfo = { code: "HANDLER_LOAD", message: "Unexpected end of input" };

function compilerOf(folder: WorkspaceFolder, version = "1", keys = new Map<string, string>()) {
  const queue = new CompileQueue(systemClock);
  void queue.stop();
  const disk = new WorkspaceDisk({ folders: () => [folder.path], workspaceOf: () => folder.path, check });
  /** As a handler process would say. */
  async function check(workspace: string, snapshot: ModuleSnapshot): Promise<ErrorInfo | undefined> {
    expect(workspace).toBe(folder.path);
    return snapshot.textOf(snapshot.file)?.includes("broken") === true ? unloadable : undefined;
  }
  const compiled = {
    get: (graph: string) => keys.get(graph),
    set: (graph: string, key: string | undefined) => void (key === undefined ? keys.delete(graph) : keys.set(graph, key)),
  };
  const workspace = new WorkspaceCompiler({ queue, clock: systemClock, files: disk, version, compiled });
  const results: GraphResult[] = [];
  workspace.onDidCompile((result) => results.push(result));
  const names = (paths: readonly string[]): readonly string[] =>
    paths.map((path) => path.slice(folder.path.length + 1).replace(".patchbay.json", ""));
  const waiting = (): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(queue.backlog.map(({ graph, reasons }) => [names([graph])[0] ?? "", reasons]));
  return { queue, workspace, results, names, waiting, keys };
}

const byFirst = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);
const scan = (workspace: WorkspaceCompiler) => workspace.scan(new AbortController().signal);
const one = (node: string): ShortGraph => ({ nodes: { [node]: {} }, edges: { e: `@start -> ${node}` } });
const around = (graph: string): ShortGraph => ({
  nodes: { s: { kind: "subgraph", graph: `./${graph}.patchbay.json` } },
  edges: { e: "@start -> s" },
});

test("every graph of the folder is found, and none of what is installed", async () => {
  const { folder, workspace, names } = workspaceOf({
    a: one("a"),
    "deep/er/b": one("b"),
    "node_modules/x": one("a"),
    ".git/y": one("a"),
    ".patchbay/z": one("a"),
  });
  folder.write("no-graph.json", "{}");
  await scan(workspace);
  expect(names(workspace.graphs)).toEqual(["a", "deep/er/b"]);
});

test("a broken graph and one that cannot be read are told of, and the others compiled", async () => {
  const { folder, workspace, results, queue } = workspaceOf({
    good: one("a"),
    missing: one("nowhere"),
    soft: { ...one("b"), compile: { sizeThreshold: 50, staleAfter: "1d" } },
  });
  folder.write("broken.patchbay.json", "{");
  folder.write("unreadable.patchbay.json/file", "");
  await scan(workspace);
  workspace.add(folder.at("unreadable.patchbay.json"));
  await workspace.compile();
  expect(
    results
      .map(({ graph, status, class: grade, nodes, problems, error }) => [
        graph.slice(folder.path.length + 1),
        status,
        grade,
        nodes,
        problems[0]?.code ?? error?.code,
      ])
      .sort(byFirst),
  ).toEqual([
    ["broken.patchbay.json", "problems", "none", 0, "DOCUMENT_SHAPE"],
    ["good.patchbay.json", "ok", "hard", 1, undefined],
    ["missing.patchbay.json", "problems", "hard", 1, "HANDLER_MISSING"],
    ["soft.patchbay.json", "ok", "hard", 1, undefined],
    ["unreadable.patchbay.json", "unreadable", "none", 0, "GRAPH_UNREADABLE"],
  ]);
  expect(queue.backlog.map(({ graph, failures }) => [graph.slice(folder.path.length + 1), failures])).toEqual([
    ["unreadable.patchbay.json", 1],
  ]);
});

test("a handler that was saved and cannot be loaded is told of, and compiles nothing", async () => {
  const { folder, workspace, results } = workspaceOf({ g: one("a") });
  const save = async (text: string): Promise<readonly unknown[]> => {
    folder.write("a.ts", text);
    await workspace.changed([folder.at("a.ts")]);
    await workspace.compile();
    const last = results.at(-1);
    return [last?.class, last?.nodes, last?.problems.map(({ code, severity }) => `${severity} ${code}`)];
  };
  await scan(workspace);
  await workspace.compile();
  expect(await save("export default () => ({ n: 1 });")).toEqual(["soft", 1, []]);
  expect(await save("export default () => (broken")).toEqual(["none", 0, ["warning HANDLER_LOAD"]]);
  expect(await save("export default () => ({ n: 2 });")).toEqual(["soft", 1, []]);
});

test("a change of a graph is compiled as what it is", async () => {
  const { folder, workspace, results } = workspaceOf({ g: { nodes: { a: {}, b: {} }, edges: { e: "@start -> a", f: "a -> b" } } });
  const path = folder.at("g.patchbay.json");
  await scan(workspace);
  await workspace.compile();
  const edits: readonly (readonly [ShortGraph, string, number])[] = [
    [{ nodes: { a: {}, b: { label: "B" } }, edges: { e: "@start -> a", f: "a -> b" } }, "none", 0],
    [{ nodes: { a: {}, b: { label: "B" } }, edges: { e: "@start -> a", f: "a -> @end", g: "@start -> b" } }, "soft", 2],
    [{ nodes: { a: {}, c: {} }, edges: { e: "@start -> a", f: "a -> c" } }, "hard", 2],
  ];
  for (const [graph, grade, nodes] of edits) {
    folder.write("g.patchbay.json", graphText(graph));
    await workspace.changed([path]);
    await workspace.compile([path]);
    expect([results.at(-1)?.class, results.at(-1)?.nodes]).toEqual([grade, nodes]);
  }
});

test("a save notes those who depend on it, however far away, once and with the reason; who is open is left alone", async () => {
  const { folder, workspace, waiting } = workspaceOf({
    inner: one("a"),
    outer: around("inner"),
    outermost: around("outer"),
    other: one("b"),
    open: one("a"),
  });
  await scan(workspace);
  await workspace.compile();
  expect(waiting()).toEqual({});
  workspace.setOpen(folder.at("open.patchbay.json"), true);
  await workspace.changed([folder.at("a.ts")]);
  expect(waiting()).toEqual({
    inner: ["./a.ts changed"],
    outer: ["graph ./inner.patchbay.json changed"],
    outermost: ["graph ./outer.patchbay.json changed"],
  });
  await workspace.compile();
  await workspace.changed([folder.at("outer.patchbay.json"), folder.at("b.ts")]);
  expect(waiting()).toEqual({ outer: ["its file changed"], outermost: ["graph ./outer.patchbay.json changed"], other: ["./b.ts changed"] });
  workspace.setOpen(folder.at("open.patchbay.json"), false);
  await workspace.changed([folder.at("a.ts")]);
  expect(Object.keys(waiting()).sort()).toEqual(["inner", "open", "other", "outer", "outermost"]);
});

test("a saved handler, or what it imports, is a soft recompile of the nodes that run it", async () => {
  const { folder, workspace, results, names, waiting } = workspaceOf({
    g: { nodes: { a: {}, b: {} }, edges: { e: "@start -> a", f: "a -> b" } },
    h: one("b"),
  });
  folder.write("a.ts", 'import { n } from "./deep/shared.js";\nexport default () => ({ n });\n');
  folder.write("deep/shared.ts", "export const n = 1;\n");
  await scan(workspace);
  await workspace.compile();
  results.length = 0;
  folder.write("deep/shared.ts", "export const n = 2;\n");
  await workspace.changed([folder.at("deep/shared.ts")]);
  expect(waiting()).toEqual({ g: ["./deep/shared.ts changed"] });
  await workspace.compile([folder.at("g.patchbay.json")]);
  expect(results.map(({ graph, class: grade, nodes }) => [names([graph])[0], grade, nodes])).toEqual([["g", "soft", 1]]);
});

test("a handler that is gone is a problem of those who run it, and none once it is back", async () => {
  const { folder, workspace, results } = workspaceOf({ g: one("a"), h: one("b") });
  await scan(workspace);
  await workspace.compile();
  const save = async (change: () => void): Promise<readonly unknown[]> => {
    results.length = 0;
    change();
    await workspace.changed([folder.at("a.ts")]);
    await workspace.compile(workspace.graphs.filter((graph) => graph.includes("g.patchbay")));
    return results.map(({ status, problems }) => [status, problems.map(({ code }) => code)]);
  };
  expect(await save(() => folder.remove("a.ts"))).toEqual([["problems", ["HANDLER_MISSING"]]]);
  expect(await save(() => folder.write("a.ts", "export const other = 1;\n"))).toEqual([["problems", ["HANDLER_EXPORT"]]]);
  expect(await save(() => folder.write("a.ts", "export default () => {};\n"))).toEqual([["ok", []]]);
});

test("a folder that goes takes its graphs and handlers with it", async () => {
  const { folder, workspace, results, names } = workspaceOf({
    "in/inner": { nodes: { x: { handler: "./a.ts" } }, edges: { e: "@start -> x" } },
    outer: around("in/inner"),
  });
  folder.write("in/a.ts", "export default () => ({});\n");
  await scan(workspace);
  await workspace.compile();
  results.length = 0;
  folder.remove("in");
  await workspace.changed([folder.at("in")]);
  await workspace.compile();
  expect(results.map(({ graph, status, problems }) => [names([graph])[0], status, problems[0]?.code]).sort(byFirst)).toEqual([
    ["in/inner", "gone", undefined],
    ["outer", "problems", "GRAPH_MISSING"],
  ]);
  expect(names(workspace.graphs)).toEqual(["outer"]);
});

test("what was compiled is remembered by its text and by the version of Patchbay", async () => {
  const { folder, workspace, waiting, keys } = workspaceOf({ a: one("a"), b: one("b") });
  await scan(workspace);
  expect(waiting()).toEqual({ a: ["never compiled"], b: ["never compiled"] });
  await workspace.compile();
  const again = async (version: string): Promise<readonly string[]> => {
    const next = compilerOf(folder, version, new Map(keys));
    await scan(next.workspace);
    return Object.keys(next.waiting());
  };
  expect(await again("1")).toEqual([]);
  expect(await again("2")).toEqual(["a", "b"]);
  folder.graph("a", one("c"));
  expect(await again("1")).toEqual(["a"]);
});

test(`a workspace of ${SHARED} graphs that share a handler: a save notes each once; a cancel in the middle leaves the rest waiting`, async () => {
  const graphs = Object.fromEntries(
    Array.from({ length: SHARED }, (_, n) => [
      `g${n}`,
      { nodes: { a: {}, x: { kind: "expression", set: {} } }, edges: { e: "@start -> a", f: "a -> x" } },
    ]),
  );
  const { folder, workspace, queue, results } = workspaceOf(graphs);
  await scan(workspace);
  await workspace.compile();
  expect([
    results.length,
    new Set(results.map(({ graph }) => graph)).size,
    results.every(({ status, nodes }) => status === "ok" && nodes === 2),
  ]).toEqual([SHARED, SHARED, true]);

  const before = queue.state.counters;
  await workspace.changed([folder.at("a.ts")]);
  expect([queue.backlog.length, queue.state.counters.notified - before.notified]).toEqual([SHARED, SHARED]);
  expect(queue.backlog.every(({ edits, reasons }) => edits === 1 && reasons.join() === "./a.ts changed")).toBe(true);

  results.length = 0;
  const abort = new AbortController();
  const compiled = (): number => queue.state.counters.compiled - before.compiled;
  const forget = queue.onDidChange(() => compiled() >= 100 && abort.abort());
  await workspace.compile(workspace.graphs, abort.signal);
  forget();
  expect(compiled()).toBeLessThan(SHARED);
  expect(queue.backlog.map(({ edits, waits }) => [edits, waits])).toEqual(Array.from({ length: SHARED - compiled() }, () => [1, "asked"]));

  await queue.compileNow();
  expect([queue.backlog.length, results.length, new Set(results.map(({ graph }) => graph)).size]).toEqual([0, SHARED, SHARED]);
  expect(compiled()).toBe(SHARED);
});

test("a save drains by itself, once for each graph, however often it is told of meanwhile", async () => {
  const clock = new ManualClock();
  const { folder } = workspaceOf({ a: one("a"), b: one("a") });
  const queue = new CompileQueue(clock);
  const workspace = new WorkspaceCompiler({
    queue,
    clock,
    files: new WorkspaceDisk({ folders: () => [folder.path], workspaceOf: () => folder.path }),
    version: "1",
  });
  await scan(workspace);
  for (let time = 0; time < 5; time += 1) await workspace.changed([folder.at("a.ts")]);
  expect(await queue.drain()).toEqual({ drained: true });
  expect(queue.state.counters).toMatchObject({ notified: 12, covered: 12, compiled: 2 });
});
