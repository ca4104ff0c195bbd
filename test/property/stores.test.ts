// Both stores, given the same calls at random, tell the same: whatever is held back, sealed, pruned, or opened again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../runtime/errors.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { base, delta, events, result } from "../conformance/make-checkpoint.js";

const RUNS = ["p", "q"];

/** One call, its places in the history as fractions. */
interface Call {
  readonly kind: "save" | "saves" | "move" | "append" | "result" | "delete" | "prune" | "reopen" | "flush";
  readonly run: string;
  readonly at: number;
  readonly count: number;
  readonly isBase: boolean;
  readonly later: boolean;
}

const call: fc.Arbitrary<Call> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant("save" as const) },
    { weight: 3, arbitrary: fc.constant("saves" as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        "move" as const,
        "append" as const,
        "result" as const,
        "delete" as const,
        "prune" as const,
        "reopen" as const,
        "flush" as const,
      ),
    },
  ),
  run: fc.constantFrom(...RUNS),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  count: fc.nat(40),
  isBase: fc.boolean(),
  later: fc.boolean(),
});

/** A store and what it has been given. */
class World {
  store: CheckpointStore;
  readonly #open: () => CheckpointStore;
  readonly #ids = new Map<string, string[]>(RUNS.map((run) => [run, []]));
  readonly #heads = new Map<string, string>();
  readonly #supersteps = new Map<string, number>();
  readonly #seqs = new Map<string, number>();
  #next = 0;

  constructor(open: () => CheckpointStore) {
    this.#open = open;
    this.store = open();
    for (const run of RUNS) this.store.createRun({ id: run, graph: run, startedAt: 1, head: null });
  }

  /** Makes a call; what came of it. */
  do(given: Call): string {
    try {
      return JSON.stringify(this.#do(given)) ?? "";
    } catch (thrown) {
      if (thrown instanceof PatchbayError) return thrown.code;
      throw thrown;
    }
  }

  /** All that can be read. */
  all(): unknown {
    return RUNS.map((run) => ({
      run: this.store.run(run),
      list: this.store.list(run, { limit: 1000 }).map(({ bytes: _bytes, ...rest }) => rest),
      trace: this.store.trace(run),
      entries: this.#entries(run),
      tree: this.store.tree(run),
      lastSeq: this.store.lastSeq(run),
      bySuperstep: this.#bySuperstep(run),
      faults: this.store.verify(run),
      histories: this.store.list(run, { limit: 1000 }).flatMap(({ id }, place) => (place % 7 === 0 ? [this.#histories(id)] : [])),
      each: this.store.list(run, { limit: 1000 }).map(({ id }) => ({
        whole: this.store.load(id),
        lineage: this.store.lineage(id).map((each) => each.id),
        trace: this.store.trace(run, id).map(({ seq }) => seq),
        stretches: this.store.traceStretches(run, id).flatMap((part) => part.events().map(({ seq }) => seq)),
        results: this.store.results(run, id),
      })),
    }));
  }

  /** The checkpoints of each superstep, read in small pages. */
  #bySuperstep(run: string): readonly (readonly string[])[] {
    return Array.from({ length: this.store.lastSuperstep(run) + 1 }, (_, superstep) => {
      const ids: string[] = [];
      for (let after: string | undefined; ;) {
        const page = this.store.list(run, { superstep, limit: 3, ...(after === undefined ? {} : { after }) });
        ids.push(...page.map(({ id }) => id));
        if (page.length < 3) return ids;
        after = page.at(-1)?.id;
      }
    });
  }

  /** Read at once and from the middle. */
  #histories(id: string): unknown {
    return ["n", "text", "none"].map((channel) => {
      const all = this.store.channelHistory(id, channel, { limit: 1000 });
      const last = all.at(-2);
      return [all, last === undefined ? undefined : this.store.channelHistory(id, channel, { limit: 1, after: last.checkpoint })];
    });
  }

  /** Read in small pages. */
  #entries(run: string): unknown {
    const all: unknown[] = [];
    for (let after = 0; ;) {
      const page = this.store.traceEntries(run, { after, limit: 7 });
      all.push(...page);
      const last = page.at(-1);
      if (last === undefined) return all;
      after = last.event.seq;
    }
  }

  #do({ kind, run, at, count, isBase, later }: Call): unknown {
    const ids = this.#ids.get(run) ?? [];
    const some = ids[Math.floor(at * ids.length)];
    if (kind === "save") return this.#save(run, isBase, later);
    if (kind === "saves") return Array.from({ length: count }, () => this.#save(run, false, later)).length;
    if (kind === "flush") return this.store.flush();
    if (kind === "reopen") {
      if (this.store instanceof MemoryStore) return undefined;
      this.store.close();
      this.store = this.#open();
      return undefined;
    }
    if (some === undefined) return undefined;
    if (kind === "append") return this.store.appendTrace(run, some, this.#events(run, 1 + (count % 3)));
    if (kind === "result") return this.store.saveResult(run, some, result(`t${count % 3}`, count));
    if (kind === "delete") return this.store.delete(some);
    if (kind === "prune") return this.store.prune(run, count);
    this.store.moveHead(run, some, this.#events(run, count % 2));
    this.#heads.set(run, some);
    return undefined;
  }

  #save(run: string, isBase: boolean, later: boolean): void {
    const parent = this.#heads.get(run) ?? null;
    const id = `${run}${String((this.#next += 1))}`;
    const values = { n: this.#next, text: `value ${String(this.#next)}`.repeat(this.#next % 7) };
    const superstep = (parent === null ? 0 : (this.#supersteps.get(parent) ?? 0)) + (this.#next % 2);
    this.#supersteps.set(id, superstep);
    // Now and then another graph, an edit, or a superstep that a base repeats.
    const n = this.#next;
    const more = {
      revision: `r${String(Math.floor(n / 11))}`,
      trigger: n % 7 === 0 ? "edited" : "superstep",
      frontier: { ...base(run, id, parent).frontier, superstep },
    } as const;
    const deltas = n % 3 === 0 ? { channels: { delta: [] } } : {};
    const checkpoint = parent === null || isBase ? base(run, id, parent, values, more) : delta(run, id, parent, { ...more, ...deltas });
    this.store.save(checkpoint, this.#events(run, this.#next % 3), undefined, later);
    this.#ids.get(run)?.push(id);
    this.#heads.set(run, id);
  }

  #events(run: string, count: number) {
    const last = this.#seqs.get(run) ?? 0;
    this.#seqs.set(run, last + count);
    return events(last + 1, last + count);
  }
}

test("a store on disk tells what one in memory tells", () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 40 }), (calls) => {
      const directory = mkdtempSync(join(tmpdir(), "patchbay-stores-"));
      const disk = new World(() => openSqliteStore(directory));
      const memory = new World(() => new MemoryStore());
      try {
        for (const each of calls) expect(disk.do(each)).toBe(memory.do(each));
        expect(disk.all()).toEqual(memory.all());
        disk.do({ kind: "reopen", run: "p", at: 0, count: 0, isBase: false, later: false });
        expect(disk.all()).toEqual(memory.all());
      } finally {
        disk.store.close();
        rmSync(directory, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env["SAMPLES"] ?? 60) },
  );
}, 60_000);
