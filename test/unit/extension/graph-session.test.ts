import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blockageOf } from "../../../extension/run/blockage.js";
import { editableState } from "../../../extension/run/editable-state.js";
import { forkIntoFile } from "../../../extension/run/fork-file.js";
import { GraphSession } from "../../../extension/run/graph-session.js";
import { LiveNodes } from "../../../extension/run/live-nodes.js";
import { pastGraph } from "../../../extension/run/past-graph.js";
import { type CompileRecord, MemoryStore, PatchbayError } from "../../../runtime/index.js";
import { FakeSource, forgetful, sessionServices } from "./session-services.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { logChannel } from "../run/harness.js";

const chain: ShortGraph = {
  channels: logChannel,
  nodes: { a: {}, b: {}, ask: { kind: "barrier", prompt: "Go?", handler: undefined } },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> ask", e4: "ask -> @end on approve", e5: "ask -> a on reject" },
};

interface Opened {
  readonly session: GraphSession;
  readonly source: FakeSource;
  readonly world: World;
  readonly clock: ManualClock;
}

/** What outlives a window: the store, and whether the workspace is trusted. */
interface World {
  readonly store: MemoryStore;
  hasStore: boolean;
  trusted: boolean;
  compiles: readonly CompileRecord[];
  readonly liveNodes: LiveNodes;
}

const newWorld = (): World => ({
  store: new MemoryStore(),
  hasStore: false,
  trusted: true,
  compiles: [],
  liveNodes: new LiveNodes(forgetful()),
});
function open(graph: ShortGraph = chain, world = newWorld()): Opened {
  const clock = new ManualClock();
  const source = new FakeSource(graphText(graph));
  const session = new GraphSession(source, {
    ...sessionServices(clock, world.store),
    liveNodes: world.liveNodes,
    trusted: () => world.trusted,
    store: () => {
      world.hasStore = true;
      return world.store;
    },
    existingStore: () => (world.hasStore ? world.store : undefined),
    pastCompiles: () => world.compiles,
  });
  return { session, source, world, clock };
}

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return "none";
  } catch (thrown) {
    return thrown instanceof PatchbayError ? thrown.code : String(thrown);
  }
};

const stateOf = ({ session: { run } }: Opened): readonly unknown[] => [run?.status, run?.frontier.superstep, run?.channels["log"]];

