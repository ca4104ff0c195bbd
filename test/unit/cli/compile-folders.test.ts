import { Writable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import type { CliIo } from "../../../runtime/cli/io.js";
import { main } from "../../../runtime/cli/main.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { WorkspaceFolder } from "../../support/workspace-folder.js";
import { call } from "./command-line.js";

const folders: WorkspaceFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const graph = (node: string): ShortGraph => ({
  nodes: { [node]: {}, x: { kind: "expression", set: {} } },
  edges: { e: `@start -> ${node}`, f: `${node} -> x` },
});

function folderWith(graphs: Readonly<Record<string, ShortGraph>>): WorkspaceFolder {
  const folder = new WorkspaceFolder();
  folders.push(folder);
  for (const [name, each] of Object.entries(graphs)) folder.graph(name, each);
  folder.write("a.ts", "export default () => ({});\n");
  return folder;
}

const timeless = (text: string): string => text.replaceAll(/[\d.]+ ms/g, "N ms");

test("all graphs of the current folder, each with what it took", async () => {
  const { path } = folderWith({ z: graph("a"), "deep/b": { nodes: { x: { kind: "expression", set: {} } }, edges: { e: "@start -> x" } } });
  const { status, stdout, stderr } = await call(["compile"], { cwd: path });
  expect({ status, stdout: timeless(stdout), stderr }).toEqual({
    status: 0,
    stdout: "deep/b.patchbay.json: hard, 1 node in N ms\nz.patchbay.json: hard, 2 nodes in N ms\n2 graphs in N ms\n",
    stderr: "",
  });
});

test("one that is broken is told of with the place, and the others are compiled", async () => {
  const folder = folderWith({ a: graph("a"), b: graph("nowhere"), c: graph("a") });
  const { status, stdout, stderr } = await call(["compile", "."], { cwd: folder.path });
  expect({ status, stdout: timeless(stdout) }).toEqual({
    status: 2,
    stdout:
      "a.patchbay.json: hard, 2 nodes in N ms\nb.patchbay.json: 1 error\nc.patchbay.json: hard, 2 nodes in N ms\n3 graphs in N ms, 1 with errors\n",
  });
  expect(stderr).toMatch(/^b\.patchbay\.json:\d+:\d+: error HANDLER_MISSING /);
});

test("as JSON it says the same", async () => {
  const folder = folderWith({ a: graph("a"), b: graph("nowhere"), c: graph("a") });
  const { status, stdout } = await call(["compile", "a.patchbay.json", "b.patchbay.json", "--json"], { cwd: folder.path });
  const answer = JSON.parse(stdout) as object;
  expect(status).toBe(2);
  expect(answer).toMatchObject({
    valid: false,
    graphs: [
      { file: "a.patchbay.json", valid: true, status: "ok", class: "hard", recomputed: 2, problems: [] },
      {
        file: "b.patchbay.json",
        valid: false,
        status: "problems",
        problems: [{ severity: "error", code: "HANDLER_MISSING", node: "nowhere" }],
      },
    ],
  });
});

test("a path that is not there, and both forms at once, are refused", async () => {
  const { path } = folderWith({});
  const check = async (argv: readonly string[], message: RegExp): Promise<void> => {
    const { status, stderr } = await call(argv, { cwd: path });
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  };
  await check(["compile", "nowhere"], /nowhere cannot be read: there is no such file/);
  await check(["compile", ".", "--from", "a", "--to", "b"], /either folders and graphs, or --from OLD and --to NEW/);
});

test("an interrupt ends it at once, tells what was done, and how much is left", async () => {
  const folder = folderWith(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`g${n}`, graph("a")])));
  const output = { out: "", err: "" };
  let interrupt = (): void => undefined;
  const io: CliIo = {
    cwd: folder.path,
    handlerEntry: "",
    layoutEntry: "",
    out: (text) => {
      output.out += text;
      interrupt();
    },
    outStream: () => new Writable(),
    err: (text) => (output.err += text),
    readStdin: () => Promise.resolve(""),
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => (interrupt = () => undefined);
    },
    kill: () => undefined,
  };
  expect(await main(["compile"], io)).toBe(130);
  const told = output.out.trimEnd().split("\n");
  const done = told.length - 1;
  expect(timeless(told.at(-1) ?? "")).toBe(`${done} graph${done === 1 ? "" : "s"} in N ms`);
  expect(output.err).toBe(`Cancelled: ${40 - done} graphs not compiled.\n`);
  expect(done).toBeLessThan(40);
});
