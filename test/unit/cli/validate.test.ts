import { expect, test } from "vitest";
import { call } from "./command-line.js";

const PROBLEM_LINE = /^\S+:\d+:\d+: (?:error|warning|information) [A-Z_]+ \S.*$/;

test("a good graph is valid", async () => {
  expect(await call(["validate", "greet.patchbay.json"])).toEqual({
    status: 0,
    stdout: "greet.patchbay.json: valid (1 node, 2 edges)\n",
    stderr: "",
  });
});

test("problems go to stderr, one a line, at their place", async () => {
  const { status, stderr } = await call(["validate", "broken.patchbay.json"]);
  const lines = stderr.trimEnd().split("\n");
  expect(status).toBe(2);
  expect(lines.filter((line) => !PROBLEM_LINE.test(line))).toEqual([]);
  expect(lines.map((line) => line.replace(/^(\S+ \S+ \S+).*/, "$1"))).toEqual([
    "broken.patchbay.json:8:56: error EXPRESSION",
    "broken.patchbay.json:9:40: error HANDLER_MISSING",
    "broken.patchbay.json:10:40: error HANDLER_EXPORT",
    "broken.patchbay.json:11:40: error HANDLER_OUTSIDE",
    "broken.patchbay.json:15:34: error DANGLING_EDGE",
  ]);
});

test("a warning does not fail", async () => {
  const { status, stdout, stderr } = await call(["validate", "lonely.patchbay.json"]);
  expect(stderr).toMatch(/^lonely.patchbay.json:9:5: warning UNREACHABLE_NODE /);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "lonely.patchbay.json: valid, 1 warning (2 nodes, 1 edge)\n" });
});

test("what only a handler may make of use is a note", async () => {
  const { status, stdout, stderr } = await call(["validate", "jump.patchbay.json"]);
  expect(stderr).toMatch(/^jump.patchbay.json:6:5: information UNREACHABLE_NODE .*only a handler's `goto` or `send` can reach it/);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "jump.patchbay.json: valid, 1 note (2 nodes, 1 edge)\n" });
});

test("of several graphs one bad one fails", async () => {
  const { status, stdout } = await call(["validate", "greet.patchbay.json", "handlers-missing.patchbay.json"]);
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    "greet.patchbay.json: valid (1 node, 2 edges)",
    "handlers-missing.patchbay.json: 3 errors (3 nodes, 3 edges)",
  ]);
  expect(status).toBe(2);
});

test("--json prints one object", async () => {
  const { status, stdout } = await call(["validate", "greet.patchbay.json", "handlers-missing.patchbay.json", "--json"]);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    valid: false,
    graphs: [
      { file: "greet.patchbay.json", valid: true, problems: [] },
      {
        file: "handlers-missing.patchbay.json",
        valid: false,
        problems: [
          { severity: "error", code: "HANDLER_MISSING", node: "b", line: 5, column: 40 },
          { severity: "error", code: "HANDLER_EXPORT", node: "c", line: 6, column: 40 },
          { severity: "error", code: "HANDLER_OUTSIDE", node: "d", line: 7, column: 40 },
        ],
      },
    ],
  });
});

test("a graph with errors does not run", async () => {
  const { status, stdout, stderr } = await call(["run", "handlers-missing.patchbay.json", "--json"]);
  expect(stderr).toMatch(/^handlers-missing.patchbay.json:5:40: error HANDLER_MISSING /);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});
