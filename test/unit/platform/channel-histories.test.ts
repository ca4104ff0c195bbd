import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { Pages } from "../../../runtime/platform/sqlite/pages.js";
import { base, delta } from "../../conformance/make-checkpoint.js";

let directory: string;
let store: CheckpointStore;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "patchbay-histories-"));
  store = openSqliteStore(directory);
  store.createRun({ id: "run", graph: "g", startedAt: 1, head: null });
});
afterEach(() => {
  vi.restoreAllMocks();
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A run of 3,000 supersteps that write `busy`, with a base each tenth; what `more` says of some of them. */
function save(more: Readonly<Record<number, Readonly<Record<string, number>>>>, revision = (_n: number): string => "r"): void {
  for (let n = 0; n < 3000; n += 1) {
    const writes = { busy: n, ...more[n] };
    const frontier = { ...base("run", "c", null).frontier, superstep: n, routed: [] };
    const id = `c${String(n)}`;
    const parent = n === 0 ? null : `c${String(n - 1)}`;
    const step = [{ node: "a", writes }];
    const whole = { values: writes, reducers: { busy: "last", rare: "last" } } as const;
    const checkpoint =
      parent === null || n % 10 === 0
        ? base("run", id, parent, {}, { frontier, revision: revision(n), channels: { delta: step, base: whole } })
        : delta("run", id, parent, { frontier, revision: revision(n), channels: { delta: step } });
    store.save(checkpoint, [], undefined, n !== 2999);
  }
}

/** The pages that were read to find something out. */
function pagesRead(work: () => void): number {
  const records = vi.spyOn(Pages.prototype, "records");
  work();
  return new Set(records.mock.calls.map(([page]) => page)).size;
}

const writers = (channel: string, limit: number): readonly string[] =>
  store.channelHistory("c2999", channel, { limit }).map(({ checkpoint }) => checkpoint);

test.each<[string, Parameters<typeof save>, number, readonly string[], number]>([
  ["written in the middle", [{ 1500: { rare: 1 } }], 1, ["c1500"], 1],
  ["written twice", [{ 5: { rare: 1 }, 2000: { rare: 2 } }], 2, ["c2000", "c5"], 2],
  ["never written: the first checkpoint says so", [{}], 1, ["c0"], 1],
  [
    "another graph from the middle on: that page and the one after it are looked into",
    [{}, (n) => (n < 1500 ? "r" : "s")],
    2,
    ["c1500", "c0"],
    3,
  ],
])("reads no page that says nothing of a channel: %s", (_name, given, limit, expected, pages) => {
  save(...given);
  expect(pagesRead(() => expect(writers("rare", limit)).toEqual(expected))).toBe(pages);
  expect(writers("busy", 3)).toEqual(["c2999", "c2998", "c2997"]);
});
