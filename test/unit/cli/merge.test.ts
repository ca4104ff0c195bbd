import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BuiltCommand, call } from "./command-line.js";

const graph = (a: string, b: string, layout: string): string => `{
  "patchbay": 1,
  "nodes": {
    "a": { "kind": "expression", "label": ${JSON.stringify(a)}, "set": {} },
    "b": { "kind": "expression", "label": ${JSON.stringify(b)}, "set": {} }
  },
  "edges": {
    "e1": { "from": "@start", "to": "a" },
    "e2": { "from": "a", "to": "b" }
  },
  "layout": {
    "a": [0, 0],
    "b": ${layout}
  }
}
`;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "patchbay-merge-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
}

const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const merge = (...more: readonly string[]) => call(["merge", "base.json", "ours.json", "theirs.json", ...more], { cwd: folder });

test("what both sides changed is in ours", async () => {
  write({
    "base.json": graph("A", "B", "[0, 0]"),
    "ours.json": graph("Mine", "B", "[0, 0]"),
    "theirs.json": graph("A", "Yours", "[40, 0]"),
  });
  expect(await merge()).toEqual({ status: 0, stdout: "ours.json: merged.\n", stderr: "" });
  expect(read("ours.json")).toBe(graph("Mine", "Yours", "[40, 0]"));
});

test("a conflict is told, and is in the file that is written", async () => {
  write({
    "base.json": graph("A", "B", "[0, 0]"),
    "ours.json": graph("Mine", "B", "[0, 0]"),
    "theirs.json": graph("Yours", "B", "[0, 0]"),
  });
  expect(await merge("--output", "out.json")).toEqual({
    status: 1,
    stdout: "out.json: merged, with 1 conflict.\n",
    stderr: "out.json: conflict: both sides changed nodes.a.label.\n",
  });
  expect(read("ours.json")).toBe(graph("Mine", "B", "[0, 0]"));
  expect(JSON.parse(read("out.json"))).toMatchObject({ conflicts: [{ at: "/nodes/a/label", base: "A", ours: "Mine", theirs: "Yours" }] });
  const { stdout, status } = await merge("--json");
  expect([status, JSON.parse(stdout)]).toMatchObject([
    1,
    { merged: false, conflicts: [{ at: "/nodes/a/label" }], problems: [], renamed: [] },
  ]);
});

test("what is no graph is merged line by line", async () => {
  write({ "base.json": "one\ntwo\nthree\nfour\n", "ours.json": "1\ntwo\nthree\nfour\n", "theirs.json": "one\ntwo\nthree\n4\n" });
  expect((await merge()).status).toBe(0);
  expect(read("ours.json")).toBe("1\ntwo\nthree\n4\n");
  write({ "ours.json": "mine\ntwo\nthree\nfour\n", "theirs.json": "yours\ntwo\nthree\nfour\n" });
  const { status, stderr } = await merge();
  expect([status, stderr]).toEqual([1, "ours.json: merged line by line, with 1 conflict: one of the files is no graph.\n"]);
  expect(read("ours.json")).toContain("<<<<<<< ours\nmine\n=======\nyours\n>>>>>>> theirs\n");
});

test("a file that is not there", async () => {
  write({ "base.json": "{}", "ours.json": "{}" });
  expect(await merge()).toMatchObject({ status: 2, stderr: expect.stringContaining("theirs.json cannot be read") as string });
});

describe("as git's driver", () => {
  let command: BuiltCommand;
  beforeAll(async () => void (command = await BuiltCommand.build()));
  afterAll(() => command.remove());

  const git = (...given: readonly string[]): string => execFileSync("git", given, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  const commit = (text: string, message: string): void => {
    writeFileSync(join(folder, "g.patchbay.json"), text);
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", message);
  };

  test("two branches that would not merge line by line do, and conflicts leave the file unmerged", () => {
    git("init", "-q", "-b", "main");
    git("config", "merge.patchbay.driver", `"${process.execPath}" "${command.path}" merge %O %A %B`);
    writeFileSync(join(folder, ".gitattributes"), "*.patchbay.json merge=patchbay\n");
    commit(graph("A", "B", "[0, 0]"), "base");
    git("checkout", "-qb", "side");
    commit(graph("A", "Yours", "[40, 0]"), "theirs");
    git("checkout", "-q", "main");
    commit(graph("Mine", "B", "[0, 0]"), "ours");
    git("-c", "user.name=t", "-c", "user.email=t@localhost", "merge", "-q", "side", "-m", "merged");
    expect(read("g.patchbay.json")).toBe(graph("Mine", "Yours", "[40, 0]"));

    git("checkout", "-q", "side");
    commit(graph("Another", "Yours", "[40, 0]"), "theirs again");
    git("checkout", "-q", "main");
    const { status } = spawnSync("git", ["merge", "side"], { cwd: folder });
    expect(status).toBe(1);
    expect(git("status", "--porcelain")).toContain("UU g.patchbay.json");
    expect(JSON.parse(read("g.patchbay.json"))).toMatchObject({ conflicts: [{ at: "/nodes/a/label" }] });
  });
});
