import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../../runtime/errors.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { checksum } from "../../../runtime/platform/sqlite/checksum.js";
import { base, delta, events, result } from "../../conformance/make-checkpoint.js";
import { change, toFormat6 } from "./as-format-6.js";
import { bundle } from "./bundle.js";

const fixtures = fileURLToPath(new URL("../../fixtures/stores", import.meta.url));
let folder: string;
let directory: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "patchbay-sqlite-"));
  directory = join(folder, "store");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function refusal(action: () => unknown): PatchbayError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return thrown;
    throw thrown;
  }
  throw new Error("expected a PatchbayError");
}

/** A store with c1 (base) - c2 - c3, a result on c3 and a document, changed by `sql` behind its back. */
function damaged(sql: string): CheckpointStore {
  const store = openSqliteStore(directory);
  store.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
  store.saveDocument("r1", "{}", { "./a.ts": { version: "1", commands: false } });
  store.save(base("run", "c1", null, { text: "abc" }), events(1));
  store.save(delta("run", "c2", "c1"), events(2));
  store.save(delta("run", "c3", "c2"), []);
  store.saveResult("run", "c3", result("t9", 1));
  const other = new DatabaseSync(join(directory, "patchbay.db"), { enableForeignKeyConstraints: false });
  other.exec(sql);
  other.close();
  return store;
}

/** What the contract tells of runs, in the form of the fixture. */
function everythingIn(store: CheckpointStore, runs: readonly string[]) {
  const ofRun = (run: string) => ({
    list: store.list(run),
    trace: store.trace(run),
    lastSeq: store.lastSeq(run),
    checkpoints: store.list(run).map(({ id }) => ({
      checkpoint: store.load(id),
      lineage: store.lineage(id).map((each) => each.id),
      trace: store.trace(run, id).map(({ seq }) => seq),
    })),
  });
  return {
    runs: store.runs(),
    nested: store.nested("run"),
    results: store.results("run", "b3"),
    document: store.document("r1"),
    faults: store.verify(),
    byRun: Object.fromEntries(runs.map((run) => [run, ofRun(run)])),
  };
}

describe("opening", () => {
  it("makes the folder, with a .gitignore for all that runs leave there", () => {
    openSqliteStore(join(directory, "deep")).close();
    expect(readFileSync(join(directory, "deep", ".gitignore"), "utf8")).toMatch(/^\/\*\n!\/types\/\n!\/snippets\/\n$/m);
  });

  it("adds no .gitignore to a folder that was there", () => {
    openSqliteStore(folder).close();
    expect(existsSync(join(folder, ".gitignore"))).toBe(false);
  });

  it("leaves one file when closed, which opens again with all there was", () => {
    damaged("").close();
    expect(existsSync(join(directory, "patchbay.db-wal"))).toBe(false);
    const store = openSqliteStore(directory);
    expect(store.latest("run")).toEqual(delta("run", "c3", "c2"));
    expect(store.results("run", "c3")).toEqual([result("t9", 1)]);
    store.close();
  });

  it.each([
    ["5", ""],
    [
      "4",
      "ALTER TABLE documents DROP COLUMN files; UPDATE documents SET sum = '44136fa355b3678a1146ad16f7e8649e'; PRAGMA user_version = 4",
    ],
  ])("reads what a file of format %s has", (format, sql) => {
    mkdirSync(directory);
    copyFileSync(join(fixtures, "format-5.db"), join(directory, "patchbay.db"));
    const older = new DatabaseSync(join(directory, "patchbay.db"));
    older.exec(sql);
    older.close();
    const then = JSON.parse(readFileSync(join(fixtures, "format-5.json"), "utf8")) as Record<string, unknown>;
    const store = openSqliteStore(directory);
    const document = format === "5" ? then["document"] : { text: "{}", files: {} };
    expect(everythingIn(store, ["run", "inner", "gone"])).toEqual({ ...then, document });
    store.save(delta("run", "b4", "b3"), events(10));
    expect(store.trace("run", "b4").map(({ seq }) => seq)).toEqual([1, 2, 6, 7, 8, 9, 10]);
    expect([store.results("run", "b3"), store.verify()]).toEqual([[], []]);
    store.close();
  });

  it("finds supersteps in the pages of a file of format 6, damaged ones left out", () => {
    const store = openSqliteStore(directory);
    store.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
    const at = (superstep: number) => ({ frontier: { ...base("run", "", null).frontier, superstep } });
    store.save(base("run", "n0", null, {}, at(0)), events(1));
    for (let n = 1; n < 600; n += 1) store.save(delta("run", `n${n}`, `n${n - 1}`, at(n)), events(n + 1));
    store.close();
    change(join(directory, "patchbay.db"), `${toFormat6}; UPDATE pages SET body = substr(body, 1, 200) WHERE no = 2`);
    const now = openSqliteStore(directory);
    const found = [0, 255, 256, 400, 512, 599, 600].map((superstep) => now.list("run", { superstep }).map(({ id }) => id));
    expect(found).toEqual([["n0"], ["n255"], [], [], ["n512"], ["n599"], []]);
    expect(now.lastSuperstep("run")).toBe(599);
    now.close();
  });

  it("leaves the file of a newer version untouched", () => {
    damaged("").close();
    const newer = new DatabaseSync(join(directory, "patchbay.db"));
    newer.exec("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99");
    newer.close();
    const before = readFileSync(join(directory, "patchbay.db"));
    const error = refusal(() => openSqliteStore(directory));
    expect(error.code).toBe("STORE_NEWER");
    expect(error.message).toContain("99");
    expect(readFileSync(join(directory, "patchbay.db")).equals(before)).toBe(true);
  });

  it("does not take a file that is no database for one", () => {
    writeFileSync(join(folder, "patchbay.db"), "something else entirely, long enough for a header\n".repeat(20));
    expect(refusal(() => openSqliteStore(folder)).code).toBe("CORRUPTED");
  });

  it("says which folder cannot be made", () => {
    writeFileSync(directory, "a file");
    const error = refusal(() => openSqliteStore(join(directory, "store")));
    expect(error.code).toBe("STORE");
    expect(error.message).toContain(join(directory, "store"));
  });

  // Permissions do not bind root; there the test drops to another user for the call.
  it.skipIf(process.platform === "win32")("says that a folder cannot be written", () => {
    const root = process.geteuid?.() === 0;
    chmodSync(folder, 0o555);
    if (root) process.seteuid?.(65534);
    try {
      const error = refusal(() => openSqliteStore(folder));
      expect(error.code).toBe("STORE");
      expect(error.message).toContain(join(folder, "patchbay.db"));
      expect(error.message).toContain("cannot be opened for writing");
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(folder, 0o755);
    }
  });

  it("says what is missing where Node.js has no SQLite", () => {
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
    const error = refusal(() => openSqliteStore(directory));
    expect(error.code).toBe("STORE");
    expect(error.message).toContain("Node.js 22.13");
    expect(existsSync(directory)).toBe(false);
  });
});

