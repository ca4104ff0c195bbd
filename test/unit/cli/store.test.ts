import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { readableRun } from "../../support/readable-run.js";
import { call, temporaryFolder } from "./command-line.js";

let folder: ReturnType<typeof temporaryFolder>;
const inFolder = (...parts: readonly string[]) => join(folder.path, ...parts);

beforeEach(async () => {
  folder = temporaryFolder();
  for (const [run, decisions] of Object.entries({ done: ["review=yes"], waiting: [] })) {
    await call(["run", "review.patchbay.json", "--run", run, "--store", folder.path, ...decisions.flatMap((each) => ["--decide", each])]);
  }
});
afterEach(() => folder.remove());

const store = (...argv: readonly string[]) => call(["store", ...argv, "--store", folder.path], { cwd: folder.path });
const read = <Result>(work: (opened: ReturnType<typeof openSqliteStore>) => Result, directory = folder.path): Result => {
  const opened = openSqliteStore(directory);
  try {
    return work(opened);
  } finally {
    opened.close();
  }
};
const runsIn = (directory?: string) => read((opened) => opened.runs().map(({ id }) => id), directory);

describe("store export and import", () => {
  test("take a run to another store, where it goes on", async () => {
    expect(await store("export", "waiting", "w.patchbay-run")).toMatchObject({
      status: 0,
      stdout: "Exported run waiting to w.patchbay-run\n",
    });
    const imported = await call(["store", "import", inFolder("w.patchbay-run"), "--store", inFolder("other")]);
    expect(imported.stdout).toMatch(/^Imported run waiting of review\.patchbay\.json: \d+ checkpoints, \d+ events\n$/);
    const whole = read((opened) => readableRun(opened, "waiting"));
    expect(read((opened) => readableRun(opened, "waiting"), inFolder("other"))).toEqual(whole);
    const on = await call([
      "run",
      "review.patchbay.json",
      "--run",
      "waiting",
      "--store",
      inFolder("other"),
      "--decide",
      "review=yes",
      "--json",
    ]);
    expect(JSON.parse(on.stdout)).toMatchObject({ status: "completed", state: { verdict: "published" } });
    const certified = await call(["certify", "review.patchbay.json", "--store", inFolder("other")]);
    expect(certified.status).toBe(0);
  });

  test("by default name the file after the run, and leave no other behind", async () => {
    await store("export", "done");
    expect(readdirSync(folder.path).filter((name) => !name.startsWith("patchbay.db"))).toEqual(
      expect.arrayContaining(["done.patchbay-run"]),
    );
    expect(readdirSync(folder.path).filter((name) => name.startsWith(".done"))).toEqual([]);
  });

  test("write the same to stdout", async () => {
    await store("export", "done", "d");
    const { stdout } = await store("export", "done", "-");
    expect(gunzipSync(Buffer.from(stdout, "latin1")).toString()).toBe(gunzipSync(readFileSync(inFolder("d"))).toString());
  });

  test("refuse a run that is there, and take it under another id", async () => {
    await store("export", "done", "d");
    const again = await store("import", "d");
    expect(again).toMatchObject({ status: 2, stdout: "" });
    expect(again.stderr).toMatch(/^error: RUN_EXISTS .*\n {2}.*--as ID/);
    expect(await store("import", "d", "--as", "copy", "--json")).toMatchObject({ status: 0 });
    expect(runsIn()).toEqual(["copy", "waiting", "done"]);
    expect((await store("verify")).status).toBe(0);
    expect((await store("import", "d", "--as", "a b")).status).toBe(2);
  });

  const text = () => gunzipSync(readFileSync(inFolder("d"))).toString();
  test.each<readonly [string, string, (text: string) => Buffer]>([
    ["is not compressed", "ARCHIVE_DAMAGED", (given) => Buffer.from(given)],
    ["is cut short", "ARCHIVE_DAMAGED", (given) => gzipSync(given).subarray(0, -20)],
    ["lacks its end", "ARCHIVE_DAMAGED", (given) => gzipSync(given.slice(0, given.lastIndexOf("{")))],
    ["has another letter somewhere", "ARCHIVE_DAMAGED", (given) => gzipSync(given.replace("published", "publushed"))],
    ["is of a later version", "ARCHIVE_NEWER", (given) => gzipSync(given.replace('"format":1', '"format":2'))],
    ["is empty", "ARCHIVE_DAMAGED", () => gzipSync("")],
    ["is something else", "ARCHIVE_DAMAGED", () => gzipSync("[1]\n")],
    ["holds no JSON", "ARCHIVE_DAMAGED", () => gzipSync("\0\n")],
  ])("refuse a file that %s, with %s, and import nothing", async (_name, code, make) => {
    await store("export", "done", "d");
    writeFileSync(inFolder("d"), make(text()));
    const { status, stderr } = await call(["store", "import", inFolder("d"), "--store", inFolder("other")]);
    expect([status, stderr.split(" ").slice(0, 2).join(" ")]).toEqual([1, `error: ${code}`]);
    expect(runsIn(inFolder("other"))).toEqual([]);
  });

  test("change no run but the one in the file", async () => {
    await store("export", "done", "d");
    const forged = text().replaceAll('"run":"done"', '"run":"waiting"').replace('"run":"waiting","graph"', '"run":"done","graph"');
    writeFileSync(inFolder("d"), gzipSync(forged));
    const before = read((opened) => readableRun(opened, "waiting"));
    expect((await store("import", "d", "--as", "copy")).stderr).toContain("ARCHIVE_DAMAGED");
    expect(read((opened) => readableRun(opened, "waiting"))).toEqual(before);
  });

  test("say what cannot be read or written", async () => {
    expect((await store("import", "nowhere")).stderr).toMatch(/^error: STORE Cannot read .*nowhere/);
    expect((await store("export", "done", "no/folder")).stderr).toMatch(/^error: STORE Cannot write .*no.folder/);
    expect((await store("export", "nobody")).stderr).toMatch(/^error: NOT_FOUND/);
    mkdirSync(inFolder("taken"));
    expect((await store("export", "done", "taken")).status).toBe(1);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(".taken"))).toEqual([]);
  });
});

