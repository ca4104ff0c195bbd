import { describe, expect, it, test } from "vitest";
import { Emitter } from "../../../extension/emitter.js";
import { FoundFiles } from "../../../extension/palette/found-files.js";
import { exportsHandler, isModulePath } from "../../../extension/palette/module-file.js";
import { placedFile } from "../../../extension/palette/placed-file.js";
import { snippetFile, snippetFrom, snippetFromText, snippetText } from "../../../extension/palette/read-snippet.js";

const HANDLER = "export default async () => ({});\n";

function workspace(texts: Readonly<Record<string, string>>) {
  const disk = new Map(Object.entries(texts));
  const touched = new Emitter<{ readonly path: string; readonly what: "made" | "changed" | "gone" }>();
  let searches = 0;
  let reads = 0;
  const files = new FoundFiles({
    search: () => {
      searches += 1;
      return Promise.resolve([...disk.keys()]);
    },
    read: (path) => {
      reads += 1;
      return Promise.resolve(disk.get(path));
    },
    isSkipped: (path) => path.includes("/node_modules/"),
    onDidTouch: touched.event,
  });
  const list = async (): Promise<string[]> => (await files.list()).map(({ path, kind }) => `${kind} ${path}`);
  return { disk, list, touch: touched.fire.bind(touched), work: () => [searches, reads] };
}

describe("the files that nodes may name", () => {
  it("are searched once, and then only what changes is read", async () => {
    const { disk, list, touch, work } = workspace({
      "/w/b.ts": HANDLER,
      "/w/a.ts": HANDLER,
      "/w/lib.ts": "export const x = 1;",
      "/w/g.patchbay.json": "",
    });
    expect(await list()).toEqual(["handler /w/a.ts", "handler /w/b.ts", "graph /w/g.patchbay.json"]);
    expect(await list()).toHaveLength(3);
    expect(work()).toEqual([1, 3]);
    disk.set("/w/lib.ts", HANDLER);
    touch({ path: "/w/lib.ts", what: "changed" });
    disk.delete("/w/a.ts");
    touch({ path: "/w/a.ts", what: "gone" });
    disk.set("/w/new.mjs", HANDLER);
    touch({ path: "/w/new.mjs", what: "made" });
    touch({ path: "/w/node_modules/x/index.js", what: "made" });
    touch({ path: "/w/notes.md", what: "changed" });
    expect(await list()).toEqual(["handler /w/b.ts", "graph /w/g.patchbay.json", "handler /w/lib.ts", "handler /w/new.mjs"]);
    expect(work()).toEqual([1, 5]);
  });

  it("go with their folder, and come with one", async () => {
    const { disk, list, touch, work } = workspace({ "/w/nodes/a.ts": HANDLER, "/w/nodes2/b.ts": HANDLER });
    await list();
    disk.delete("/w/nodes/a.ts");
    touch({ path: "/w/nodes", what: "gone" });
    expect(await list()).toEqual(["handler /w/nodes2/b.ts"]);
    disk.set("/w/moved/c.ts", HANDLER);
    touch({ path: "/w/moved", what: "made" });
    expect(await list()).toEqual(["handler /w/moved/c.ts", "handler /w/nodes2/b.ts"]);
    expect(work()[0]).toBe(2);
  });

  it("are not looked for before somebody asks", () => {
    const { touch, work } = workspace({ "/w/a.ts": HANDLER });
    touch({ path: "/w/a.ts", what: "changed" });
    expect(work()).toEqual([0, 0]);
  });
});

test.each([
  ["export default () => {}", true],
  ["export const exec = async () => {};", true],
  ["export async function prep() {}\nexport const post = 1;", true],
  ["export const fallback = 1;", false],
  ["module.exports = async () => ({});", true],
  ["export * from './other.js';", false],
  ["const a = 1;", false],
])("%s exports a handler: %s", (source, expected) => expect(exportsHandler(source, "/w/x.ts")).toBe(expected));

test.each([
  ["/w/a.ts", true],
  ["/w/a.mjs", true],
  ["/w/a.d.ts", false],
  ["/w/a.test.ts", false],
  ["/w/vitest.config.mts", false],
  ["/w/a.json", false],
])("%s is a module that a node may name: %s", (path, expected) => expect(isModulePath(path)).toBe(expected));

test.each([
  ["/w/graphs/nodes/a.ts", { ok: true, kind: "handler", path: "./nodes/a.ts" }],
  ["/w/graphs/.tools/a.ts", { ok: true, kind: "handler", path: "./.tools/a.ts" }],
  ["/w/lib/a.js", { ok: true, kind: "handler", path: "../lib/a.js" }],
  ["/w/graphs/other.patchbay.json", { ok: true, kind: "graph", path: "./other.patchbay.json" }],
  ["/w/graphs/this.patchbay.json", { ok: false, why: "itself" }],
  ["/elsewhere/a.ts", { ok: false, why: "outside" }],
  ["/w/graphs/readme.md", { ok: false, why: "other" }],
])("%s as a node of a graph names it", (path, expected) => {
  expect(placedFile(path, { file: "/w/graphs/this.patchbay.json", directory: "/w/graphs", workspace: "/w" })).toEqual(expected);
});

describe("snippets", () => {
  const nodes = { a: { kind: "barrier", prompt: "?" } };
  it("are read from files and settings", () => {
    const text = JSON.stringify({ title: "Ask", description: "Asks", patchbay: 1, nodes });
    expect(snippetFromText("ask", text)).toEqual({
      ok: true,
      snippet: { name: "Ask", description: "Asks", text: JSON.stringify({ patchbay: 1, nodes }) },
    });
    expect(snippetFrom("Mine", { nodes })).toMatchObject({ ok: true, snippet: { name: "Mine", description: "" } });
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["no nodes", '{ "nodes": {} }'],
  ])("say what is wrong with %s", (_what, text) => {
    expect(snippetFromText("broken", text)).toMatchObject({ ok: false, fault: expect.stringMatching(/^broken: ./) as string });
  });

  it("are written so that they can be read", () => {
    const text = snippetText("Ask me", JSON.stringify({ patchbay: 1, nodes }));
    expect(snippetFromText("x", text)).toMatchObject({ ok: true, snippet: { name: "Ask me" } });
    expect([snippetFile("Ask me! (ü)"), snippetFile("..")]).toEqual(["ask-me-ü.json", "snippet.json"]);
  });
});