describe("damage", () => {
  const flip = (table: string, where: string) => `UPDATE ${table} SET body = replace(body, ':1', ':7') WHERE ${where}`;

  it("is found in one flipped byte, and refused", () => {
    const store = damaged("UPDATE tail SET body = replace(body, 'abc', 'abd') WHERE slot = 0");
    expect(store.verify()).toEqual([{ checkpoint: "c1", message: expect.stringContaining("checksum") }]);
    const error = refusal(() => store.load("c1"));
    expect(error.code).toBe("CORRUPTED");
    expect(error.details).toEqual({ checkpoint: "c1" });
    expect(store.load("c2").id).toBe("c2");
    expect(store.list("run")).toHaveLength(3);
    store.close();
  });

  it.each([
    ["a lost record", "DELETE FROM tail WHERE slot = 1", "c2", "checksum"],
    ["another's record", "UPDATE checkpoints SET slot = 0 WHERE no = 2", "c2", "other facts"],
    ["a result", flip("results", "no = 1"), "c3", "result of task t9"],
    ["a document", "UPDATE documents SET text = '{ }'", "c1", "revision r1"],
    ["a document's files", "UPDATE documents SET files = '{}'", "c1", "revision r1"],
    ["a broken chain", "UPDATE checkpoints SET gone = 2 WHERE no = 1", "c2", "parent is gone"],
    ["a chain without a beginning", "UPDATE checkpoints SET parent = 3 WHERE no = 2", "c2", "not older"],
    ["an event", 'INSERT INTO trace VALUES (1, 9, 3, \'{"seq":"nine"}\')', "c3", "event, number 9"],
  ])("is found in %s", (_name, sql, checkpoint, message) => {
    const store = damaged(sql);
    const expected = [{ checkpoint, message: expect.stringContaining(message) }];
    expect(store.verify()).toEqual(expected);
    expect(store.verify("run")).toEqual(expected);
    store.close();
  });

  it("of a result or a document is refused when read", () => {
    const store = damaged(`${flip("results", "no = 1")}; UPDATE documents SET text = '{ }'`);
    expect(refusal(() => store.results("run", "c3")).code).toBe("CORRUPTED");
    expect(refusal(() => store.document("r1")).code).toBe("CORRUPTED");
    store.close();
  });

  it("in a lineage that bites its tail ends in an error, and not never", () => {
    const store = damaged(`UPDATE checkpoints SET parent = 3 WHERE no < 3; UPDATE pages SET parent = 3;
      UPDATE runs SET parent = 1, task = 't', since = 3`);
    for (const id of ["c1", "c2"]) expect(refusal(() => store.load(id)).code).toBe("CORRUPTED");
    expect(store.lineage("c3").map(({ id }) => id)).toEqual(["c3", "c2"]);
    expect(store.trace("run", "c3").map(({ seq }) => seq)).toEqual([1, 2]);
    expect(store.channelHistory("c3", "n").length).toBeGreaterThan(0);
    expect(store.nested("run")).toEqual([]);
    store.prune("run", 1);
    store.close();
  });

  it.each(["null", "[]", "7", "{", '{"id":"c2"}', '{"id":"c2","frontier":null,"channels":{}}'])(
    "of a checkpoint that is %s is refused",
    (json) => {
      const body = `${json}\n[{"seq":"x"}]`;
      const store = damaged(`UPDATE tail SET body = '${body}', sum = '${checksum(body)}' WHERE slot = 1`);
      expect(refusal(() => store.load("c2")).code).toBe("CORRUPTED");
      expect(store.list("run").map(({ id, damaged: lost = false }) => [id, lost])).toEqual([
        ["c3", false],
        ["c2", true],
        ["c1", false],
      ]);
      expect([store.trace("run").map(({ seq }) => seq), store.verify().map((fault) => fault.checkpoint)]).toEqual([[1], ["c2"]]);
      store.close();
    },
  );

  it("that takes a table away is refused when it is opened, and leaves nothing open", () => {
    damaged("DROP TABLE needs").close();
    expect(refusal(() => openSqliteStore(directory)).code).toBe("STORE");
    rmSync(directory, { recursive: true });
  });

  it("of records hides them from nobody: lists say which are damaged", () => {
    const store = damaged("UPDATE tail SET sum = 'none' WHERE slot > 0");
    expect(store.list("run").map(({ id, damaged: lost }) => [id, lost])).toEqual([
      ["c3", true],
      ["c2", true],
      ["c1", undefined],
    ]);
    expect(store.lineage("c3").map(({ id }) => id)).toEqual(["c3", "c2", "c1"]);
    expect(store.trace("run").map(({ seq }) => seq)).toEqual([1]);
    store.close();
  });

  it("of a sealed page takes that page's records and no others", () => {
    const store = openSqliteStore(directory);
    store.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
    store.save(base("run", "n0", null), events(1));
    for (let n = 1; n < 600; n += 1) store.save(delta("run", `n${n}`, `n${n - 1}`), events(n + 1));
    const other = new DatabaseSync(join(directory, "patchbay.db"));
    expect(other.prepare("SELECT count(*) AS sealed FROM pages WHERE codec > 0").get()).toEqual({ sealed: 2 });
    other.exec("UPDATE pages SET body = substr(body, 1, 200) WHERE no = 2");
    other.close();
    const faults = store.verify();
    expect(faults.map(({ checkpoint }) => checkpoint)).toEqual(Array.from({ length: 256 }, (_, index) => `n${index + 256}`));
    expect(refusal(() => store.load("n300")).code).toBe("CORRUPTED");
    expect([store.load("n255").id, store.load("n512").id]).toEqual(["n255", "n512"]);
    expect(store.trace("run", "n599").map(({ seq }) => seq)).toHaveLength(344);
    store.close();
  });
});