describe("running", () => {
  it("runs to the question, takes the decision, and goes on when told", async () => {
    const opened = open();
    await opened.session.start({});
    expect(stateOf(opened)).toEqual(["waiting", 2, ["a", "b"]]);
    opened.session.decide("ask", "reject");
    expect(opened.session.run?.status).toBe("paused");
    await opened.session.step();
    await opened.session.step();
    expect(stateOf(opened)).toEqual(["paused", 4, ["a", "b", "a"]]);
  });

  it("starts a run by a step where there is none, and after the end", async () => {
    const opened = open();
    await opened.session.step();
    expect(stateOf(opened)).toEqual(["paused", 1, ["a"]]);
    const first = opened.session.run?.id;
    await opened.session.stop();
    await opened.session.step();
    expect(stateOf(opened)).toEqual(["paused", 1, ["a"]]);
    expect(opened.session.run?.id).not.toBe(first);
  });

  it("goes on from a node where it was due last, or at a checkpoint that is named", async () => {
    const opened = open();
    expect(await codeOf(() => opened.session.runFrom("b"))).toBe("RUN_FINISHED");
    await opened.session.start({});
    opened.session.decide("ask", "approve");
    await opened.session.continue();
    await opened.session.runFrom("b");
    expect(stateOf(opened)).toEqual(["waiting", 2, ["a", "b"]]);
    const run = opened.session.run?.id ?? "";
    const first = opened.world.store.list(run, { superstep: 1 }).at(-1);
    await opened.session.runFrom("a", { run, checkpoint: first?.id ?? "" });
    expect(stateOf(opened)).toEqual(["waiting", 4, ["a", "a", "b"]]);
    opened.world.trusted = false;
    expect(await codeOf(() => opened.session.runFrom("a"))).toBe("UNTRUSTED");
  });

  it("runs a node alone, makes no store for it and moves no run", async () => {
    const opened = open();
    const outcome = await opened.session.tryNode({ node: "a", values: { log: ["x"] } }, {});
    expect(outcome).toMatchObject({ status: "done", writes: { log: ["a"] }, routes: [{ edge: "e2", to: "b" }] });
    expect([opened.world.hasStore, opened.session.run]).toEqual([false, undefined]);
    opened.world.trusted = false;
    expect(await codeOf(() => opened.session.tryNode({ node: "a", values: {} }, {}))).toBe("UNTRUSTED");
  });

  it("takes a new plan into the paused run", async () => {
    const opened = open();
    await opened.session.step();
    opened.source.edit(graphText({ ...chain, edges: { ...chain.edges, e2: "a -> ask" } }));
    expect(opened.session.run?.frontier.due.map(({ node }) => node)).toEqual(["ask"]);
    expect(opened.session.compiler.history[0]?.class).toBe("soft");
  });

  it("keeps the last good plan while the document is broken", () => {
    const opened = open();
    const plan = opened.session.compiler.current?.plan;
    opened.source.edit(`${graphText(chain)}!`);
    expect([opened.session.compiler.current?.plan, opened.session.compiler.stale]).toEqual([plan, true]);
    opened.source.edit(graphText(chain));
    expect(opened.session.compiler.stale).toBe(false);
  });

  it.each([
    ["UNTRUSTED", (opened: Opened) => ((opened.world.trusted = false), opened.session.start({}))],
    ["UNTRUSTED", (opened: Opened) => ((opened.world.trusted = false), opened.session.step())],
    ["NO_QUESTION", (opened: Opened) => opened.session.decide("ask", "approve")],
    ["INPUT_INVALID", (opened: Opened) => opened.session.start({ nowhere: 1 })],
    ["RUN_BUSY", (opened: Opened) => (void opened.session.start({}), opened.session.start({}))],
    ["RUN_BUSY", (opened: Opened) => (void opened.session.start({}), opened.session.force("e1"))],
    ["RUN_BUSY", (opened: Opened) => (void opened.session.start({}), opened.session.release("a"))],
    ["RUN_BUSY", (opened: Opened) => (void opened.session.start({}), opened.session.override("a", ["b"]))],
    ["RUN_FINISHED", (opened: Opened) => opened.session.force("e1")],
    ["UNKNOWN_EDGE", async (opened: Opened) => (await opened.session.step(), opened.session.force("nowhere"))],
    ["UNKNOWN_TARGET", async (opened: Opened) => (await opened.session.step(), opened.session.override("a", ["nowhere"]))],
    ["UNTRUSTED", (opened: Opened) => ((opened.world.trusted = false), opened.session.force("e1"))],
    ["RUN_BUSY", (opened: Opened) => (void opened.session.start({}), opened.session.restore(opened.session.run?.id ?? "", "x"))],
  ])("refuses with %s", async (code, work) => expect(await codeOf(() => work(open()))).toBe(code));

  it("refuses to run a graph that never was without errors", async () => {
    expect(await codeOf(() => open({ nodes: {}, edges: { e: "@start -> nobody" } }).session.start({}))).toBe("PLAN_INVALID");
  });

  it("refuses to run a graph that is in no folder", async () => {
    const { session, source } = open();
    source.directory = undefined;
    expect(await codeOf(() => session.start({}))).toBe("STORE");
  });
});

