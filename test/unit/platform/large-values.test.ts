import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import type { JsonObject } from "../../../runtime/model/json.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import type { TraceEvent } from "../../../runtime/trace/event.js";
import { mulberry32 } from "../../support/mulberry32.js";
import { base, delta, result } from "../../conformance/make-checkpoint.js";

/** Nothing in it repeats: it takes as much when it is compressed. */
const random = mulberry32(7);
const LARGE = Array.from({ length: 50_000 }, () => String.fromCodePoint(0x400 + Math.floor(random() * 0x400))).join("");
const ABOVE = 64 * 1024;

let directory: string;
let store: CheckpointStore;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "patchbay-large-"));
  store = openSqliteStore(directory);
  store.createRun({ id: "run", graph: "g.patchbay.json", startedAt: 10, head: null });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs SQL on the file behind the store's back. */
function sql(text: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(join(directory, "patchbay.db"));
  try {
    return database.prepare(text).all();
  } finally {
    database.close();
  }
}

const blobs = (): number => sql("SELECT hash FROM blobs").length;
const wrote = (seq: number, writes: JsonObject): TraceEvent => ({ seq, superstep: 1, at: 1, type: "write", node: "a", writes });
const values = (text = LARGE): JsonObject => ({ first: 1, text, list: [text, 2], last: null });

it("stores a large value once for all that hold it, and gives back what was saved", () => {
  const first = base("run", "c1", null, values());
  const { frontier } = first;
  const open = { ...frontier, results: [{ ...result("t1", 1), writes: values(), folded: values() }] };
  const wrote1 = [{ node: "a", writes: values() }];
  const second = delta("run", "c2", "c1", {
    frontier: open,
    channels: {
      delta: wrote1,
      earlier: [
        { superstep: 1, delta: wrote1 },
        { superstep: 2, delta: [] },
      ],
    },
  });
  const bytes = [store.save(first, [wrote(1, values())]), store.save(second, [wrote(2, values())])];
  store.saveResult("run", "c2", { ...result("t2", 2), writes: values() });
  expect(blobs()).toBe(2);
  expect(bytes[0]).toBeGreaterThan(2.4 * LARGE.length); // two of them, each about 70 KB
  expect(bytes[1]).toBeLessThan(5_000);
  expect(store.load("c1")).toEqual(first);
  expect(store.load("c2")).toEqual(second);
  expect(JSON.stringify(store.load("c2"))).toBe(JSON.stringify(second)); // the order of keys, too
  expect(store.results("run", "c2")).toEqual([{ ...result("t2", 2), writes: values() }]);
  expect(store.trace("run")).toEqual([wrote(1, values()), wrote(2, values())]);
  expect(store.verify()).toEqual([]);
});

it("neither encodes nor hashes again what was seen before", () => {
  const held = values();
  store.save(base("run", "c1", null, held), []);
  const encode = vi.spyOn(JSON, "stringify");
  store.save(base("run", "c2", "c1", held), []);
  const large = encode.mock.results.filter(({ value }) => typeof value === "string" && value.length > LARGE.length);
  encode.mockRestore();
  expect(large).toEqual([]);
  expect(store.load("c2").channels.base?.values).toEqual(held);
});

it("finds the same value again in another process", () => {
  store.save(base("run", "c1", null, values()), []);
  const other = openSqliteStore(directory);
  expect(other.save(base("run", "c2", "c1", JSON.parse(JSON.stringify(values())) as JsonObject), [])).toBeLessThan(5_000);
  other.close();
  expect([blobs(), store.load("c2").channels.base?.values]).toEqual([2, values()]);
});

it("draws the line where it is told", () => {
  for (const [id, above] of [
    ["small", ABOVE],
    ["large", 100],
  ] as const) {
    store.save(base("run", id, null, { text: "x".repeat(200) }), [], above);
    expect([id, blobs()]).toEqual([id, id === "small" ? 0 : 1]);
    expect(store.load(id).channels.base?.values).toEqual({ text: "x".repeat(200) });
  }
});

it("lets go of a large value with the last checkpoint that holds it; the trace says that it was pruned", () => {
  store.save(base("run", "c1", null, values()), [wrote(1, { text: LARGE })]);
  store.save(base("run", "c2", "c1", values()), []);
  store.save(base("run", "c3", "c2"), []);
  store.delete("c1");
  expect([blobs(), store.load("c2").channels.base?.values]).toEqual([2, values()]);
  store.prune("run", 1);
  expect(blobs()).toBe(0);
  expect(store.trace("run")).toEqual([wrote(1, { text: { "@pruned": true } })]);
  expect(store.verify()).toEqual([]);
  store.save(base("run", "c4", "c3", values()), []); // it is remembered by its hash, and must be stored again
  expect([blobs(), store.load("c4").channels.base?.values]).toEqual([2, values()]);
});

it("finds damage", () => {
  store.save(base("run", "c1", null, values()), []);
  sql("UPDATE blobs SET packed = substr(packed, 1, 5000)");
  expect(() => store.load("c1")).toThrow(expect.objectContaining({ code: "CORRUPTED" }));
  const fault = { checkpoint: "c1", message: "Checkpoint c1 holds a damaged large value." };
  expect(store.verify()).toEqual([fault, fault]); // the text, and the list with the text in it
});

it("takes values that look like what it makes of them", () => {
  const odd = { text: { "values@": { text: "x" } }, "writes@": { text: "h" }, more: LARGE } as const;
  store.save(base("run", "c1", null, odd), [wrote(1, odd)]);
  expect(store.load("c1").channels.base?.values).toEqual(odd);
  expect(store.trace("run")).toEqual([wrote(1, odd)]);
});