it("holds on to what could not be written, and writes it first when it can", { timeout: 30_000 }, () => {
  const store = damaged("");
  const other = new DatabaseSync(join(directory, "patchbay.db"));
  other.exec("BEGIN IMMEDIATE");
  for (const [id, parent] of [
    ["c4", "c3"],
    ["c5", "c4"],
  ] as const)
    store.save(delta("run", id, parent), [], undefined, true);
  expect(refusal(() => store.flush()).message).toContain("keeps it busy");
  other.exec("ROLLBACK");
  other.close();
  store.save(delta("run", "c6", "c5"), events(7));
  expect(store.lineage("c6").map(({ id }) => id)).toEqual(["c6", "c5", "c4", "c3", "c2", "c1"]);
  expect([store.run("run")?.head, store.verify()]).toEqual(["c6", []]);
  store.close();
});

describe("several at once", () => {
  it("reads of one moment see nothing of what others write meanwhile", () => {
    const one = openSqliteStore(directory);
    const two = openSqliteStore(directory);
    one.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
    one.save(base("run", "c1", null), []);
    const seen = two.atOnce(() => {
      const before = two.list("run").length;
      one.save(delta("run", "c2", "c1"), []);
      return [before, two.list("run").length, two.latest("run")?.id];
    });
    expect([seen, two.latest("run")?.id]).toEqual([[1, 1, "c1"], "c2"]);
    expect(() => two.atOnce(() => two.load("none"))).toThrow(expect.objectContaining({ code: "NOT_FOUND" }) as Error);
    two.save(delta("run", "c3", "c2"), []); // nothing is left open
    one.close();
    two.close();
  });

  it("see each other's work", () => {
    const one = openSqliteStore(directory);
    const two = openSqliteStore(directory);
    one.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
    one.save(base("run", "c1", null), events(1));
    two.save(delta("run", "c2", "c1"), events(2));
    one.save(delta("run", "c3", "c2"), events(3));
    two.prune("run", 1);
    expect(two.latest("run")?.id).toBe("c3");
    expect(one.lineage("c3").map(({ id }) => id)).toEqual(["c3", "c2", "c1"]);
    one.close();
    expect(two.trace("run").map(({ seq }) => seq)).toEqual([1, 2, 3]);
    two.close();
  });

  it("open and write a new store together, and a killed one loses nothing that it reported", async () => {
    const program = await bundle("test/conformance/saving-process.ts", join(folder, "saving.mjs"));
    const reports = await Promise.all(["p", "q", "r"].map((run) => saveUntilKilled(program, run, 25)));
    const store = openSqliteStore(directory);
    expect(store.verify()).toEqual([]);
    for (const [i, run] of ["p", "q", "r"].entries()) {
      const reported = reports[i] ?? [];
      expect(reported.length).toBeGreaterThanOrEqual(25);
      const lineage = store.lineage(store.latest(run)?.id ?? "");
      expect(lineage.map(({ id }) => id)).toEqual(expect.arrayContaining(reported));
      expect(lineage.every(({ id, run: of }) => store.load(id).run === of)).toBe(true);
      expect(store.lastSeq(run)).toBe(lineage.length);
    }
    store.close();
  });
});

