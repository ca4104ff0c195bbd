import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileGraph, parseDocument } from "../../../runtime/index.js";
import { FileGraphs } from "../../../runtime/platform/file-graphs.js";
import { ModuleSnapshots } from "../../../runtime/platform/modules/module-snapshots.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";

let folder: string;
let modules: ModuleSnapshots;
let graphs: FileGraphs;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-graphs-")));
  modules = new ModuleSnapshots(folder);
  graphs = new FileGraphs({ workspace: folder, modules });
  writeAll();
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const edges = { e1: "@start -> a" };
const inner: ShortGraph = { channels: { n: {} }, nodes: { a: { kind: "subgraph", graph: "./deep/deep.patchbay.json" } }, edges };
const deep: ShortGraph = { channels: { n: {} }, nodes: { a: {} }, edges };

function writeAll(): void {
  write("inner.patchbay.json", graphText(inner));
  write("deep/deep.patchbay.json", graphText(deep));
  write("deep/a.ts", "export default () => ({ n: 1 });");
}

const INNER = "./inner.patchbay.json";
const versionOf = () => graphs.files(folder).version(INNER)?.version;

describe("the version of a graph in a file", () => {
  it.each<readonly [boolean, string, () => void]>([
    [false, "a label", () => write("inner.patchbay.json", graphText({ ...inner, nodes: { a: { ...inner.nodes["a"], label: "Other" } } }))],
    [false, "formatting", () => write("inner.patchbay.json", JSON.stringify(JSON.parse(graphText(inner))))],
    [true, "what it means", () => write("inner.patchbay.json", graphText({ ...inner, edges: { e1: "@start -> a", e2: "a -> a" } }))],
    [true, "a graph in it", () => write("deep/deep.patchbay.json", graphText({ ...deep, edges: { e1: "@start -> a", e2: "a -> a" } }))],
    [true, "a module of a graph in it", () => write("deep/a.ts", "export default () => ({ n: 2 });")],
  ])("changes (%s) with %s", async (changes, _what, change) => {
    const before = versionOf();
    expect([before, versionOf()]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), before]);
    change();
    await modules.refresh();
    expect(versionOf() !== before).toBe(changes);
    writeAll();
    await modules.refresh();
    expect(versionOf()).toBe(before);
  });

  it("is the same in any folder", () => {
    const before = versionOf();
    for (const file of ["inner.patchbay.json", "deep/deep.patchbay.json", "deep/a.ts"]) rmSync(join(folder, file));
    write("other/inner.patchbay.json", graphText(inner));
    write("other/deep/deep.patchbay.json", graphText(deep));
    write("other/deep/a.ts", "export default () => ({ n: 1 });");
    expect(graphs.files(join(folder, "other")).version(INNER)?.version).toBe(before);
  });

  it("is had of a graph that leads back to itself, whose innermost run is of that version too", () => {
    const around = (n: number): string =>
      graphText({ ...deep, nodes: { a: {}, again: { kind: "subgraph", graph: "./round.patchbay.json", in: { n: `${n}` } } } });
    write("deep/round.patchbay.json", around(1));
    const path = "./deep/round.patchbay.json";
    const one = graphs.files(folder).version(path);
    write("deep/round.patchbay.json", around(2));
    const two = graphs.files(folder).version(path);
    expect(two?.version).not.toBe(one?.version);
    for (const version of [one, two]) {
      const found = graphs.of(folder).load(path, version);
      const again = found.ok ? found.graph.plan.files.get("./round.patchbay.json") : undefined;
      expect([again?.version, again?.version === one?.version]).toEqual([version?.version, version === one]);
    }
  });
});

describe("a graph in a version", () => {
  it("is run as it was, with all that it runs", async () => {
    const files = graphs.files(folder);
    const outer = { ...deep, nodes: { a: { kind: "subgraph", graph: INNER } } };
    const plan = compileGraph(parseDocument(graphText(outer)).graph, files.version);
    const before = plan.files.get(INNER);
    write("deep/a.ts", "export default () => ({ n: 2 });");
    await modules.refresh();
    const source = graphs.of(folder);
    const [was, is] = [source.load(INNER, before), source.load(INNER)];
    const module = (found: typeof was): string | undefined => {
      const inside = found.ok
        ? found.graph.graphs.load("./deep/deep.patchbay.json", found.graph.plan.files.get("./deep/deep.patchbay.json"))
        : found;
      return inside.ok ? inside.graph.plan.nodes.get("a")?.version : undefined;
    };
    expect(module(is)).toBe(modules.version(join(folder, "deep/a.ts"))?.version);
    expect([typeof module(was), module(was) === module(is)]).toEqual(["string", false]);
    expect(source.load(INNER, files.version(INNER))).toEqual(is);
  });

  it.each<readonly [string, () => void, string]>([
    ["broken", () => write("inner.patchbay.json", "{"), "GRAPH_INVALID"],
    ["gone", () => rmSync(join(folder, "inner.patchbay.json")), "GRAPH_MISSING"],
  ])("stays in force while its file is %s, and that is told", (_what, harm, code) => {
    const files = graphs.files(folder);
    const before = files.version(INNER);
    expect(files.fault(INNER)).toBeUndefined();
    harm();
    expect([files.version(INNER), files.fault(INNER)?.code]).toEqual([before, code]);
    expect(graphs.of(folder).load(INNER, before)).toMatchObject({ ok: true });
    expect(graphs.of(folder).load(INNER)).toMatchObject({ ok: false, error: { code } });
    writeAll();
    expect([files.version(INNER)?.version, files.fault(INNER)]).toEqual([before?.version, undefined]);
  });

  it("is not known where there never was a good one", () => {
    write("inner.patchbay.json", "{");
    const files = graphs.files(folder);
    expect([files.version(INNER), files.fault(INNER), files.version("./none"), files.version("../outside")]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
