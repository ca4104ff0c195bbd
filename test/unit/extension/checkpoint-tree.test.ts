import { expect, test } from "vitest";
import { CheckpointTree } from "../../../extension/views/checkpoint-tree.js";
import type { CheckpointsRow } from "../../../extension/views/checkpoint-rows.js";
import type { GraphSession } from "../../../extension/run/graph-session.js";
import type { CheckpointSummary, StoredRun } from "../../../runtime/index.js";

const idOf = (place: number): string => `c${String(place).padStart(6, "0")}`;

/** A session over a run of many checkpoints, which counts what is read of it. */
function sessionOf(count: number, head: number, nested: readonly StoredRun[] = []) {
  const read = { checkpoints: 0, lists: 0, asked: [] as string[] };
  const run: StoredRun = { id: "r", graph: "g.patchbay.json", startedAt: 0, head: idOf(head) };
  const summary = (place: number): CheckpointSummary => ({
    id: idOf(place),
    parent: place === 0 ? null : idOf(place - 1),
    run: "r",
    trigger: "superstep",
    at: 0,
    revision: place < 2 ? "old" : "new",
    superstep: place,
    status: "running",
    due: [],
    questions: 0,
    bytes: 1,
    traceSeq: place,
  });
  const list = (limit: number): readonly CheckpointSummary[] => {
    const page = Array.from({ length: Math.min(limit, count) }, (_each, place) => summary(count - 1 - place));
    read.lists += 1;
    read.checkpoints += page.length;
    return page;
  };
  const session = {
    run: undefined,
    archive: {
      sizes: () => new Map([["r", 7]]),
      runs: () => [run],
      checkpoints: (_run: string, limit: number) => list(limit),
      nested: () => nested,
    },
    certificates: { of: ({ id }: { readonly id: string }) => void read.asked.push(id), known: () => undefined },
    compiler: { current: { plan: { revision: "new" } } },
    source: { directory: undefined },
  };
  // The parts that the tree uses; making a whole session would read more than the tree does.
  return { session: session as unknown as GraphSession, read };
}

const shown = (rows: readonly CheckpointsRow[]): readonly string[] =>
  rows.map((row) => (row.kind === "checkpoint" ? row.summary.id : row.kind === "run" ? row.run.id : row.kind));

test("a run of 10,000 checkpoints costs a page, and another page when more are asked for", () => {
  const { session, read } = sessionOf(10_000, 9_999);
  const tree = new CheckpointTree();
  const [run] = tree.roots(session);
  if (run === undefined) throw new Error("The run is not listed.");
  expect([run.bytes, read.checkpoints]).toEqual([7, 0]);
  const rows = tree.children(run);
  expect([rows.length, rows.at(-1)?.kind, read.checkpoints]).toEqual([201, "more", 201]);
  expect(rows.filter((row) => row.kind === "checkpoint" && !row.onLine)).toEqual([]);
  tree.more("r");
  expect([tree.children(run).length, read.checkpoints]).toEqual([401, 602]);
  expect(read.lists).toBe(2);
});

test("a checkpoint is found under its run, and so much of the list is shown as that takes", () => {
  const { session } = sessionOf(10_000, 9_999);
  const tree = new CheckpointTree();
  const found = tree.find(session, "r", idOf(9_500));
  expect(found?.summary.id).toBe(idOf(9_500));
  const run = found === undefined ? undefined : tree.parent(found);
  if (run === undefined) throw new Error("The run is not found.");
  expect([shown([run]), tree.parent(run), shown(tree.children(run)).indexOf(idOf(9_500))]).toEqual([["r"], undefined, 499]);
  expect([tree.find(session, "r", idOf(12)), tree.find(session, "none", idOf(9_999)), tree.find(session, "r", "none")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("where the run stands further back than the page, all on the page is left branches", () => {
  const { session } = sessionOf(1_000, 3);
  const tree = new CheckpointTree();
  const rows = tree.roots(session).flatMap((run) => tree.children(run));
  expect(rows.filter((row) => row.kind === "checkpoint" && row.onLine)).toEqual([]);
});

test("checkpoints of another revision are told apart", () => {
  const { session } = sessionOf(4, 3);
  const tree = new CheckpointTree();
  const rows = tree.roots(session).flatMap((run) => tree.children(run));
  expect(rows.map((row) => row.kind === "checkpoint" && row.changed)).toEqual([false, false, true, true]);
});

test("runs inside tasks stand under the checkpoint where those were due, in pages", () => {
  const inside = Array.from({ length: 250 }, (_each, item): StoredRun => {
    return {
      id: `i${item}`,
      graph: "inner.patchbay.json",
      startedAt: 0,
      head: null,
      parent: { run: "r", task: "2/all", slot: String(item), since: idOf(1) },
    };
  });
  const { session, read } = sessionOf(3, 2, inside);
  const tree = new CheckpointTree();
  const [, second] = tree.roots(session).flatMap((run) => tree.children(run));
  if (second?.kind !== "checkpoint") throw new Error("No checkpoint is listed.");
  expect([second.summary.id, second.nested.length]).toEqual([idOf(1), 250]);
  const rows = tree.children(second);
  expect([rows.length, shown(rows).slice(0, 2), rows.at(-1)]).toEqual([201, ["i0", "i1"], { kind: "more", list: idOf(1) }]);
  tree.more(idOf(1));
  expect(tree.children(second)).toHaveLength(250);
  // The first of them are looked at while they are folded, the others when they are unfolded.
  const asked = read.asked.filter((id) => id.startsWith("i"));
  expect(new Set(asked)).toEqual(new Set(Array.from({ length: 10 }, (_each, item) => `i${item}`)));
  const inner = rows[20];
  if (inner === undefined) throw new Error("No run is listed.");
  tree.children(inner);
  expect(read.asked.at(-1)).toBe("i20");
});