it("two windows and the command line at work at once lose nothing and see no error", { timeout: 120_000 }, async () => {
  const program = await bundle("test/unit/platform/busy-process.ts", join(folder, "busy.mjs"));
  const names = ["window", "other", "command"];
  const told = await Promise.all(names.map((name) => outputOf(program, name, 30)));
  expect(told.map(({ code, errors }) => ({ code, errors }))).toEqual(names.map(() => ({ code: 0, errors: "" })));
  const store = openSqliteStore(directory);
  const finished = Object.assign({}, ...told.map(({ output }) => JSON.parse(output) as object)) as Record<string, number>;
  const heads = Object.fromEntries(store.runs(undefined, { limit: 1000 }).map(({ id }) => [id, store.latest(id)?.frontier.superstep]));
  expect(heads).toEqual(finished);
  expect(Object.keys(finished)).toHaveLength(3 * 26);
  expect(store.verify()).toEqual([]);
  for (const [run, supersteps] of Object.entries(finished))
    expect(store.trace(run).filter(({ type }) => type === "superstep-finished")).toHaveLength(supersteps);
  store.close();
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function outputOf(program: string, name: string, count: number): Promise<Ended> {
  const child = spawn(process.execPath, [program, directory, name, String(count)], { stdio: ["ignore", "pipe", "pipe"] });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, output, errors: errors.replace(/^.*ExperimentalWarning.*\n(?:.*--trace-warnings.*\n)?/m, "") }),
    );
  });
}

describe("a file that is broken", () => {
  const text = (): Buffer => readFileSync(join(directory, "patchbay.db"));
  const cases: readonly (readonly [string, () => Buffer])[] = [
    ["half written", () => text().subarray(0, text().length / 2)],
    ["cut in its first page", () => text().subarray(0, 1000)],
    ["with another page in its middle", () => Buffer.concat([text().subarray(0, 4096), Buffer.alloc(8192, 7), text().subarray(12_288)])],
    ["with a broken header", () => Buffer.concat([Buffer.alloc(100, 3), text().subarray(100)])],
  ];
  it.each(cases)("%s is a clear error", (_name, broken) => {
    damaged("").close();
    writeFileSync(join(directory, "patchbay.db"), broken());
    const error = refusal(() => {
      const store = openSqliteStore(directory);
      try {
        store.verify();
        store.list("run");
        store.load("c1");
        store.trace("run");
        store.document("r1");
        store.results("run", "c3");
      } finally {
        store.close();
      }
    });
    expect(error.code).toBe("CORRUPTED");
    expect(error.message).toMatch(/damaged|not a database/);
  });

  it("empty is a new store", () => {
    mkdirSync(directory);
    writeFileSync(join(directory, "patchbay.db"), "");
    const store = openSqliteStore(directory);
    expect([store.runs(), store.verify()]).toEqual([[], []]);
    store.close();
  });
});

/** Starts the program, kills it once it has printed `lines` lines, and returns all whole lines that it printed. */
function saveUntilKilled(program: string, run: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, directory, run], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > lines) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(output.split("\n").slice(0, -1)));
  });
}
