import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Emitter } from "../../../extension/emitter.js";
import { FileUpdates, type FileFault, type FileUser } from "../../../extension/run/file-updates.js";
import { GraphFiles } from "../../../extension/run/graph-files.js";
import { CompileQueue, type ErrorInfo, GraphCompiler, parseDocument } from "../../../runtime/index.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";

const QUIET = 50;
const edges = { e1: "@start -> a" };
const inner: ShortGraph = { nodes: { a: {}, b: {} }, edges };
const outer: ShortGraph = { nodes: { a: { kind: "subgraph", graph: "./inner.patchbay.json" }, b: { handler: "./shared.ts#b" } }, edges };

let folder: string;
let clock: ManualClock;
let open: Map<string, GraphUser>;
let files: GraphFiles;
let updates: FileUpdates;
let told: FileFault[];
/** What the check finds wrong, by text. */
const broken: ErrorInfo = { code: "HANDLER_LOAD", message: "a.ts:1:1: no" };

/** An open graph. */
class GraphUser implements FileUser {
  readonly #compiled = new Emitter();
  readonly source = { directory: folder };
  readonly compiler = new GraphCompiler("g", new CompileQueue(clock, { mode: "inline" }), clock, { files: files.files(folder) });
  readonly onDidCompile = this.#compiled.event;
  #document: ReturnType<typeof parseDocument> | undefined;

  constructor() {
    this.compiler.onDidCompile(() => this.#compiled.fire());
  }

  edit(graph: ShortGraph): void {
    this.#document = parseDocument(graphText(graph), this.#document);
    this.compiler.update(this.#document);
  }

  /** What it was compiled for since it was opened. */
  get reasons(): readonly string[] {
    return this.compiler.history.toReversed().flatMap(({ reasons }) => reasons.slice(0));
  }
}

function openGraph(name: string, graph: ShortGraph): GraphUser {
  const user = new GraphUser();
  open.set(join(folder, name), user);
  updates.follow(user);
  user.edit(graph);
  return user;
}

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

/** Saves a file, and waits until the graphs know. */
async function save(file: string, text: string): Promise<void> {
  write(file, text);
  updates.touched(join(folder, file));
  clock.advance(QUIET);
  await new Promise((resolve) => setImmediate(resolve)); // nothing in between waits for more than promises
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "patchbay-updates-")));
  clock = new ManualClock();
  open = new Map();
  told = [];
  files = new GraphFiles(() => folder, { parsed: () => undefined, compiled: (file) => open.get(file)?.compiler.current });
  updates = new FileUpdates({
    clock,
    users: () => [...open.values()],
    workspaces: () => files.workspaces,
    check: async (_workspace, snapshot) => (snapshot.textOf(snapshot.file)?.includes("broken") === true ? broken : undefined),
  });
  updates.onDidUpdate((faults) => told.push(...faults));
  for (const name of ["a.ts", "b.ts"]) write(name, 'import "./helper.js";\nexport default () => ({});');
  write("helper.ts", "export {};");
  write("shared.ts", "export const a = () => ({});\nexport const b = () => ({});");
  write("inner.patchbay.json", graphText(inner));
});
afterEach(() => {
  updates.dispose();
  rmSync(folder, { recursive: true });
});