describe("history", () => {
  it("restores a checkpoint of the run, and goes on from there", async () => {
    const opened = open();
    await opened.session.start({});
    const run = opened.session.run?.id ?? "";
    const first = opened.session.archive.checkpoints(run, 100).find(({ superstep }) => superstep === 1);
    opened.session.restore(run, first?.id ?? "");
    expect(stateOf(opened)).toEqual(["paused", 1, ["a"]]);
    await opened.session.continue();
    expect(stateOf(opened)).toEqual(["waiting", 2, ["a", "b"]]);
  });

  it("makes a checkpoint of where the run stands when told", async () => {
    const { session, world } = open({ ...chain, checkpoints: { policy: "manual" } });
    expect(() => session.saveCheckpoint()).toThrow(expect.objectContaining({ code: "RUN_FINISHED" }) as Error);
    await session.step();
    expect(session.saveCheckpoint()).toBe("saved");
    await session.continue();
    const triggers = world.store.list(session.run?.id ?? "").map(({ trigger, superstep }) => `${trigger} ${superstep}`);
    expect(triggers.toReversed()).toEqual(["started 0", "paused 1", "explicit 1", "asked 3"]);
  });

  it("restores a checkpoint of an earlier run", async () => {
    const opened = open();
    await opened.session.step();
    const earlier = { run: opened.session.run?.id ?? "", head: opened.session.run?.head ?? "" };
    await opened.session.start({});
    opened.session.restore(earlier.run, earlier.head);
    expect(opened.session.run?.id).toBe(earlier.run);
    expect(stateOf(opened)).toEqual(["paused", 1, ["a"]]);
  });

  it("shows the last run again when the graph is opened and looked at", async () => {
    const { session, world } = open();
    await session.start({});
    session.dispose();
    const again = open(chain, world);
    expect(again.session.run).toBeUndefined();
    again.session.watch();
    expect(stateOf(again)).toEqual(["waiting", 2, ["a", "b"]]);
  });

  it("shows the last run once there is a good plan", async () => {
    const { session, world } = open();
    await session.step();
    session.dispose();
    const again = open({ nodes: {}, edges: { e: "@start -> nobody" } }, world);
    again.session.watch();
    expect(again.session.run).toBeUndefined();
    again.source.edit(graphText(chain));
    expect(stateOf(again)).toEqual(["paused", 1, ["a"]]);
  });

  it("opens no store before the workspace is trusted", async () => {
    const { session, world } = open();
    await session.step();
    session.dispose();
    world.trusted = false;
    const again = open(chain, world);
    again.session.watch();
    expect([again.session.run, again.session.archive.runs(10)]).toEqual([undefined, []]);
    world.trusted = true;
    again.session.trusted();
    expect(stateOf(again)).toEqual(["paused", 1, ["a"]]);
  });

  it("makes no store by being looked at", () => {
    const { session, world } = open();
    session.watch();
    expect(session.archive.runs(10)).toEqual([]);
    expect(world.hasStore).toBe(false);
  });

  it("tells once of a store that cannot be read", async () => {
    const { session, world } = open();
    await session.step();
    session.dispose();
    const again = open(chain, world);
    const failures: unknown[] = [];
    again.session.onDidFail((thrown) => failures.push(thrown));
    world.store.runs = () => {
      throw new PatchbayError("CORRUPTED", "damaged");
    };
    again.session.watch();
    again.source.edit(graphText({ ...chain, edges: { ...chain.edges, e2: "a -> ask" } }));
    expect(failures).toHaveLength(1);
  });
});

describe("a run that cannot go on under an edit", () => {
  const known = ({ session, clock }: Opened) => {
    const { run } = session;
    if (run === undefined) throw new Error("no run");
    session.certificates.of(run);
    clock.advance(1_000);
    return session.certificates.known(run.id);
  };
  const verdicts = (opened: Opened): readonly string[] => Array.from(known(opened)?.all.values() ?? [], ({ verdict }) => verdict);
  const { b: _gone, ...others } = chain.nodes;
  const without: ShortGraph = {
    ...chain,
    nodes: others,
    edges: { e1: "@start -> a", e4: "ask -> @end on approve", e5: "ask -> a on reject" },
  };
  const stepped = async (): Promise<Opened> => {
    const opened = open();
    await opened.session.step();
    return opened;
  };

  it("is refused, with where it could go on; an undo lets it go on", async () => {
    const opened = await stepped();
    expect(verdicts(opened)).toEqual(["unaffected", "unaffected"]);
    opened.source.edit(graphText(without));
    expect(verdicts(opened)).toEqual(["replay", "mapped"]);
    expect(blockageOf(opened.session)).toMatchObject({ why: "lost", findings: [{ kind: "dead-end" }], ancestor: { superstep: 0 } });
    expect(await codeOf(() => opened.session.continue())).toBe("NOT_RESUMABLE");
    opened.source.edit(graphText(chain));
    expect([blockageOf(opened.session), verdicts(opened)]).toEqual([undefined, ["unaffected", "unaffected"]]);
    await opened.session.continue();
    expect(stateOf(opened)).toEqual(["waiting", 2, ["a", "b"]]);
  });

  it("goes on from the checkpoint that can", async () => {
    const opened = await stepped();
    opened.source.edit(graphText(without));
    known(opened);
    const { run } = opened.session;
    opened.session.restore(run?.id ?? "", blockageOf(opened.session)?.ancestor?.checkpoint ?? "");
    expect(blockageOf(opened.session)).toBeUndefined();
    await opened.session.continue();
    expect(stateOf(opened)).toEqual(["completed", 1, ["a"]]);
  });

  it("goes on anyway when a person says so, and the trace says who", async () => {
    const opened = await stepped();
    opened.source.edit(graphText(without));
    opened.session.overrule();
    expect([blockageOf(opened.session), opened.session.run?.status]).toEqual([undefined, "paused"]);
    const carried = opened.session.run?.trace.filter(({ type }) => type === "carried-over");
    expect(carried).toMatchObject([{ actor: "tester", verdict: "lost", findings: [{ kind: "dead-end" }] }]);
    expect(verdicts(opened)[0]).toBe("unaffected");
    await opened.session.continue();
    expect(opened.session.run?.status).toBe("completed");
  });

  it("is compared with nothing before the workspace is trusted", async () => {
    const opened = await stepped();
    opened.world.trusted = false;
    opened.source.edit(graphText(without));
    expect(verdicts(opened)).toEqual([]);
    expect(await codeOf(() => opened.session.overrule())).toBe("UNTRUSTED");
  });
});

