import { afterAll, expect, test } from "vitest";
import { call, temporaryFolder } from "./command-line.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const store = ["--store", folder.path];

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["no command", [], /^patchbay: run graphs/],
  ["an unknown command", ["rnu"], /no command "rnu".*run, resume, validate, compile/],
  ["no graph", ["run"], /run: GRAPH is missing/],
  ["two graphs to run", ["run", "greet.patchbay.json", "review.patchbay.json"], /"review.patchbay.json" is one argument too many/],
  ["an unknown option", ["run", "greet.patchbay.json", "--jsno"], /--jsno is no option/],
  ["a short option", ["run", "greet.patchbay.json", "-j"], /-j is no option/],
  ["an option of another command", ["validate", "greet.patchbay.json", "--store", "x"], /--store is no option/],
  ["an option named like a property of objects", ["run", "greet.patchbay.json", "--constructor"], /--constructor is no option/],
  ["a missing value at the end", ["run", "greet.patchbay.json", "--store"], /--store needs a value: --store DIR/],
  ["a missing value before an option", ["run", "greet.patchbay.json", "--input", "--json"], /--input needs a value/],
  ["an empty value", ["run", "greet.patchbay.json", "--store="], /--store needs a value/],
  ["a value for an option without", ["run", "greet.patchbay.json", "--json=yes"], /--json takes no value/],
  ["an option given twice", ["run", "greet.patchbay.json", "--store", "a", "--store", "b"], /--store is given twice/],
  ["a flag given twice", ["run", "greet.patchbay.json", ...store, "--json", "--json"], /--json is given twice/],
  ["a graph that is not there", ["run", "nothing.patchbay.json"], /nothing.patchbay.json cannot be read: there is no such file/],
  ["a graph that is a folder", ["validate", "nodes"], /nodes cannot be read: it is a folder/],
  ["input that is not JSON", ["run", "greet.patchbay.json", ...store, "--input", "{name}"], /The input is not JSON/],
  ["input that is no object", ["run", "greet.patchbay.json", ...store, "--input", "[1]"], /The input is not an object/],
  ["an input file that is not there", ["run", "greet.patchbay.json", ...store, "--input", "@nothing.json"], /nothing.json cannot be read/],
  ["input on stdin that is not JSON", ["run", "greet.patchbay.json", ...store, "--input", "-"], /The input on stdin is not JSON/],
  ["input for an unknown channel", ["run", "greet.patchbay.json", ...store, "--input", '{"nam":"x"}'], /INPUT_INVALID.*"nam"/],
  ["input that does not fit its channel", ["run", "greet.patchbay.json", ...store, "--input", '{"name":7}'], /INPUT_INVALID.*"name"/],
  ["a decision without =", ["run", "review.patchbay.json", ...store, "--decide", "review"], /--decide review: give KEY=JSON/],
  [
    "a decision for no node",
    ["run", "review.patchbay.json", ...store, "--decide", "revue=yes"],
    /no node "revue"; its barriers are review/,
  ],
  [
    "a decision for a node that asks nothing",
    ["run", "review.patchbay.json", ...store, "--decide", "draft=yes"],
    /"draft" is never asked; its barriers are review/,
  ],
  [
    "an action that the node does not have",
    ["run", "review.patchbay.json", ...store, "--decide", 'review="no"'],
    /"no" is no action of node "review"; its actions are yes, again, drop/,
  ],
  ["a decision of the wrong shape", ["run", "review.patchbay.json", ...store, "--decide", "review=[1]"], /give an action/],
  [
    "a decision with a field too many",
    ["run", "review.patchbay.json", ...store, "--decide", 'review={"action":"yes","by":"me"}'],
    /give an action/,
  ],
  [
    "two decisions for one node",
    ["run", "review.patchbay.json", ...store, "--decide", "review=yes", "--decide", "review=drop"],
    /has a decision already/,
  ],
  [
    "a trace in no folder",
    ["run", "greet.patchbay.json", ...store, "--trace", "nowhere/trace.jsonl"],
    /--trace nowhere\/trace.jsonl cannot be written/,
  ],
  ["one graph to compile", ["compile", "--from", "greet.patchbay.json"], /needs both --from OLD and --to NEW/],
  ["a run of no store to resume", ["resume", "x", "--store", "nowhere"], /no store in nowhere/],
  ["runs of no store", ["runs", "--store", "nowhere"], /no store in nowhere/],
  ["a restore from no store", ["restore", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--store", "nowhere"], /no store in nowhere/],
  ["a limit that is no number", ["runs", "--limit", "many"], /--limit many: give a whole number/],
];

test.each(refused)("%s is refused with exit status 2 and nothing on stdout", async (_name, argv, message) => {
  const { status, stdout, stderr } = await call(argv);
  expect(stderr).toMatch(message);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test.each([["--help"], ["help"], ["run", "--help"], ["run", "graph.json", "--json", "--help"], ["restore", "--help"]])(
  "%s says how to use it",
  async (...argv) => {
    const { status, stdout, stderr } = await call(argv);
    expect(stdout).toMatch(/Usage: patchbay/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  },
);

test("--help of a command names every option", async () => {
  const { stdout } = await call(["run", "--help"]);
  for (const option of ["--input JSON|@FILE|-", "--store DIR", "--run ID", "--decide KEY=JSON", "--json", "--trace FILE"])
    expect(stdout).toContain(option);
});

test("--version prints the version alone", async () => {
  expect((await call(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
