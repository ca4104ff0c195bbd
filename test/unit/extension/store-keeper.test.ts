import { expect, test } from "vitest";
import { Emitter } from "../../../extension/emitter.js";
import { StoreKeeper, type KeptBySettings, type KeptGraph } from "../../../extension/run/store-keeper.js";
import { MemoryStore, parseDocument, type RunSession } from "../../../runtime/index.js";
import { base } from "../../conformance/make-checkpoint.js";
import { ManualClock } from "../../support/manual-clock.js";
import { graphText } from "../../support/graph-text.js";

const { frontier } = base("run", "c", null);

/** A window on a folder with the store of some runs that have ended. */
function windowOn(settings: KeptBySettings, runs: readonly string[] = ["a"], count = 6) {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const world = { trusted: true, hasStore: true, failing: false, all: [] as KeptGraph[] };
  const [opened, changed] = [new Emitter<KeptGraph>(), new Emitter<KeptGraph>()];
  const keeper = new StoreKeeper({
    clock,
    sessions: {
      get all() {
        return world.all;
      },
      onDidOpen: opened.event,
      onDidChange: changed.event,
    },
    trusted: () => world.trusted,
    existing: () => {
      if (world.failing) throw new Error("no disk");
      return world.hasStore ? store : undefined;
    },
    settings: () => settings,
  });
  const save = (run: string, ended = true): void => {
    store.createRun({ id: run, graph: "g.json", startedAt: clock.now(), head: null });
    for (let no = 1; no <= count; no += 1) {
      const status = ended && no === count ? "completed" : "running";
      store.save(base(run, `${run}${no}`, no === 1 ? null : `${run}${no - 1}`, { no }, { frontier: { ...frontier, status } }), []);
    }
  };
  for (const run of runs) save(run);
  const graph = (keep?: number, shown?: Partial<RunSession>): KeptGraph & { told: number; running: boolean; run: RunSession } => ({
    // The parts of a run that the keeper looks at.
    run: shown as RunSession,
    running: false,
    told: 0,
    runsDeleted() {
      this.told += 1;
    },
    source: {
      directory: "/graphs",
      name: "g.json",
      parsed: parseDocument(graphText({ nodes: {}, edges: {}, checkpoints: keep === undefined ? {} : { keep } })),
    },
  });
  const open = <Graph extends KeptGraph>(each: Graph): Graph => {
    world.all.push(each);
    opened.fire(each);
    return each;
  };
  const left = (): readonly number[] => store.runs().map(({ id }) => store.list(id).length);
  return { keeper, clock, world, save, graph, open, changed, left };
}

test("a graph that is opened has the runs that have ended keep what it says, a moment later", () => {
  const { clock, graph, open, left, keeper } = windowOn({}, ["a", "b"]);
  const opened = open(graph(2));
  expect(left()).toEqual([6, 6]);
  clock.advance(60_000);
  expect([left(), keeper.gone("/graphs"), opened.told]).toEqual([[2, 2], { runs: 0, checkpoints: 8 }, 1]);
  expect([keeper.gone("/other"), clock.waiting]).toEqual([{ runs: 0, checkpoints: 0 }, 0]);
});

test.each([
  ["the graph goes before the settings", 4, { keep: 2 }, [4]],
  ["without a word of the graph the settings count", undefined, { keep: 2 }, [2]],
  ["without any word all is kept", undefined, {}, [6]],
] as const)("%s", (_, said, settings, expected) => {
  const { clock, graph, open, left } = windowOn(settings);
  open(graph(said));
  clock.advance(60_000);
  expect(left()).toEqual(expected);
});

test("a graph that is not open is left alone: it may say something else than the settings", () => {
  const { clock, graph, open, left } = windowOn({ keep: 1 });
  open({ ...graph(1), source: { ...graph(1).source, name: "other.json" } });
  clock.advance(60_000);
  expect(left()).toEqual([6]);
});

test("old runs go, but for the one that is shown", () => {
  const { clock, graph, open, left, keeper } = windowOn({ age: 1_000 }, ["a", "b"]);
  open(graph(undefined, { id: "b", status: "completed" }));
  clock.advance(60_000);
  expect([left(), keeper.gone("/graphs")]).toEqual([[6], { runs: 1, checkpoints: 0 }]);
});

test("nothing is done while a run is at work, and what was to be done is done then", () => {
  const { clock, graph, open, left } = windowOn({});
  const opened = open(graph(2));
  opened.running = true;
  clock.advance(600_000);
  expect(left()).toEqual([6]);
  opened.running = false;
  clock.advance(60_000);
  expect(left()).toEqual([2]);
});

test("a run that has ended is thinned out, once, and no other", () => {
  const { clock, graph, open, left, save, changed } = windowOn({}, []);
  const opened = open(graph(2));
  clock.advance(60_000);
  save("before");
  save("now");
  for (const status of ["running", "completed", "completed"] as const) {
    opened.run = { id: "now", status } as RunSession;
    changed.fire(opened);
  }
  clock.advance(60_000);
  expect([left(), opened.told]).toEqual([[2, 6], 1]);
});

test.each([
  ["in Restricted Mode", { trusted: false }],
  ["without a store", { hasStore: false }],
  ["where the store cannot be read, but telling so", { failing: true }],
])("nothing is deleted %s", (_, facts) => {
  const { clock, graph, open, left, world, keeper } = windowOn({ age: 0, bytes: 0, keep: 1 });
  const failures: unknown[] = [];
  keeper.onDidFail((thrown) => failures.push(thrown));
  Object.assign(world, facts);
  open(graph(1));
  clock.advance(60_000);
  expect([left(), failures.length, clock.waiting]).toEqual([[6], world.failing ? 1 : 0, 0]);
});

test("a long history goes in pieces, and the window has its turn between them", () => {
  const { clock, graph, open, left } = windowOn({}, ["a"], 3_000);
  // Each look at the clock costs a piece.
  const monotonic = clock.monotonic.bind(clock);
  let looks = 0;
  clock.monotonic = () => monotonic() + 5 * (looks += 1);
  open(graph(10));
  clock.advance(60_000);
  expect(left()).toEqual([10]);
  expect(looks).toBeGreaterThan(6);
});