describe("a run in a file", () => {
  async function exported(work: (file: string, opened: Opened) => Promise<void>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "patchbay-export-"));
    const opened = open();
    try {
      await opened.session.start({});
      const file = join(folder, "run.patchbay-run");
      await opened.session.archive.exportRun(opened.session.run?.id ?? "", file);
      await work(file, opened);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it("is shown where it is imported, and goes on", () =>
    exported(async (file, { session }) => {
      const other = open();
      let changes = 0;
      other.session.onDidChangeRun(() => (changes += 1));
      const { run } = await other.session.importRun(file, false);
      expect([run, other.session.run?.id, other.session.run?.status]).toEqual([session.run?.id, session.run?.id, "waiting"]);
      expect(changes).toBeGreaterThan(0);
      other.session.decide("ask", "approve");
      await other.session.continue();
      expect(other.session.run?.status).toBe("completed");
      expect(session.run?.status).toBe("waiting");
    }));

  it("is refused where it is already, unless as a copy", () =>
    exported(async (file, { session }) => {
      await expect(session.importRun(file, false)).rejects.toMatchObject({ code: "RUN_EXISTS" });
      const shown = session.run?.id;
      const { run } = await session.importRun(file, true);
      expect([session.archive.runs(10).map(({ id }) => id), session.run?.id]).toEqual([[run, shown], shown]);
    }));

  it("is not looked at where the workspace is not trusted", () =>
    exported(async (file) => {
      const world = { ...newWorld(), trusted: false };
      await expect(open(chain, world).session.importRun(file, false)).rejects.toMatchObject({ code: "UNTRUSTED" });
      expect(world.hasStore).toBe(false);
    }));
});

describe("branching off", () => {
  async function finished() {
    const opened = open();
    await opened.session.start({});
    const run = opened.session.run?.id ?? "";
    const summary = opened.world.store.list(run).find(({ superstep }) => superstep === 1);
    if (summary === undefined) throw new Error("There is no checkpoint of superstep 1.");
    return { ...opened, run, summary };
  }

  it("with other values stands on a new branch, and the one that was left is gone back to", async () => {
    const { session, run, summary } = await finished();
    const left = session.run?.head ?? "";
    session.fork(run, summary.id, { values: { log: ["mine"] } });
    expect([session.run?.status, session.run?.channels["log"]]).toEqual(["paused", ["mine"]]);
    await session.continue();
    expect(session.run?.channels["log"]).toEqual(["mine", "b"]);
    session.restore(run, left);
    expect([session.run?.status, session.run?.channels["log"]]).toEqual(["waiting", ["a", "b"]]);
    expect(session.run?.trace.filter(({ type }) => type === "state-edited")).toEqual([]);
  });

  it("is refused in a workspace that is not trusted, and moves nothing where values do not fit", async () => {
    const { session, world, run, summary } = await finished();
    const head = session.run?.head;
    expect(await codeOf(() => session.fork(run, summary.id, { values: { log: 1 } }))).toBe("INPUT_INVALID");
    world.trusted = false;
    expect(await codeOf(() => session.fork(run, summary.id, { values: {} }))).toBe("UNTRUSTED");
    expect(await codeOf(() => session.copyInto("other.patchbay.json", summary.id))).toBe("UNTRUSTED");
    expect(session.run?.head).toBe(head);
  });

  it("knows the graph of then, whether it differs, and the values that the graph of now has channels for", async () => {
    const { session, source, summary } = await finished();
    const then = source.parsed.text;
    expect(pastGraph(session, summary)).toEqual({ text: then, differs: false, changedFiles: [] });
    source.edit(graphText({ ...chain, channels: { other: { schema: {} } } }));
    expect(pastGraph(session, summary)).toEqual({ text: then, differs: true, changedFiles: [] });
    const place = { run: summary.run, checkpoint: summary.id, superstep: 1, revision: summary.revision };
    expect(editableState(session, { ...place, inside: false }).values).toEqual({});
    expect(editableState(session, { ...place, inside: true }).values).toEqual({ log: ["a"] });
    expect(pastGraph(session, { revision: "never" })).toBeUndefined();
  });

  it("into a file writes the document of then beside the graph, under a name that is free, with a run of its own", async () => {
    const { session, source, world, summary } = await finished();
    const head = session.run?.head;
    source.directory = mkdtempSync(join(tmpdir(), "patchbay-fork-"));
    try {
      const forking = { checkpoint: summary.id, superstep: 1, text: source.parsed.text };
      const paths = [forkIntoFile(session, forking), forkIntoFile(session, forking)];
      const names = ["test (superstep 1).patchbay.json", "test (superstep 1) 2.patchbay.json"];
      expect(readdirSync(source.directory).toSorted()).toEqual(names.toSorted());
      expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual([source.parsed.text, source.parsed.text]);
      const runs = names.map((name) => world.store.runs(name));
      expect(runs.map(([run]) => world.store.list(run?.id ?? "").map(({ superstep }) => superstep))).toEqual([
        [1, 0],
        [1, 0],
      ]);
      expect(await codeOf(() => forkIntoFile(session, { ...forking, checkpoint: "none" }))).toBe("NOT_FOUND");
      expect(readdirSync(source.directory)).toHaveLength(2);
      expect(session.run?.head).toBe(head);
    } finally {
      rmSync(source.directory, { recursive: true });
    }
  });

  it("shows no run that was deleted", async () => {
    const { session, world, run } = await finished();
    session.runsDeleted();
    expect(session.run?.id).toBe(run);
    world.store.deleteRun(run);
    session.runsDeleted();
    expect(session.run).toBeUndefined();
  });
});

