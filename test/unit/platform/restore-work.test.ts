// What going to a checkpoint takes, counted: the same in a long run as in a short one.
import { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import zlib from "node:zlib";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MemoryStore } from "../../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { RunSession } from "../../../runtime/run/session.js";
import { RunTally } from "../../../runtime/trace/tally.js";
import { loop } from "../run/durable-loop.js";
import { compile, services } from "../run/harness.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "patchbay-work-"))));
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true, force: true });
});

/** A page that is left is sealed, which reads what is in it once: at most so many records. */
const PAGE = 256;
const LOOKED_AT = 60;
const INFLATED = 4;

interface Work {
  readonly parsed: number;
  readonly inflated: number;
}

const isSmall = ({ parsed, inflated }: Work): boolean => parsed <= LOOKED_AT && inflated <= INFLATED;
const isOfAPage = ({ parsed, inflated }: Work): boolean => parsed <= PAGE + LOOKED_AT && inflated <= INFLATED;

/** Counts the JSON texts that are parsed and the pages that are unpacked, from one call of it to the next. */
function counter(): () => Work {
  const parse = vi.spyOn(JSON, "parse");
  const inflate = vi.spyOn(zlib, "zstdDecompressSync");
  syncBuiltinESMExports();
  return () => {
    const work = { parsed: parse.mock.calls.length, inflated: inflate.mock.calls.length };
    parse.mockClear();
    inflate.mockClear();
    return work;
  };
}

const stores: readonly (readonly [string, (directory: string) => CheckpointStore])[] = [
  ["on disk", openSqliteStore],
  ["in memory", () => new MemoryStore()],
];

it.each(stores)("is bounded, whatever the number of checkpoints, %s", { timeout: 60_000 }, async (_name, open) => {
  const handlers = { tick: (state: { readonly count?: unknown }) => ({ count: Number(state.count) + 1 }) };
  const graph = compile(loop);
  for (const supersteps of [300, 3000]) {
    const given = { ...services(handlers), store: open(join(folder, String(supersteps))) };
    const session = RunSession.start(graph, { graph: "g" }, given);
    while (session.frontier.superstep < supersteps) await session.step();
    const places = given.store.tree(session.id).map(({ id }) => id);
    const work = counter();
    work(); // what the run took
    for (const share of [0.1, 0.9, 0.5, 0.02, 0.99]) {
      const superstep = Math.floor(supersteps * share);
      session.restore(places[superstep] ?? "");
      const restored = work();
      expect([session.frontier.superstep, session.channels["count"]]).toEqual([superstep, superstep]);
      await session.step();
      const stepped = work();
      expect(session.channels["count"]).toBe(superstep + 1);
      expect(restored).toSatisfy(isSmall);
      expect(stepped).toSatisfy(isOfAPage);
    }
    const resumed = RunSession.resume(session.id, graph, given);
    await resumed.step();
    expect(work()).toSatisfy(isOfAPage);
    given.store.close();
  }
});

it("counts what led to a checkpoint from the page that it is in, once the others were counted", { timeout: 60_000 }, async () => {
  const handlers = { tick: (state: { readonly count?: unknown }) => ({ count: Number(state.count) + 1 }) };
  const given = { ...services(handlers), store: openSqliteStore(folder) };
  const session = RunSession.start(compile(loop), { graph: "g" }, given);
  while (session.frontier.superstep < 3000) await session.step();
  const places = given.store.tree(session.id).map(({ id }) => id);
  const counted = (): unknown => [[...session.tally.nodes].map(([node, { figures }]) => [node, figures]), [...session.tally.edges]];
  const work = counter();
  session.restore(places.at(-1) ?? "");
  counted();
  expect(work()).not.toSatisfy(isOfAPage);
  for (const share of [0.1, 0.9, 0.5, 0.02, 0.99]) {
    session.restore(places[Math.floor(3000 * share)] ?? "");
    const counts = counted();
    expect(work()).toSatisfy(({ parsed, inflated }: Work) => parsed <= 3 * PAGE + LOOKED_AT && inflated <= INFLATED); // each step has two events of its own
    const anew = new RunTally(given.store.trace(session.id, session.head));
    expect(counts).toEqual([[...anew.nodes].map(([node, { figures }]) => [node, figures]), [...anew.edges]]);
    expect(anew.nodes.get("tick")?.finished).toBe(session.frontier.superstep);
    if (share > 0.5) await session.step(); // what is stepped is counted apart
    work();
  }
  given.store.close();
});