describe("store verify", () => {
  test("finds nothing in a store that is whole", async () => {
    expect(await store("verify")).toMatchObject({ status: 0, stdout: "Nothing is damaged.\n" });
    expect(await store("verify", "--run", "done", "--json")).toMatchObject({ status: 0, stdout: '{"faults":[]}\n' });
  });

  test("names what is damaged, and what is whole before it", async () => {
    const [head = "", ...others] = read((opened) => opened.list("done").map(({ id }) => id));
    damage(head);
    const { status, stdout } = await store("verify", "--json");
    const { faults } = JSON.parse(stdout) as { readonly faults: readonly { readonly checkpoint: string; readonly instead: string }[] };
    const before = faults[0]?.instead ?? "";
    expect([status, faults.map(({ checkpoint }) => checkpoint)]).toEqual([1, [head]]);
    expect(others).toContain(before);
    const told = await store("verify", "--run", "done");
    expect(told.stdout).toContain(`patchbay restore ${before}`);
    expect((await call(["restore", before, "--store", folder.path])).status).toBe(0);
    expect((await store("verify", "--run", "waiting")).status).toBe(0);
    expect((await store("verify", "--run", "nobody")).status).toBe(2);
  });

  /** Lets a checkpoint point at the record of the first one. */
  function damage(checkpoint: string): void {
    const database = new DatabaseSync(inFolder("patchbay.db"));
    const { changes } = database.prepare("UPDATE checkpoints SET slot = 0 WHERE id = ?").run(checkpoint);
    database.close();
    expect(changes).toBe(1);
  }
});

describe("store prune", () => {
  test("deletes the oldest runs that have ended, and none that waits", async () => {
    await call(["run", "review.patchbay.json", "--run", "later", "--store", folder.path, "--decide", "review=yes"]);
    const { status, stdout } = await store("prune", "--bytes", "0B", "--json");
    expect([status, (JSON.parse(stdout) as { readonly runs: unknown }).runs]).toEqual([0, ["done", "later"]]);
    expect([runsIn(), (await store("verify")).status]).toEqual([["waiting"], 0]);
  });

  test("keeps what there is room for, and what is young", async () => {
    expect((await store("prune", "--bytes", "1GB", "--older", "1d")).stdout).toMatch(/^Deleted 0 runs and 0 checkpoints of others; /);
    expect(runsIn()).toEqual(["waiting", "done"]);
    expect((await store("prune", "--run", "waiting", "--bytes", "1B")).stdout).toContain("That is more than --bytes allows");
    expect(runsIn()).toEqual(["waiting", "done"]);
  });

  test("thins runs out to their newest checkpoints", async () => {
    const before = read((opened) => opened.list("done").length);
    const { stdout } = await store("prune", "--run", "done", "--keep", "1", "--json");
    const after = read((opened) => opened.list("done").length);
    expect(JSON.parse(stdout)).toMatchObject({ runs: [], checkpoints: before - after });
    expect(after).toBeLessThanOrEqual(before);
    expect((await store("verify")).status).toBe(0);
  });

  test.each([[[]], [["--keep", "many"]], [["--older", "soon"]], [["--bytes", "5"]]])("refuses %j", async (argv) => {
    expect(await store("prune", ...argv)).toMatchObject({ status: 2, stdout: "" });
  });
});

test("a run that ends keeps what its graph says, and says what went", async () => {
  const nodes = { one: { kind: "expression", set: { n: "1", text: `'${"text".repeat(5_000)}'` } } };
  const edges = { e1: { from: "@start", to: "one" }, e2: { from: "one", to: "one", when: "n < 9.0" } };
  const channels = { n: { schema: { type: "number" }, reducer: "sum", default: 0 }, text: {} };
  writeFileSync(inFolder("kept.patchbay.json"), JSON.stringify({ patchbay: 1, channels, nodes, edges, checkpoints: { keep: 4 } }));
  const { status, stderr } = await call(["run", inFolder("kept.patchbay.json"), "--run", "kept", "--store", folder.path]);
  expect([status, stderr]).toEqual([0, "Deleted 5 checkpoints of this run: the graph keeps the newest 4 and what they need.\n"]);
  expect(read((opened) => opened.list("kept").length)).toBe(5);
  expect((await store("verify")).status).toBe(0);
});

test("store tells its commands", async () => {
  const help = await call(["store", "--help"]);
  expect(help).toMatchObject({ status: 0 });
  for (const name of ["verify", "export", "import", "prune"]) expect(help.stdout).toContain(`store ${name}`);
  expect((await call(["store", "verify", "--help"])).stdout).toMatch(/^Usage: patchbay store verify /);
  for (const argv of [["store"], ["store", "burn"]]) {
    const { status, stderr } = await call(argv);
    expect(status).toBe(2);
    expect(stderr).toContain("store verify");
  }
  expect(existsSync(inFolder("store"))).toBe(false);
});