describe("a saved file", () => {
  it("is a soft recompile of the nodes that use it, in all graphs that do, and in no others", async () => {
    const [one, two] = [openGraph("one", inner), openGraph("two", { nodes: { b: {}, a: { handler: "./shared.ts#a" } }, edges })];
    await save("a.ts", "export default () => ({ changed: 1 });");
    expect([one.reasons, two.reasons]).toEqual([["first plan", "file ./a.ts changed"], ["first plan"]]);
    await save("helper.ts", "export const n = 1;");
    expect(two.reasons.slice(1)).toEqual(["file ./b.ts changed"]);
    expect([one.compiler.history[0], two.compiler.history[0]]).toMatchObject([
      { class: "soft", recomputed: 1 },
      { class: "soft", recomputed: 1 },
    ]);
  });

  it("counts once its time of quiet is over, with all that were saved by then", async () => {
    const user = openGraph("one", inner);
    write("a.ts", "export default () => ({ changed: 1 });");
    updates.touched(join(folder, "a.ts"));
    clock.advance(QUIET - 1);
    await save("b.ts", "export default () => ({ changed: 1 });");
    expect(user.reasons).toEqual(["first plan", "file ./a.ts changed", "file ./b.ts changed"]);
    expect(user.compiler.history).toHaveLength(2);
  });

  it("is known when everything is settled, whether or not anybody was told of it", async () => {
    const user = openGraph("one", inner);
    write("a.ts", "export default () => ({ changed: 1 });");
    await updates.settle();
    expect(user.reasons).toEqual(["first plan", "file ./a.ts changed"]);
  });

  it("that is broken is told of, and leaves the plan as it is until it is mended", async () => {
    const user = openGraph("one", inner);
    const before = user.compiler.current;
    await save("a.ts", "broken");
    expect([user.compiler.current, [...user.compiler.fileFaults.keys()], told]).toMatchObject([
      before,
      ["./a.ts"],
      [{ path: join(folder, "a.ts"), fault: { code: "HANDLER_LOAD" } }],
    ]);
    await save("a.ts", 'import "./helper.js";\nexport default () => ({});');
    expect([user.compiler.current, user.compiler.fileFaults.size, told[1]]).toEqual([
      before,
      0,
      { path: join(folder, "a.ts"), fault: undefined },
    ]);
  });

  it("that has lost an export is broken only where a graph uses it", async () => {
    const user = openGraph("one", { nodes: { a: { handler: "./shared.ts#a" } }, edges });
    await save("shared.ts", "export const a = () => ({});");
    expect([user.reasons.length, told[0]?.fault]).toEqual([2, undefined]);
    await save("shared.ts", "export const b = () => ({});");
    expect([user.reasons.length, told[1]?.fault?.message]).toEqual([2, expect.stringContaining('no export "a"')]);
  });
});

describe("a graph that another one runs", () => {
  it.each<readonly [string, () => unknown]>([
    ["its file is saved", () => save("inner.patchbay.json", graphText({ ...inner, nodes: { a: {} } }))],
    ["a module of it is saved", () => save("b.ts", "export default () => ({ changed: 1 });")],
  ])("is a change of that one when %s", async (_what, change) => {
    const user = openGraph("outer.patchbay.json", outer);
    await change();
    expect(user.reasons).toEqual(["first plan", "file ./inner.patchbay.json changed"]);
    await change();
    expect(user.reasons).toHaveLength(2);
  });

  it("is one when it is edited, too, however far away", () => {
    const [innermost, outermost] = [openGraph("inner.patchbay.json", inner), openGraph("outer.patchbay.json", outer)];
    const around = openGraph("around.patchbay.json", { nodes: { a: { kind: "subgraph", graph: "./outer.patchbay.json" } }, edges });
    innermost.edit({ ...inner, edges: { ...edges, e2: "a -> b" } });
    expect([outermost.reasons, around.reasons]).toEqual([
      ["first plan", "file ./inner.patchbay.json changed"],
      ["first plan", "file ./outer.patchbay.json changed"],
    ]);
    innermost.edit({ ...inner, edges: { ...edges, e2: "a -> b" }, nodes: { ...inner.nodes, a: { label: "Other" } } });
    expect(outermost.reasons).toHaveLength(2);
  });

  it("may be itself", () => {
    const self = { nodes: { a: {}, again: { kind: "subgraph", graph: "./self.patchbay.json" } }, edges };
    const user = openGraph("self.patchbay.json", self);
    user.edit({ ...self, edges: { ...edges, e2: "a -> again" } });
    expect(user.reasons.at(-1)).toBe("file ./self.patchbay.json changed");
    expect(user.reasons.length).toBeLessThan(6);
  });
});
