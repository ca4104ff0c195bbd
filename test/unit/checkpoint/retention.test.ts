import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Checkpoint, Frontier } from "../../../runtime/checkpoint/checkpoint.js";
import { MemoryStore } from "../../../runtime/checkpoint/memory-store.js";
import { applyRetention, retain, thinOutEnded, type Reach, type RetentionPolicy } from "../../../runtime/checkpoint/retention.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { base, delta } from "../../conformance/make-checkpoint.js";

const { frontier } = base("run", "c", null);
const standing = (status: Frontier["status"]): Partial<Checkpoint> => ({ frontier: { ...frontier, status } });
const stores: Readonly<Record<string, (directory: string) => CheckpointStore>> = {
  memory: () => new MemoryStore(),
  sqlite: openSqliteStore,
};

describe.each(Object.entries(stores))("what goes unasked, in a %s store", (_, open) => {
  let directory: string;
  let store: CheckpointStore;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "patchbay-keep-"));
    store = open(directory);
  });
  afterEach(() => {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A run of so many checkpoints, named by their number; every one whole, so that none needs another. */
  function save(run: string, count: number, status: Frontier["status"], more: Readonly<Record<number, Partial<Checkpoint>>> = {}): void {
    store.createRun({ id: run, graph: `${run}.json`, startedAt: 1000, head: null });
    for (let no = 1; no <= count; no += 1) {
      const parent = no === 1 ? null : `${run}${no - 1}`;
      const end = no === count ? standing(status) : {};
      store.save(base(run, `${run}${no}`, parent, { n: no }, { at: 1000 + no, ...end, ...more[no] }), []);
    }
  }
  const left = (run: string): readonly string[] => store.list(run).map(({ id }) => id.slice(run.length));
  const apply = (policy: RetentionPolicy, reach: Reach = {}) => applyRetention(store, policy, 10_000, { unasked: true, ...reach });

  test.each([
    ["completed", 3],
    ["failed", 3],
    ["cancelled", 3],
    ["running", 6], // it waits, is paused, or another process is at work on it
  ] as const)("a run that is %s keeps %i of its checkpoints where 3 are kept", (status, kept) => {
    save("r", 6, status);
    expect(apply({ keep: 3 }).checkpoints).toBe(6 - kept);
    expect(left("r")).toHaveLength(kept);
    expect([thinOutEnded(store, "r", 3), store.verify()]).toEqual([0, []]);
  });

  test("a checkpoint that somebody asked for stays, and where branches begin and end", () => {
    save("r", 8, "completed", { 2: { trigger: "explicit" } });
    store.moveHead("r", "r4", []);
    store.save(base("r", "rx", "r4"), []);
    store.save(base("r", "ry", "rx", { n: 0 }, standing("completed")), []);
    expect(apply({ keep: 1 }).checkpoints).toBe(6);
    expect(left("r")).toEqual(["y", "8", "4", "2"]);
  });

  test("what is built on stays with what builds on it", () => {
    save("r", 5, "running");
    for (const no of [6, 7]) store.save(delta("r", `r${no}`, `r${no - 1}`), []);
    store.save(delta("r", "r8", "r7", standing("completed")), []);
    expect(apply({ keep: 2 }).checkpoints).toBe(4);
    expect(left("r")).toEqual(["8", "7", "6", "5"]);
  });

  test("graphs have numbers of their own, or none", () => {
    for (const run of ["a", "b", "c"]) save(run, 5, "completed");
    const keep: Readonly<Record<string, number>> = { "a.json": 2, "b.json": 4 };
    expect(apply({ keep: (graph) => keep[graph] }).checkpoints).toBe(4);
    expect(["a", "b", "c"].map((run) => left(run).length)).toEqual([2, 4, 5]);
  });

  test("runs go by age and size, but for those that are looked at", () => {
    for (const run of ["a", "b", "c"]) save(run, 2, "completed");
    save("w", 2, "running");
    expect(apply({ age: 8_998 }).runs).toEqual([]);
    expect(apply({ age: 8_997 }, { holds: (run) => run === "b" }).runs).toEqual(["a", "c"]);
    expect(apply({ bytes: 0 }, { holds: (run) => run === "b" }).runs).toEqual([]);
    expect([apply({ bytes: 0 }).runs, store.runs().map(({ id }) => id)]).toEqual([["b"], ["w"]]);
  });

  test("a run that moves on between two pieces is left alone", () => {
    save("r", 700, "completed");
    const steps = retain(store, { keep: 10, age: 0 }, 10_000, { unasked: true, holds: () => true });
    let pieces = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      pieces += 1;
      if (pieces === 2) store.save(base("r", "rz", "r700"), []);
    }
    expect([pieces > 2, store.list("r", { limit: 1000 }).length]).toEqual([true, 701]);
  });

  test("only what may be old enough is read", () => {
    for (let no = 0; no < 20; no += 1) save(`r${no}`, 1, "completed");
    let read = 0;
    const counting = new Proxy(store, {
      get(target, name: keyof CheckpointStore) {
        if (name === "list" || name === "load") read += 1;
        return target[name].bind(target);
      },
    });
    applyRetention(counting, { age: 9_000, bytes: 2 ** 30 }, 10_000, { unasked: true });
    expect(read).toBe(0);
    applyRetention(counting, { age: 8_000 }, 10_000, { unasked: true });
    expect([read > 0, store.runs()]).toEqual([true, []]);
  });
});

test("what another process is at work on stays, whatever the policy", () => {
  const directory = mkdtempSync(join(tmpdir(), "patchbay-keep-"));
  const [here, there] = [openSqliteStore(directory), openSqliteStore(directory)];
  try {
    there.createRun({ id: "r", graph: "g", startedAt: 1, head: null });
    there.save(base("r", "r1", null), []);
    for (let no = 2; no <= 40; no += 1) {
      there.save(base("r", `r${no}`, `r${no - 1}`), [], undefined, true); // some of it is held back there
      if (no % 10 === 0) applyRetention(here, { keep: 1, age: 0, bytes: 0 }, 10_000, { unasked: true });
    }
    there.flush();
    expect(here.list("r", { limit: 100 }).map(({ id }) => id)).toHaveLength(40);
    there.save(base("r", "r41", "r40", { n: 1 }, standing("completed")), []);
    expect(applyRetention(here, { keep: 1 }, 10_000, { unasked: true }).checkpoints).toBe(40);
    expect(there.load("r41").id).toBe("r41");
    there.save(base("r", "r42", "r41"), []);
    expect(here.verify()).toEqual([]);
  } finally {
    here.close();
    there.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
