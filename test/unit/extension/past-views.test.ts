import { expect, test, vi } from "vitest";
import { projectRun } from "../../../extension/bridge/project-run.js";
import { rangesOf } from "../../../extension/bridge/project-past.js";
import { PastViews } from "../../../extension/run/past-views.js";
import type { RunSession } from "../../../runtime/index.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { logChannel, offer, start, type Handlers } from "../run/harness.js";

const graph = (more: object = {}): ShortGraph => ({
  channels: { ...logChannel, n: { schema: { type: "number" }, default: 0 } },
  nodes: { a: {}, b: {}, end: {} },
  edges: { s: "@start -> a", ab: "a -> b when n % 3.0 == 0.0", aa: "a -> a when n < 40.0", ba: "b -> a", end: "a -> end else" },
  ...more,
});
const handlers: Handlers = {
  a: (state) => ({ n: Number(state["n"]) + 1, log: ["a"] }),
  b: () => ({ log: ["b"] }),
  end: () => ({}),
};

/** What a canvas shows of a run that somebody has taken to where it stands. */
function shown(run: RunSession): object {
  const { sequence: _number, restoredFrom: _from, past: _past, ...view } = { past: undefined, ...projectRun(run, 0) };
  return view;
}

function looked(past: PastViews, superstep: number): object | undefined {
  const view = past.load(superstep)?.run;
  if (view === undefined) return undefined;
  const { sequence: _number, past: isPast, ...rest } = view;
  expect(isPast).toBe(true);
  return rest;
}

test("what is seen of each superstep is what a canvas shows after going there, to and fro", async () => {
  const { session } = start(graph(), handlers);
  await session.continue();
  const past = new PastViews({ run: session });
  const last = session.frontier.superstep;
  const outline = past.outline();
  expect(outline).toMatchObject({ run: session.id, now: last, saved: [[0, last]], question: [], byHand: [] });
  const views = new Map([...Array(last).keys()].toSorted((a, b) => ((a * 7) % 11) - ((b * 7) % 11)).map((at) => [at, looked(past, at)]));
  for (let superstep = last - 1; superstep >= 0; superstep -= 1) {
    session.back();
    expect(session.frontier.superstep).toBe(superstep);
    expect(views.get(superstep)).toEqual(shown(session));
  }
});

test("each is told with its checkpoint, and whether it ran by the plan of now", async () => {
  const { session } = start(graph(), handlers);
  for (let turn = 0; turn < 4; turn += 1) await session.step();
  offer(session, graph({ limits: { supersteps: 900 } }));
  for (let turn = 0; turn < 4; turn += 1) await session.step();
  const past = new PastViews({ run: session });
  expect([past.load(3)?.samePlan, past.load(7)?.samePlan]).toEqual([false, true]);
  expect(past.outline().recompile).toEqual([4]);
  session.restore(past.load(2)?.checkpoint ?? "");
  expect([session.frontier.superstep, past.load(-1)]).toEqual([2, null]);
});

test("what came of an edge is told by the last test, now and then", async () => {
  const { session } = start(graph(), handlers);
  const past = new PastViews({ run: session });
  expect(past.explain("ab", undefined)).toBeNull();
  for (let turn = 0; turn < 5; turn += 1) await session.step();
  const story = (superstep: number, isTrue: boolean): object => ({
    superstep,
    tests: [{ taken: isTrue, value: String(isTrue), reads: [{ path: "n", value: String(superstep) }] }],
  });
  expect(past.explain("ab", undefined)).toEqual(story(5, false));
  expect([past.explain("ab", 3), past.explain("ab", 1)]).toEqual([story(3, true), story(1, false)]);
  expect(past.explain("ba", 3)).toBeNull();
  expect(past.explain("nothing", 3)).toBeNull();
});

test("a node that failed is told on its error edge, and figures are those of then", async () => {
  const failing: Handlers = {
    ...handlers,
    b: () => {
      throw new Error("no stock");
    },
  };
  const edges = { s: "@start -> b", bad: "b -> a on @error", ab: "a -> a when n < 3.0", end: "a -> end else" };
  const { session } = start(graph({ edges }), failing);
  await session.continue();
  const past = new PastViews({ run: session });
  const failure = { code: "HANDLER_FAILED", message: expect.stringContaining("no stock") };
  expect(past.explain("bad", undefined)).toEqual({ superstep: 1, tests: [{ taken: true, failure, reads: [] }] });
  expect([2, 3, 4].map((superstep) => past.figures("a", superstep)?.runs)).toEqual([1, 2, 3]);
  expect(past.figures("a", 1)).toBeNull();
});

test("another run is read anew, and none has no past", async () => {
  const shownRun: { run: RunSession | undefined } = { run: undefined };
  const past = new PastViews(shownRun);
  expect([past.outline().run, past.load(0), past.explain("ab", undefined)]).toEqual([null, null, null]);
  for (const turns of [2, 5]) {
    const { session } = start(graph(), handlers);
    for (let turn = 0; turn < turns; turn += 1) await session.step();
    shownRun.run = session;
    expect(past.outline()).toMatchObject({ run: session.id, now: turns });
    expect(past.load(turns - 1)?.run.channels["n"]).toBe(String(turns - 1));
  }
});

test("a view of a long run reads few checkpoints, wherever it is", async () => {
  const loop = {
    channels: { n: { schema: { type: "number" }, default: 0 } },
    nodes: { a: {} },
    edges: { s: "@start -> a", aa: "a -> a when n < 3000.0" },
    limits: { supersteps: 10_000 },
  };
  const { session, services } = start(loop, { a: (state) => ({ n: Number(state["n"]) + 1 }) });
  await session.continue();
  const past = new PastViews({ run: session });
  past.load(0);
  const loads = vi.spyOn(services.store, "load");
  const lineages = vi.spyOn(services.store, "lineage");
  for (let nth = 0; nth < 50; nth += 1) {
    const superstep = (nth * 1789) % 3000;
    expect(past.load(superstep)?.run.channels["n"]).toBe(String(superstep));
  }
  expect(lineages).not.toHaveBeenCalled();
  expect(loads.mock.calls.length / 50).toBeLessThan(250);
});

test("supersteps are told as ranges", () => {
  expect(rangesOf([0, 1, 2, 5, 7, 8])).toEqual([
    [0, 2],
    [5, 5],
    [7, 8],
  ]);
  expect(rangesOf([])).toEqual([]);
});
