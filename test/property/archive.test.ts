import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportRun } from "../../runtime/checkpoint/archive/export-run.js";
import { importRun } from "../../runtime/checkpoint/archive/import-run.js";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../runtime/errors.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { base, delta, events, result } from "../conformance/make-checkpoint.js";
import { readableRun } from "../support/readable-run.js";

/** One move in the life of a run and of those inside it; numbers choose among what there is. */
type Move =
  | { readonly type: "save"; readonly run: number; readonly base: boolean; readonly events: number; readonly large: boolean }
  | { readonly type: "restore" | "prune" | "delete"; readonly run: number; readonly at: number }
  | { readonly type: "append" | "keep"; readonly run: number; readonly at: number; readonly n: number }
  | { readonly type: "begin"; readonly run: number };

const small = fc.nat(5);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("save" as const), run: small, base: fc.boolean(), events: small, large: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constantFrom("restore" as const, "prune" as const, "delete" as const), run: small, at: small }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("append" as const, "keep" as const), run: small, at: small, n: small }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("begin" as const), run: small }) },
);

/** Lives a life in a store; what cannot be done there is left out. */
function live(store: CheckpointStore, moves: readonly Move[]): void {
  const runs = ["run"];
  let made = 0;
  store.createRun({ id: "run", graph: "g.patchbay.json", startedAt: 10, head: null });
  for (const each of moves) {
    const run = runs[each.run % runs.length] ?? "run";
    try {
      made += 1;
      act(store, run, each, made, runs);
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
    }
  }
}

function act(store: CheckpointStore, run: string, each: Move, made: number, runs: string[]): void {
  const head = store.run(run)?.head ?? null;
  const seq = store.lastSeq(run);
  const some = (at: number): string => {
    const list = store.list(run);
    return list[at % Math.max(1, list.length)]?.id ?? "none";
  };
  switch (each.type) {
    case "save": {
      const id = `c${made}`;
      const inside = store.nested(run).filter((inner) => inner.head !== null);
      const nested = inside.map((inner) => ({ task: "t1", run: inner.id, checkpoint: inner.head ?? "" }));
      const revision = `r${made % 3}`;
      store.saveDocument(revision, `{ "n": ${made % 3} }`, made % 3 === 0 ? {} : { "./a.ts": { version: "1", commands: false } });
      const more = { revision, frontier: { ...base(run, id, head).frontier, ...(nested.length > 0 && made % 2 === 0 ? { nested } : {}) } };
      const values = each.large ? { text: "x".repeat(70_000) } : { n: made };
      const checkpoint = each.base || head === null ? base(run, id, head, values, more) : delta(run, id, head, more);
      return void store.save(checkpoint, each.events === 0 ? [] : events(seq + 1, seq + each.events));
    }
    case "restore":
      return store.moveHead(run, some(each.at), events(seq + 1));
    case "prune":
      return void store.prune(run, each.at);
    case "delete":
      return store.delete(some(each.at));
    case "append":
      return store.appendTrace(run, some(each.at), events(seq + 1, seq + each.n));
    case "keep":
      return store.saveResult(run, some(each.at), result(`t${each.n}`, made));
    case "begin": {
      const id = `i${made}`;
      const slot = made % 2 === 0 ? {} : { slot: String(made) };
      store.createRun({ id, graph: "inner", startedAt: made, head: null, parent: { run, task: "t1", since: head ?? "none", ...slot } });
      runs.push(id);
    }
  }
}

const linesOf = (store: CheckpointStore, run = "run") => [...exportRun(store, run)].map((line) => line.slice(0, -1));
const recordsOf = (store: CheckpointStore) =>
  linesOf(store)
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
const counting = () => {
  let last = 0;
  return { next: () => `n${String((last += 1)).padStart(4, "0")}` };
};

describe("a run in a file", () => {
  let directory: string;
  let sqlite: CheckpointStore;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "patchbay-archive-"));
    sqlite = openSqliteStore(directory);
  });
  afterAll(() => {
    sqlite.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const fresh = { memory: () => new MemoryStore(), sqlite: () => (sqlite.run("run") === undefined || sqlite.deleteRun("run"), sqlite) };
  const pairs = fc.constantFrom(["memory", "memory"] as const, ["memory", "sqlite"] as const, ["sqlite", "memory"] as const);
  const moves = fc.array(move, { minLength: 1, maxLength: 40 });

  test("is the same run in another store: everything that can be read is as it was", () => {
    fc.assert(
      fc.property(pairs, moves, ([from, to], life) => {
        const source = fresh[from]();
        live(source, life);
        const target = fresh[to]();
        importRun(target, linesOf(source), { ids: counting() });
        expect(readableRun(target, "run")).toEqual(readableRun(source, "run"));
        expect(target.verify()).toEqual([]);
        expect(recordsOf(target)).toEqual(recordsOf(source));
      }),
      { numRuns: 300 },
    );
  });

  test("under another name is the same but for the names, beside the first", () => {
    fc.assert(
      fc.property(moves, (life) => {
        const store = new MemoryStore();
        live(store, life);
        const before = readableRun(store, "run");
        importRun(store, linesOf(store), { as: "copy", ids: counting() });
        expect(readableRun(store, "run")).toEqual(before);
        // Names in the order in which they are met: the same in both, if they stand for the same.
        expect(namesInOrder(readableRun(store, "copy"))).toEqual(namesInOrder(before));
        expect(store.verify()).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("that was damaged anywhere is refused, and leaves the store as it was", () => {
    fc.assert(
      fc.property(moves, fc.nat(), fc.nat(), fc.constantFrom("cut", "change", "drop", "swap"), (life, line, at, how) => {
        const source = new MemoryStore();
        live(source, life);
        const whole = linesOf(source);
        const broken = damage(whole, line % whole.length, at, how);
        fc.pre(broken.join("\n") !== whole.join("\n"));
        const target = fresh.sqlite();
        target.createRun({ id: "run", graph: "other", startedAt: 1, head: null });
        const as = { as: "copy", ids: counting() };
        expect(codeOf(() => importRun(target, broken, as))).toMatch(/^ARCHIVE_|^STORE$|^CORRUPTED$/);
        expect([target.runs().map(({ id }) => id), target.verify()]).toEqual([["run"], []]);
      }),
      { numRuns: 300 },
    );
  });
});

function namesInOrder(value: unknown): string {
  const names = new Map<string, string>();
  return JSON.stringify(value).replaceAll(/"(run|copy|[cin]\d+)"(?!:)/g, (name) => {
    if (!names.has(name)) names.set(name, `"name ${names.size}"`);
    return names.get(name) ?? "";
  });
}

function damage(lines: readonly string[], line: number, at: number, how: string): string[] {
  const broken = [...lines];
  const text = broken[line] ?? "";
  const place = at % Math.max(1, text.length);
  if (how === "cut") return broken.slice(0, line);
  if (how === "drop") broken.splice(line, 1);
  else if (how === "swap") [broken[line], broken[line - 1]] = [broken[line - 1] ?? "", text];
  else broken[line] = `${text.slice(0, place)}${text[place] === "1" ? "2" : "1"}${text.slice(place + 1)}`;
  return broken;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    return thrown instanceof PatchbayError ? thrown.code : String(thrown);
  }
  return "nothing";
}
