import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { type ErrorCode, PatchbayError } from "../../runtime/errors.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { base, delta, events, result } from "./make-checkpoint.js";

const stores: Readonly<Record<string, (directory: string) => CheckpointStore>> = {
  memory: () => new MemoryStore(),
  sqlite: (directory) => openSqliteStore(directory),
};

describe.each(Object.entries(stores))("a %s store", (_, open) => {
  let directory: string;
  let store: CheckpointStore;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "patchbay-store-"));
    store = open(directory);
    store.createRun({ id: "run", graph: "g.patchbay.json", startedAt: 10, head: null });
  });
  afterEach(() => {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Runs the action and expects the code; returns the error for a look at its details. */
  function refuses(code: ErrorCode, action: () => unknown): PatchbayError {
    try {
      action();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(PatchbayError);
      const error = thrown as PatchbayError;
      expect(`${error.code} ${error.message}`).toContain(`${code} `);
      return error;
    }
    throw new Error(`expected ${code}`);
  }

  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const seqs = (checkpoint?: string) => store.trace("run", checkpoint).map(({ seq }) => seq);

  /** c1 (base) - c2 - c3 (base) - c4, and b2 - b3 on c1; the head ends at b3. */
  function saveBranches(): void {
    store.save(base("run", "c1", null), events(1, 2));
    store.save(delta("run", "c2", "c1"), events(3));
    store.save(base("run", "c3", "c2"), events(4));
    store.save(delta("run", "c4", "c3"), events(5));
    store.moveHead("run", "c1", events(6));
    store.save(delta("run", "b2", "c1"), events(7));
    store.save(delta("run", "b3", "b2"), events(8));
  }

  describe("runs", () => {
    it("keeps a run and moves its head with each save", () => {
      expect(store.run("run")).toEqual({ id: "run", graph: "g.patchbay.json", startedAt: 10, head: null });
      expect(store.latest("run")).toBeUndefined();
      store.save(base("run", "c1", null), []);
      expect(store.run("run")?.head).toBe("c1");
    });

    it("knows no run that was not created", () => {
      expect(store.run("other")).toBeUndefined();
      for (const action of [
        () => store.latest("other"),
        () => store.list("other"),
        () => store.trace("other"),
        () => store.prune("other", 1),
        () => store.verify("other"),
        () => store.lastSeq("other"),
        () => store.lastSuperstep("other"),
        () => store.list("other", { superstep: 1 }),
        () => store.runs(undefined, { after: "other" }),
      ]) {
        expect(refuses("NOT_FOUND", action).details).toEqual({ run: "other" });
      }
    });

    it("refuses a second run of one id", () => {
      refuses("STORE", () => store.createRun({ id: "run", graph: "h", startedAt: 11, head: null }));
      expect(store.run("run")?.graph).toBe("g.patchbay.json");
    });

    it("has a run with what its beginning takes, or not at all", () => {
      const begins = (id: string, parent?: { readonly run: string; readonly task: string; readonly since: string }) =>
        store.createRun({ id, graph: "g", startedAt: 11, head: null, ...(parent === undefined ? {} : { parent }) }, () => {
          store.save(base(id, `${id}1`, null), events(1));
          if (id === "bad") store.save(base(id, "bad2", "none"), []);
        });
      begins("good");
      refuses("NOT_FOUND", () => begins("bad"));
      refuses("NOT_FOUND", () => begins("bad", { run: "good", task: "1/a", since: "good1" }));
      refuses("NOT_FOUND", () => store.load("bad1"));
      expect([ids(store.runs()), store.run("good")?.head, store.nested("good")]).toEqual([["good", "run"], "good1", []]);
      expect([store.nested("good", "good1"), store.verify()]).toEqual([[], []]);
      store.createRun({ id: "bad", graph: "g", startedAt: 11, head: null }); // nothing of it is in the way
    });

    it("lists runs newest first, by graph, in pages", () => {
      for (const id of ["r2", "r3", "r4"])
        store.createRun({ id, graph: id === "r3" ? "other" : "g.patchbay.json", startedAt: 20, head: null });
      expect(ids(store.runs())).toEqual(["r4", "r3", "r2", "run"]);
      expect(ids(store.runs("g.patchbay.json"))).toEqual(["r4", "r2", "run"]);
      expect(ids(store.runs("g.patchbay.json", { limit: 2 }))).toEqual(["r4", "r2"]);
      expect(ids(store.runs("g.patchbay.json", { limit: 2, after: "r2" }))).toEqual(["run"]);
      expect(ids(store.runs("none"))).toEqual([]);
    });
  });

  describe("checkpoints", () => {
    it.each([
      ["a base", base("run", "c1", null, { n: 1, ключ: { deep: [1, null, "x", -0.5, 1e300] } })],
      [
        "an asked one",
        base(
          "run",
          "c1",
          null,
          {},
          {
            trigger: "asked",
            traceSeq: 7,
            frontier: {
              ...base("run", "c1", null).frontier,
              open: true,
              results: [result("t0", 3)],
              questions: [{ key: "q", node: "b", task: "t2", prompt: "Sure?", actions: ["yes"], schema: { type: "object" } }],
            },
          },
        ),
      ],
    ])("loads %s exactly as it was saved", (_name, checkpoint) => {
      store.save(checkpoint, []);
      expect(store.load("c1")).toEqual(checkpoint);
      expect(store.latest("run")).toEqual(checkpoint);
      expect(store.load("c1")).not.toBe(store.load("c1"));
    });

    it("loads a delta exactly as it was saved", () => {
      saveBranches();
      expect(store.load("c2")).toEqual(delta("run", "c2", "c1"));
    });

    it("tells the size it reported in its summary", () => {
      const checkpoint = base("run", "c1", null, { text: "é".repeat(100) });
      const bytes = store.save(checkpoint, []);
      expect(bytes).toBeGreaterThan(200);
      const { id, run, parent, trigger, at, revision, traceSeq } = checkpoint;
      expect(store.list("run")).toEqual([
        { id, run, parent, trigger, at, revision, traceSeq, superstep: 1, status: "running", due: ["a"], questions: 0, bytes },
      ]);
    });

    it("tells a size that grows with what is saved", () => {
      const small = store.save(base("run", "c1", null), []);
      const text = "é".repeat(5000);
      expect(store.save(base("run", "c2", "c1", { text }), []) - small).toBeGreaterThan(text.length);
      const next = store.save(delta("run", "c3", "c2"), []);
      expect(store.save(delta("run", "c4", "c3", { channels: { delta: [{ node: "a", writes: { text } }] } }), []) - next).toBeGreaterThan(
        text.length / 2,
      );
    });

    it("lists newest first, in pages, over all branches", () => {
      saveBranches();
      expect(ids(store.list("run"))).toEqual(["b3", "b2", "c4", "c3", "c2", "c1"]);
      expect(ids(store.list("run", { limit: 2 }))).toEqual(["b3", "b2"]);
      expect(ids(store.list("run", { limit: 3, after: "b2" }))).toEqual(["c4", "c3", "c2"]);
      expect(ids(store.list("run", { after: "c1" }))).toEqual([]);
      expect(ids(store.list("run", { limit: 0 }))).toEqual([]);
    });

    it("returns at most 100 where no limit is given", () => {
      store.save(base("run", "n0", null), []);
      for (let n = 1; n <= 120; n += 1) store.save(delta("run", `n${n}`, `n${n - 1}`), []);
      expect(store.list("run")).toHaveLength(100);
      expect(store.lineage("n120")).toHaveLength(121);
    });

    it("lists those of one superstep, on all branches, finished or open", () => {
      /** Saves a checkpoint in a superstep: finished, or open. */
      const at = (id: string, parent: string, superstep: number, isOpen = false) => {
        const { frontier } = base("run", id, null);
        store.save(
          delta("run", id, parent, { frontier: { ...frontier, open: isOpen, superstep: isOpen ? superstep - 1 : superstep } }),
          [],
        );
      };
      expect(store.lastSuperstep("run")).toBe(-1);
      store.save(base("run", "a0", null, {}, { frontier: { ...base("run", "a0", null).frontier, superstep: 0 } }), []);
      for (let n = 1; n <= 40; n += 1) at(`a${n}`, `a${n - 1}`, Math.ceil(n / 2), n % 2 === 1);
      store.moveHead("run", "a10", []);
      for (let n = 6; n <= 9; n += 1) at(`b${n}`, n === 6 ? "a10" : `b${n - 1}`, n);
      const inIt = (superstep: number, more: object = {}) => ids(store.list("run", { superstep, ...more }));
      expect([0, 5, 6, 20, 21].map((superstep) => inIt(superstep))).toEqual([
        ["a0"],
        ["a10", "a9"],
        ["b6", "a12", "a11"],
        ["a40", "a39"],
        [],
      ]);
      expect([inIt(6, { limit: 2 }), inIt(6, { after: "b6" }), inIt(6, { after: "a12" }), inIt(6, { after: "b9" })]).toEqual([
        ["b6", "a12"],
        ["a12", "a11"],
        ["a11"],
        ["b6", "a12", "a11"],
      ]);
      expect(store.lastSuperstep("run")).toBe(20);
      store.prune("run", 1);
      expect([inIt(6), inIt(20), store.lastSuperstep("run")]).toEqual([["b6"], [], 9]);
      expect(inIt(6, { after: "b8" })).toEqual(["b6"]);
    });

    it("goes on after one that was deleted meanwhile", () => {
      saveBranches();
      store.delete("c4");
      expect(ids(store.list("run", { after: "c4" }))).toEqual(["c3", "c2", "c1"]);
    });

    it("follows the lineage of each branch", () => {
      saveBranches();
      expect(ids(store.lineage("c4"))).toEqual(["c4", "c3", "c2", "c1"]);
      expect(ids(store.lineage("b3"))).toEqual(["b3", "b2", "c1"]);
      expect(store.lineage("b3").map(({ parent }) => parent)).toEqual(["b2", "c1", null]);
    });

    it("names what it does not have", () => {
      store.createRun({ id: "other", graph: "g", startedAt: 1, head: null });
      store.save(base("other", "o1", null), []);
      for (const action of [
        () => store.load("x"),
        () => store.lineage("x"),
        () => store.delete("x"),
        () => store.list("run", { after: "x" }),
        () => store.list("run", { superstep: 1, after: "x" }),
        () => store.moveHead("run", "x", []),
        () => store.appendTrace("run", "x", []),
        () => store.trace("run", "x"),
        () => store.saveResult("run", "x", result("t", 1)),
        () => store.results("run", "x"),
        () => store.save(delta("run", "y", "x"), []),
      ]) {
        expect(refuses("NOT_FOUND", action).details).toEqual({ checkpoint: "x" });
      }
      refuses("NOT_FOUND", () => store.save(base("nowhere", "y", null), []));
      expect(refuses("NOT_FOUND", () => store.moveHead("run", "o1", [])).details).toEqual({ checkpoint: "o1" });
    });

    it("refuses a delta without a parent, and a second checkpoint of one id", () => {
      refuses("STORE", () => store.save({ ...delta("run", "c1", "none"), parent: null }, []));
      store.save(base("run", "c1", null), []);
      refuses("STORE", () => store.save(base("run", "c1", null, { n: 9 }), []));
      expect(store.load("c1")).toEqual(base("run", "c1", null));
    });
  });

  describe("a save", () => {
    it("drops the pending results that it covers, and only those", () => {
      store.createRun({ id: "other", graph: "g", startedAt: 1, head: null });
      store.save(base("run", "c1", null), []);
      store.save(delta("run", "c2", "c1"), []);
      store.saveResult("run", "c1", result("t1", 1));
      store.saveResult("run", "c2", result("t1", 2));
      store.saveResult("other", "c2", result("t1", 3));
      store.save(delta("run", "c3", "c2"), []);
      expect(store.results("run", "c1")).toEqual([result("t1", 1)]);
      expect(store.results("run", "c2")).toEqual([]);
      expect(store.results("other", "c2")).toEqual([result("t1", 3)]);
    });

    it("is all or nothing", () => {
      store.save(base("run", "c1", null), events(1, 3));
      store.saveResult("run", "c1", result("t1", 1));
      refuses("RUN_ELSEWHERE", () => store.save(delta("run", "c2", "c1"), [...events(4), ...events(3)]));
      refuses("NOT_FOUND", () => store.load("c2"));
      expect(store.run("run")?.head).toBe("c1");
      expect(seqs()).toEqual([1, 2, 3]);
      expect(store.results("run", "c1")).toEqual([result("t1", 1)]);
      store.save(delta("run", "c2", "c1"), events(4)); // the store is still usable
      expect(store.run("run")?.head).toBe("c2");
    });
  });

  it("keeps results in the order they were saved, a repeated one as the newest", () => {
    store.save(base("run", "c1", null), []);
    for (const [task, n] of [
      ["t2", 1],
      ["t1", 2],
      ["t2", 3],
    ] as const)
      store.saveResult("run", "c1", result(task, n));
    expect(store.results("run", "c1")).toEqual([result("t1", 2), result("t2", 3)]);
  });

  describe("the trace", () => {
    it("is whole for the run and exact for each moment", () => {
      saveBranches();
      store.appendTrace("run", "b3", events(9));
      store.moveHead("run", "c2", events(10));
      expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(seqs("c1")).toEqual([1, 2, 6]);
      expect(seqs("c4")).toEqual([1, 2, 3, 4, 5, 6, 10]);
      expect(seqs("b3")).toEqual([1, 2, 6, 7, 8, 9]);
      expect(store.trace("run", "c1")[0]).toEqual(events(1)[0]);
      expect(store.run("run")?.head).toBe("c2");
    });

    it("has what was saved with a checkpoint, and nothing else", () => {
      saveBranches();
      store.appendTrace("run", "b3", events(9));
      expect([store.eventsOf("c1"), store.eventsOf("b3")]).toEqual([events(1, 2), events(8)]);
      store.save(base("run", "b4", "b3"), []);
      expect(store.eventsOf("b4")).toEqual([]);
      refuses("NOT_FOUND", () => store.eventsOf("none"));
    });

    it("goes on counting after a restore, and refuses a number twice", () => {
      expect(store.lastSeq("run")).toBe(0);
      saveBranches();
      expect(store.lastSeq("run")).toBe(8);
      refuses("RUN_ELSEWHERE", () => store.appendTrace("run", "b3", events(8)));
      refuses("RUN_ELSEWHERE", () => store.moveHead("run", "c1", events(5)));
      expect(store.run("run")?.head).toBe("b3");
      expect(seqs()).toHaveLength(8);
    });

    it("refuses a number below the last, also one that is free", () => {
      store.save(base("run", "c1", null), [...events(1), ...events(5)]);
      for (const late of [events(3), [...events(6), ...events(6)]]) {
        expect(refuses("RUN_ELSEWHERE", () => store.appendTrace("run", "c1", late)).details).toEqual({ run: "run" });
      }
      expect(seqs()).toEqual([1, 5]);
    });
  });

  describe("deleting", () => {
    it("refuses what something depends on, and names it", () => {
      saveBranches();
      expect(refuses("STORE", () => store.delete("c3")).details).toEqual({ checkpoint: "c3", dependant: "c4" });
      expect(refuses("STORE", () => store.delete("b3")).details).toEqual({ checkpoint: "b3", dependant: "run" });
      store.delete("c4");
      store.delete("c3");
      refuses("NOT_FOUND", () => store.load("c3"));
      expect(ids(store.list("run"))).toEqual(["b3", "b2", "c2", "c1"]);
    });

    it("lets go of what only a base builds on, and keeps the trace that led there", () => {
      saveBranches();
      store.saveResult("run", "c2", result("t", 1));
      store.delete("c2");
      expect(ids(store.lineage("c4"))).toEqual(["c4", "c3", "c1"]);
      expect(seqs("c4")).toEqual([1, 2, 3, 4, 5, 6]);
      expect(seqs("c2")).toEqual([1, 2, 3, 6]);
      expect(store.load("c3").parent).toBe("c2");
      expect(store.verify()).toEqual([]);
    });

    it.each([
      [0, ["b3", "b2", "c1"], 3], // the head and the chain below it
      [1, ["b3", "b2", "c1"], 3],
      [3, ["b3", "b2", "c4", "c3", "c1"], 1], // c4 needs c3, which is a base
      [5, ["b3", "b2", "c4", "c3", "c2", "c1"], 0],
      [-1, ["b3", "b2", "c1"], 3],
      [99, ["b3", "b2", "c4", "c3", "c2", "c1"], 0],
    ])("prunes to the newest %i and what they need", (keep, left, deleted) => {
      saveBranches();
      expect(store.prune("run", keep)).toBe(deleted);
      expect(ids(store.list("run"))).toEqual(left);
      for (const id of left) expect(store.load(id).id).toBe(id);
      expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(store.verify()).toEqual([]);
      expect(store.prune("run", keep)).toBe(0);
    });

    it.each([
      [["c4"], ["b3", "b2", "c4", "c3", "c1"], 1],
      [["c2", "none"], ["b3", "b2", "c2", "c1"], 2],
    ])("spares %j and what they need", (spared, left, deleted) => {
      saveBranches();
      expect(store.prune("run", 1, { spared })).toBe(deleted);
      expect([ids(store.list("run")), store.verify()]).toEqual([left, []]);
    });

    it("prunes in pieces, and what is left is whole after each", () => {
      store.save(base("run", "c1", null), []);
      for (let no = 2; no <= 9; no += 1) store.save(no === 6 ? base("run", "c6", "c5") : delta("run", `c${no}`, `c${no - 1}`), []);
      store.save(base("run", "c10", "c9"), []);
      const left: number[] = [];
      for (let deleted = 2; deleted === 2; left.push(store.list("run").length)) {
        deleted = store.prune("run", 1, { most: 2 });
        for (const { id } of store.list("run")) expect(store.load(id).id).toBe(id);
        expect(store.verify()).toEqual([]);
      }
      expect(left).toEqual([8, 6, 4, 2, 1]);
    });

    it("tells the runs that build on another, themselves or inside their tasks", () => {
      saveBranches();
      store.createRun({ id: "fork", graph: "g", startedAt: 1, head: null });
      store.save(delta("fork", "f1", "c4"), []);
      store.createRun({ id: "outer", graph: "g", startedAt: 1, head: null });
      store.save(base("outer", "o1", null), []);
      store.createRun({ id: "in", graph: "i", startedAt: 2, head: null, parent: { run: "outer", task: "t", since: "o1" } });
      store.save(base("in", "i1", "c2"), []);
      store.save(base("in", "i2", "i1"), []);
      expect([store.builtOn("run"), store.builtOn("fork"), store.builtOn("outer")]).toEqual([["fork", "outer"], [], []]);
      refuses("NOT_FOUND", () => store.builtOn("none"));
    });

    it("keeps a restored head however old it is", () => {
      saveBranches();
      store.moveHead("run", "c2", []);
      store.prune("run", 1);
      expect(ids(store.list("run"))).toEqual(["b3", "b2", "c2", "c1"]);
    });

    it("keeps what another run was forked from", () => {
      saveBranches();
      store.createRun({ id: "fork", graph: "g", startedAt: 1, head: null });
      store.save(delta("fork", "f1", "c4"), []);
      store.save(base("fork", "f2", "f1"), []);
      expect(store.prune("run", 1)).toBe(1);
      expect(ids(store.list("run"))).toEqual(["b3", "b2", "c4", "c3", "c1"]);
      expect(ids(store.lineage("f2"))).toEqual(["f2", "f1", "c4", "c3", "c1"]);
    });
  });

  describe("the history of a channel", () => {
    const shown = (id: string, channel = "n", page?: { readonly limit?: number; readonly after?: string }) =>
      store.channelHistory(id, channel, page).map((each) => {
        if ("lost" in each) return `${each.checkpoint} lost`;
        const { checkpoint, supersteps, base: known, anew } = each;
        const writes = supersteps.flatMap(({ superstep, writes: all }) =>
          all.map(({ node, task, write }) => `${superstep}${task === undefined ? "" : `=${task}`}:${node}=${JSON.stringify(write)}`),
        );
        return [checkpoint, ...writes, ...(known === undefined ? [] : [`is ${known.reducer} ${JSON.stringify(known.value)}`]), anew ?? []]
          .flat()
          .join(" ");
      });
    const at = (superstep: number) => ({ frontier: { ...base("run", "c", null).frontier, superstep, routed: [] } });
    const writing = (channel: string, value: number, more: object = {}) => ({
      channels: { delta: [{ node: "a", writes: { [channel]: value } }], ...more },
    });
    const whole = (values: JsonObject) => ({ base: { values, reducers: { n: "last", m: "last" } } });

    it("has what wrote it, newest first, and the first of all", () => {
      store.save(base("run", "c1", null, { n: 1 }, { ...at(0) }), events(1));
      store.save(delta("run", "c2", "c1", { ...at(1), ...writing("m", 5) }), events(2));
      store.save(delta("run", "c3", "c2", { ...at(2), ...writing("n", 2) }), []);
      store.save(delta("run", "c4", "c3", { ...at(2), channels: { delta: [] } }), []);
      store.save(base("run", "c5", "c4", {}, { ...at(2), ...writing("n", 2, whole({ n: 2, m: 5 })) }), []);
      store.save(delta("run", "c6", "c5", { ...at(3), ...writing("m", 6) }), []);
      expect(shown("c6")).toEqual(["c3 2:a=2", "c1 0:z=1 is last 1 first"]);
      expect(shown("c6", "m")).toEqual(["c6 3:a=6", "c2 1:a=5", "c1 is undefined undefined first"]);
      expect([shown("c2"), shown("c3", "m", { limit: 1 }), shown("c6", "n", { after: "c3" })]).toEqual([
        ["c1 0:z=1 is last 1 first"],
        ["c2 1:a=5"],
        ["c1 0:z=1 is last 1 first"],
      ]);
      expect([shown("c6", "n", { after: "c1" }), shown("c6", "n", { limit: 0 })]).toEqual([[], []]);
      refuses("NOT_FOUND", () => store.channelHistory("none", "n"));
    });

    it("has every superstep of a checkpoint that came after several, and the tasks of the last", () => {
      store.save(base("run", "c1", null, { n: 1 }, { ...at(0) }), []);
      const frontier = { ...base("run", "c", null).frontier, superstep: 4, routed: [{ task: "4/a", node: "a" }] };
      const gone = { node: "@start", writes: {}, cleared: ["m"] };
      const earlier = [2, 3].map((superstep) => ({ superstep, delta: [{ node: "b", writes: { n: superstep } }] }));
      store.save(delta("run", "c2", "c1", { frontier, channels: { delta: [gone, { node: "a", writes: { n: 4 } }], earlier } }), []);
      expect(shown("c2")[0]).toBe("c2 2:b=2 3:b=3 4=4/a:a=4");
      expect(store.channelHistory("c2", "m")[0]).toMatchObject({
        supersteps: [{ superstep: 4, writes: [{ node: "@start", cleared: true }] }],
      });
    });

    it("has what was given: edits, migrations, other graphs", () => {
      store.save(base("run", "c1", null, { n: 1 }, { ...at(0) }), []);
      const edited = { ...at(0), ...writing("n", 1, whole({ n: 9, m: 8 })), trigger: "edited" } as const;
      store.save(base("run", "c2", "c1", {}, edited), []);
      store.save(base("run", "c3", "c2", {}, { ...at(0), ...writing("n", 1, whole({ n: 9, m: 8 })), revision: "r2" }), []);
      expect(shown("c3")).toEqual(["c3 is last 9 graph", "c2 is last 9 given", "c1 0:z=1 is last 1 first"]);
      expect(shown("c3", "x")).toEqual(["c3 is undefined undefined graph", "c1 is undefined undefined first"]);
    });

    it("ends where contents were deleted", () => {
      saveBranches();
      store.delete("c2");
      expect(shown("c4")).toEqual(["c4 1:a=2", "c3 1=t0:z=1 is last 1 cut", "c2 lost"]);
      expect(shown("c4", "other")).toEqual(["c3 is undefined undefined cut", "c2 lost"]);
      expect(shown("b3")).toHaveLength(3);
    });

    it("has large values of the channel", () => {
      const text = "large ".repeat(50_000);
      store.save(base("run", "c1", null, { n: 1, text }, { ...at(0), ...writing("n", 1, whole({ n: text })) }), []);
      store.save(delta("run", "c2", "c1", { ...at(1), channels: { delta: [{ node: "a", writes: { n: text, m: text } }] } }), []);
      const [second, first] = store.channelHistory("c2", "n");
      expect(second).toMatchObject({ supersteps: [{ writes: [{ write: text }] }] });
      expect(first).toMatchObject({ base: { value: text, reducer: "last" } });
    });
  });

  describe("runs inside tasks", () => {
    const inner = (id: string, since: string, slot?: string) => ({
      id,
      graph: "inner",
      startedAt: 20,
      head: null,
      parent: { run: "run", task: "t1", since, ...(slot === undefined ? {} : { slot }) },
    });
    const around = (id: string, parent: string, nested: readonly { readonly run: string; readonly checkpoint: string }[]) =>
      delta("run", id, parent, {
        frontier: { ...base("run", "c1", null).frontier, nested: nested.map((each) => ({ task: "t1", ...each })) },
      });

    it("are found by the run around them, and are not listed beside it", () => {
      store.save(base("run", "c1", null), []);
      store.createRun(inner("i1", "c1"));
      store.createRun(inner("i2", "c1", "7"));
      expect(ids(store.runs())).toEqual(["run"]);
      expect(ids(store.runs("inner"))).toEqual([]);
      expect(store.nested("run")).toEqual([inner("i1", "c1"), inner("i2", "c1", "7")]);
      expect(store.run("i2")).toEqual(inner("i2", "c1", "7"));
      refuses("NOT_FOUND", () => store.createRun({ ...inner("i3", "c1"), parent: { run: "none", task: "t", since: "c1" } }));
      refuses("NOT_FOUND", () => store.createRun(inner("i4", "none")));
    });

    it("count as begun since a checkpoint until the next one covers them", () => {
      store.save(base("run", "c1", null), []);
      store.createRun(inner("i1", "c1"));
      expect(ids(store.nested("run", "c1"))).toEqual(["i1"]);
      store.save(delta("run", "c2", "c1"), []);
      expect([ids(store.nested("run", "c1")), ids(store.nested("run"))]).toEqual([[], ["i1"]]);
      store.moveHead("run", "c1", []);
      store.createRun(inner("i2", "c1"));
      expect(ids(store.nested("run", "c1"))).toEqual(["i2"]);
    });

    it("keep what an open task of the run around stands at, and are pruned with it", () => {
      store.save(base("run", "c1", null), []);
      store.createRun(inner("i", "c1"));
      store.save(base("i", "i1", null), []);
      store.save(base("i", "i2", "i1"), []);
      store.save(base("i", "i3", "i2"), []);
      store.save(around("c2", "c1", [{ run: "i", checkpoint: "i2" }]), []);
      expect(refuses("STORE", () => store.delete("i2")).details).toMatchObject({ dependant: "c2" });
      expect(store.prune("run", 1)).toBe(1); // of the outer run nothing: a delta needs its base
      expect(ids(store.list("i"))).toEqual(["i3", "i2"]);
      store.save(base("run", "c3", "c2"), []);
      expect(store.prune("run", 1)).toBe(3);
      expect([ids(store.list("run")), ids(store.list("i"))]).toEqual([["c3"], ["i3"]]);
    });
  });

  describe("whole runs", () => {
    const innerRun = (id: string, run: string, since: string) => ({
      id,
      graph: "i",
      startedAt: 2,
      head: null,
      parent: { run, task: "t", since },
    });
    const entries = (page?: { readonly limit?: number; readonly after?: number }) =>
      store.traceEntries("run", page).map(({ checkpoint, event }) => `${event.seq} ${checkpoint}`);

    it("show every checkpoint that they ever had, and what it was made from", () => {
      saveBranches();
      store.delete("c4");
      store.delete("c3");
      const places = store.tree("run").map(({ id, parent, gone }) => `${id}<${parent}${gone ? " gone" : ""}`);
      expect(places).toEqual(["c1<null", "c2<c1", "c3<c2 gone", "c4<c3 gone", "b2<c1", "b3<b2"]);
      refuses("NOT_FOUND", () => store.tree("none"));
    });

    it("give their trace in pages, with what each event belongs to, deleted checkpoints included", () => {
      saveBranches();
      store.delete("c4");
      expect(entries()).toEqual(["1 c1", "2 c1", "3 c2", "4 c3", "5 c4", "6 c1", "7 b2", "8 b3"]);
      expect(entries({ limit: 3 })).toEqual(["1 c1", "2 c1", "3 c2"]);
      expect(entries({ limit: 2, after: 1 })).toEqual(["2 c1", "3 c2"]);
      expect([entries({ after: 8 }), entries({ limit: 0 })]).toEqual([[], []]);
      store.appendTrace("run", "b3", events(9, 1500));
      expect(entries()).toHaveLength(1000);
      expect(store.traceEntries("run", { after: 1499 }).map(({ event }) => event)).toMatchObject([{ seq: 1500, message: "event 1500" }]);
      refuses("NOT_FOUND", () => store.traceEntries("none"));
    });

    it("are deleted with the runs inside them, and leave the others as they were", () => {
      saveBranches();
      store.saveResult("run", "b3", result("t", 1));
      store.createRun(innerRun("inner", "run", "c1"));
      store.save(base("inner", "i1", null), events(1));
      store.createRun(innerRun("innermost", "inner", "i1"));
      store.save(base("innermost", "m1", null), []);
      store.createRun({ id: "other", graph: "g", startedAt: 1, head: null });
      const text = "x".repeat(200_000);
      store.save(base("other", "o1", null, { text }), events(1, 3));
      refuses("STORE", () => store.deleteRun("inner"));
      store.deleteRun("run");
      expect([ids(store.runs()), store.run("inner"), store.run("innermost")]).toEqual([["other"], undefined, undefined]);
      for (const id of ["c1", "b3", "i1", "m1"]) refuses("NOT_FOUND", () => store.load(id));
      refuses("NOT_FOUND", () => store.deleteRun("run"));
      expect([store.load("o1"), store.lastSeq("other"), store.verify()]).toEqual([base("other", "o1", null, { text }), 3, []]);
      // Nothing of it is in the way of another of the same names.
      store.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
      store.save(base("run", "c1", null), events(1));
      expect([store.results("run", "c1"), store.nested("run"), seqs()]).toEqual([[], [], [1]]);
    });

    it("are kept where another run builds on them, also by what was deleted since", () => {
      saveBranches();
      store.createRun({ id: "fork", graph: "g", startedAt: 1, head: null });
      store.save(delta("fork", "f1", "c4"), []);
      expect(refuses("STORE", () => store.deleteRun("run")).details).toEqual({ run: "run", dependant: "fork" });
      store.save(base("fork", "f2", "f1"), []);
      store.delete("f1");
      refuses("STORE", () => store.deleteRun("run"));
      store.deleteRun("fork");
      store.deleteRun("run");
      expect(store.runs()).toEqual([]);
    });

    it("have a size that grows with what they hold, and with the runs inside them", () => {
      store.createRun({ id: "other", graph: "g", startedAt: 1, head: null });
      const sizes = () => Object.fromEntries(store.sizes().map(({ run, checkpoints, bytes }) => [run, { checkpoints, bytes }]));
      const grows = (checkpoints: number, by: number, change: () => unknown) => {
        const before = sizes();
        change();
        expect(sizes()["other"]).toEqual(before["other"]);
        expect(sizes()["run"]?.checkpoints).toBe(checkpoints);
        expect(sizes()["run"]?.bytes).toBeGreaterThan((before["run"]?.bytes ?? 0) + by);
      };
      expect(store.sizes()).toEqual([
        { run: "run", checkpoints: 0, bytes: 0 },
        { run: "other", checkpoints: 0, bytes: 0 },
      ]);
      grows(1, 5000, () => store.save(base("run", "c1", null, { text: "x".repeat(5000) }), []));
      grows(2, 50, () => store.save(delta("run", "c2", "c1"), []));
      grows(2, 500, () => store.appendTrace("run", "c2", events(1, 20)));
      grows(2, 10, () => store.saveResult("run", "c2", result("t", 1)));
      grows(3, 500, () => {
        store.createRun(innerRun("inner", "run", "c1"));
        store.save(base("inner", "i1", null, { text: "y".repeat(500) }), []);
      });
      store.save(base("run", "c3", "c2"), []);
      const before = sizes()["run"]?.bytes ?? 0;
      store.prune("run", 1);
      expect(sizes()["run"]?.checkpoints).toBe(2);
      expect(sizes()["run"]?.bytes).toBeLessThan(before - 5000);
    });

    it("are all there after their room was given back", () => {
      saveBranches();
      store.prune("run", 1);
      store.reclaim();
      expect([ids(store.list("run")), store.verify()]).toEqual([["b3", "b2", "c1"], []]);
    });
  });

  it("gives what is read of one moment", () => {
    saveBranches();
    expect(store.atOnce(() => [store.load("c2"), store.latest("run")])).toEqual([store.load("c2"), store.load("b3")]);
    expect(store.atomically(() => store.atOnce(() => store.load("c2").id))).toBe("c2");
  });

  it("read at once what is there then, and nothing of what was read before", () => {
    saveBranches();
    const leaf = store.list("run")[0]?.id ?? "";
    const readAll = (to: string): readonly string[] => store.atOnce(() => store.lineage(to).map(({ id }) => store.load(id).id));
    const before = readAll(leaf);
    store.save(base("run", "later", leaf), []);
    store.delete(leaf);
    expect(readAll("later")).toEqual(["later", ...before.slice(1)]);
    refuses("NOT_FOUND", () => store.atOnce(() => store.load(leaf)));
  });

  describe("several calls as one", () => {
    it("are done, and give what they made", () => {
      expect(store.atomically(() => store.save(base("run", "c1", null), []))).toBe(store.list("run")[0]?.bytes);
    });

    it("are not done where one fails, whatever they were", () => {
      saveBranches();
      store.createRun({ id: "old", graph: "g", startedAt: 1, head: null });
      store.saveResult("run", "b3", result("t", 1));
      store.saveDocument("r1", "{}", {});
      store.saveCached({ key: "k", at: 0, expires: null, result: { n: 1 } });
      refuses("NOT_FOUND", () =>
        store.atomically(() => {
          store.save(delta("run", "b4", "b3"), events(9));
          store.delete("c4");
          store.deleteRun("old");
          store.createRun({ id: "new", graph: "g", startedAt: 1, head: null });
          store.saveDocument("r2", "{}", {});
          store.saveCached({ key: "k", at: 0, expires: null, result: { n: 2 } });
          store.atomically(() => store.moveHead("run", "c1", events(10)));
          store.load("none");
        }),
      );
      expect([store.run("run")?.head, ids(store.runs()), seqs().length]).toEqual(["b3", ["old", "run"], 8]);
      expect([store.load("c4").id, store.results("run", "b3"), store.document("r2")]).toEqual(["c4", [result("t", 1)], undefined]);
      expect([store.cached("k", 0), store.verify()]).toEqual([{ n: 1 }, []]);
      store.save(delta("run", "b4", "b3"), events(9)); // the store is still usable
    });

    it("go on without one that failed by itself and was caught", () => {
      store.atomically(() => {
        store.save(base("run", "c1", null), events(1));
        refuses("RUN_ELSEWHERE", () => store.save(delta("run", "c2", "c1"), [...events(2), ...events(1)]));
      });
      expect([ids(store.list("run")), seqs()]).toEqual([["c1"], [1]]);
    });
  });

  it("keeps the first text of a revision, with the files that its nodes ran", () => {
    const files = { "./b.ts": { version: "2", commands: true }, "./a.ts": { version: "1", commands: false } };
    store.saveDocument("r1", "{ }\n", files);
    store.saveDocument("r1", "{}", {});
    store.saveDocument("r2", "{}", {});
    expect(store.document("r1")).toEqual({ text: "{ }\n", files });
    expect(store.document("r2")).toEqual({ text: "{}", files: {} });
    expect(store.document("r3")).toBeUndefined();
  });

  describe("cached results", () => {
    const entry = (key: string, n: number, expires: number | null = null, at = 0) => ({ key, at, expires, result: { writes: { n } } });

    it("are found by their key, for any run, the newest of one key", () => {
      store.saveCached(entry("k", 1));
      store.saveCached(entry("k", 2));
      store.saveCached(entry("other", 3));
      expect(["k", "other", "none"].map((key) => store.cached(key, 1e15))).toEqual([{ writes: { n: 2 } }, { writes: { n: 3 } }, undefined]);
    });

    it("last until their time is over, and are gone then", () => {
      store.saveCached(entry("k", 1, 100));
      expect([99, 100].map((now) => store.cached("k", now))).toEqual([{ writes: { n: 1 } }, undefined]);
      store.saveCached(entry("later", 2, 300, 200)); // drops what ended before 200
      expect(store.cached("k", 99)).toBeUndefined();
    });

    it("are not those that their maker goes on changing", () => {
      const made = { writes: { list: [1] } };
      store.saveCached({ key: "k", at: 0, expires: null, result: made });
      made.writes.list.push(2);
      expect(store.cached("k", 0)).toEqual({ writes: { list: [1] } });
    });

    it("are the newest 10,000", () => {
      for (let n = 0; n <= 10_000; n += 1) store.saveCached(entry(`k${n}`, n));
      expect(["k0", "k1", "k10000"].map((key) => store.cached(key, 0)?.["writes"])).toEqual([undefined, { n: 1 }, { n: 10_000 }]);
    });
  });

  it("finds nothing wrong with what it keeps", () => {
    saveBranches();
    store.saveDocument("r1", "{}", { "./a.ts": { version: "1", commands: false } });
    store.saveDocument("r2", "{}", {});
    store.saveResult("run", "b3", result("t", 1));
    expect(store.verify()).toEqual([]);
    expect(store.verify("run")).toEqual([]);
  });

  it("says that it is closed, and may be closed twice", () => {
    store.close();
    store.close();
    for (const action of [
      () => store.run("run"),
      () => store.runs(),
      () => store.save(base("run", "c1", null), []),
      () => store.document("r"),
      () => store.cached("k", 0),
      () => store.verify(),
    ]) {
      expect(refuses("STORE", action).message).toContain("closed");
    }
  });
});