describe("nodes that run live on replay", () => {
  it("run again after a restore, and their results count again when they are taken back", async () => {
    const opened = open();
    const { session } = opened;
    await session.start({});
    const [, , , begun] = session.archive.checkpoints(session.run?.id ?? "", 10).map(({ id }) => id);
    const run = session.run?.id ?? "";
    const replayed = (): readonly string[] =>
      (session.run?.trace ?? []).flatMap((event) => (event.type === "task-replayed" ? [event.node] : []));
    const again = async (): Promise<readonly string[]> => {
      session.restore(run, begun ?? "");
      await session.continue();
      return replayed();
    };
    expect(await again()).toEqual(["a", "b"]);
    session.setLive("b", true);
    expect([session.liveNodes, await again()]).toEqual([["b"], ["a"]]);
    session.restore(run, begun ?? "");
    session.setLive("b", false); // counts for the run that is on its way already
    await session.continue();
    expect([session.liveNodes, replayed()]).toEqual([[], ["a", "b"]]);
  });

  it("are remembered by graph, and told to nobody in Restricted Mode", async () => {
    const memory = forgetful();
    const nodes = new LiveNodes(memory);
    nodes.set("one", "a", true);
    nodes.set("one", "b", true);
    nodes.set("two", "a", true);
    nodes.set("one", "a", false);
    nodes.set("two", "a", false);
    const again = new LiveNodes(memory);
    expect([again.of("one"), again.of("two"), again.of("three")]).toEqual([["b"], [], []]);
    expect(new LiveNodes({ get: () => "damaged", update: () => Promise.resolve() }).of("one")).toEqual([]);
    const { session, world } = open();
    world.trusted = false;
    expect(await codeOf(() => session.setLive("a", true))).toBe("UNTRUSTED");
  });
});

describe("a run that another window has gone on with", () => {
  it("is shown as it stands now, and who acts on what was shown before is told", async () => {
    const first = open();
    await first.session.start({});
    const second = open(chain, first.world);
    second.session.watch();
    second.session.decide("ask", "reject");
    await second.session.continue();
    expect(await codeOf(() => first.session.decide("ask", "approve"))).toBe("RUN_ELSEWHERE");
    expect(stateOf(first)).toEqual(stateOf(second));
    first.session.decide("ask", "approve");
    await first.session.continue();
    expect(stateOf(first)[0]).toBe("completed");
    const [started] = first.world.store.list(first.session.run?.id ?? "", { superstep: 1 });
    second.session.restore(first.session.run?.id ?? "", started?.id ?? "");
    expect(stateOf(second).slice(0, 2)).toEqual(["paused", 1]);
    expect(await codeOf(() => first.session.step())).toBe("RUN_ELSEWHERE");
    await first.session.step();
    expect(stateOf(first)[1]).toBe(2);
  });
});
