import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BuiltCommand, call, temporaryFolder } from "./command-line.js";

const graph = (set: string, place: number): string => `{
  "patchbay": 1,
  "channels": { "n": { "schema": { "type": "number" } } },
  "nodes": { "a": { "kind": "expression", "set": { "n": "${set}" } } },
  "edges": { "in": { "from": "@start", "to": "a" } },
  "layout": { "a": [${place}, 0] }
}
`;

const folder = temporaryFolder();
const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
beforeAll(() => {
  write("old.patchbay.json", graph("1", 0));
  write("moved.patchbay.json", graph("1", 40));
  write("new.patchbay.json", graph("2", 40));
  write("commented.patchbay.json", `// the same\n${graph("1", 0)}`);
  write("broken.patchbay.json", graph("1", 0).slice(0, -3));
  write("wrong.patchbay.json", graph("n +", 0));
});
afterAll(() => folder.remove());

const diff = (...operands: readonly string[]) => call(["diff", ...operands], { cwd: folder.path });

interface Case {
  readonly operands: readonly string[];
  readonly status: number;
  readonly stdout?: string;
  readonly stderr?: RegExp;
}

const cases: readonly Case[] = [
  { operands: ["old.patchbay.json", "old.patchbay.json"], status: 0, stdout: "The graphs are the same.\n" },
  { operands: ["old.patchbay.json", "commented.patchbay.json"], status: 0, stdout: "The graphs say the same; their texts differ.\n" },
  {
    operands: ["old.patchbay.json", "moved.patchbay.json"],
    status: 1,
    stdout: "> node a (expression): moved\n    place: [0,0] -> [40,0]\n1 node moved; no recompile\n",
  },
  {
    operands: ["old.patchbay.json", "new.patchbay.json"],
    status: 1,
    stdout: '~ node a (expression): changed, moved\n    set.n: "1" -> "2"\n    place: [0,0] -> [40,0]\n1 node changed; a soft recompile\n',
  },
  {
    operands: ["old.patchbay.json", "wrong.patchbay.json"],
    status: 1,
    stdout: '~ node a (expression): changed\n    set.n: "1" -> "n +"\n1 node changed\n',
  },
  {
    operands: ["/dev/null", "old.patchbay.json"],
    status: 1,
    stdout:
      "+ node a (expression)\n+ edge in (@start -> a)\n+ channel n\n~ patchbay: 1 (new)\n1 node added, 1 edge added, 1 channel added, 1 setting changed\n",
  },
  { operands: ["old.patchbay.json", "broken.patchbay.json"], status: 2, stderr: /broken\.patchbay\.json is no graph/ },
  { operands: ["old.patchbay.json", "absent.patchbay.json"], status: 2, stderr: /absent\.patchbay\.json cannot be read/ },
  { operands: ["old.patchbay.json"], status: 2, stderr: /NEW/ },
];

test.each(cases)("patchbay diff $operands", async ({ operands, status, stdout, stderr }) => {
  const finished = await diff(...operands);
  expect(finished.status).toBe(status);
  if (stdout !== undefined) expect(finished.stdout).toBe(stdout);
  if (stderr !== undefined) expect(finished.stderr).toMatch(stderr);
});

test("--json prints the whole difference", async () => {
  const { status, stdout } = await diff("old.patchbay.json", "new.patchbay.json", "--json");
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    same: false,
    class: "soft",
    entries: [
      {
        section: "nodes",
        id: "a",
        before: { kind: "expression", set: { n: "1" } },
        after: { kind: "expression", set: { n: "2" } },
        marks: ["changed", "moved"],
        fields: [{ path: ["set", "n"], before: "1", after: "2" }],
        place: { before: [0, 0], after: [40, 0] },
      },
    ],
    settings: [],
    reordered: false,
  });
});

describe("git", () => {
  let command: BuiltCommand;
  let repository: string;
  const git = (...argv: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...argv], { cwd: repository, encoding: "utf8" });
  beforeAll(async () => {
    command = await BuiltCommand.build();
    repository = join(folder.path, "repository");
    mkdirSync(repository);
    git("init", "-q");
    writeFileSync(join(repository, "g.patchbay.json"), graph("1", 0));
    git("add", ".");
    git("commit", "-qm", "first");
    writeFileSync(join(repository, "g.patchbay.json"), graph("2", 0));
  });
  afterAll(() => command.remove());

  const patchbay = (): string => `'${process.execPath}' '${command.path}'`;

  test("shows it as its difftool", () => {
    git("config", "difftool.patchbay.cmd", `${patchbay()} diff "$LOCAL" "$REMOTE"`);
    expect(git("difftool", "--no-prompt", "-t", "patchbay")).toContain('    set.n: "1" -> "2"');
  });

  test("shows it in place of lines", () => {
    git("config", "diff.patchbay.command", `f() { ${patchbay()} diff "$2" "$5" || [ $? -eq 1 ]; }; f`);
    writeFileSync(join(repository, ".gitattributes"), "*.patchbay.json diff=patchbay\n");
    expect(git("diff", "--ext-diff", "g.patchbay.json")).toContain("~ node a (expression): changed");
  });
});
