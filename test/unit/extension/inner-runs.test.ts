import { describe, expect, test } from "vitest";
import { factsInside } from "../../../extension/bridge/project-inside.js";
import { projectRun } from "../../../extension/bridge/project-run.js";
import { Emitter } from "../../../extension/emitter.js";
import { GraphSession } from "../../../extension/run/graph-session.js";
import { InnerRuns } from "../../../extension/run/inner-runs.js";
import { ShownRun } from "../../../extension/run/shown-run.js";
import { MemoryStore } from "../../../runtime/index.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";
import { sourceOf } from "../../support/run-texts.js";
import { FakeSource, sessionServices } from "./session-services.js";

const n = { schema: { type: "number" }, default: 0 };
/** Asks until somebody has approved twice. */
const outer: ShortGraph = {
  channels: { n },
  nodes: { sub: { kind: "subgraph", graph: "./inner" } },
  edges: { e1: "@start -> sub", e2: "sub -> sub when n < 2.0" },
};
const inner: ShortGraph = {
  channels: { n },
  nodes: { more: { kind: "expression", set: { n: "n + 1.0" } }, ask: { kind: "barrier", prompt: "Go on?" } },
  edges: { i1: "@start -> more", i2: "more -> ask" },
};
const mapped: ShortGraph = {
  channels: { basket: { schema: { type: "array" }, default: [1, 2, 3] } },
  nodes: { each: { kind: "map", over: "basket", graph: "./inner", in: { n: "item" } } },
  edges: { e1: "@start -> each" },
};

/** An outer and an inner graph in one window, and who looks at the inner one. */
function opened(around: ShortGraph = outer) {
  const [clock, store] = [new ManualClock(), new MemoryStore()];
  const changed = new Emitter<GraphSession>();
  const sessionOf = (graph: ShortGraph, name: string): GraphSession => {
    const services = { ...sessionServices(clock, store), graphs: () => sourceOf({ "./inner": graphText(inner) }) };
    const session = new GraphSession(new FakeSource(graphText(graph), name), services);
    session.onDidChangeRun(() => changed.fire(session));
    return session;
  };
  const sessions = { outer: sessionOf(around, "outer"), inner: sessionOf(inner, "inner") };
  const runs = new InnerRuns({ all: Object.values(sessions), onDidChange: changed.event, onDidClose: new Emitter<GraphSession>().event });
  const shown = new ShownRun(sessions.inner, runs);
  const { key } = sessions.inner.source;
  const enter = (node: string): void => runs.enter(key, { outer: sessions.outer.source.key, node });
  return { ...sessions, runs, shown, key, enter, store };
}

const channelsOf = (shown: ShownRun): unknown => shown.run?.channels;
const placesOf = ({ inside }: ShownRun): unknown => inside?.all.map(({ superstep, slot }) => [superstep, slot]);

describe("a canvas that was come to from a node", () => {
  test("shows what runs inside the node, follows it, and asks what it asks", async () => {
    const { outer: around, shown, enter } = opened();
    enter("sub");
    expect([shown.run, shown.inside, shown.mover.source.name]).toEqual([undefined, undefined, "inner"]);
    let changes = 0;
    shown.onDidChangeRun(() => (changes += 1));
    await around.start({});
    expect(changes).toBeGreaterThan(2);
    expect([shown.run?.status, channelsOf(shown), placesOf(shown)]).toEqual(["waiting", { n: 1 }, [[1, undefined]]]);
    expect([shown.mover, shown.archive]).toEqual([around, around.archive]);
    expect(shown.questionAround("ask")).toBe("sub/ask");
    expect(shown.isAsked("ask")).toBe(true);
    const before = shown.sequence;
    around.decide(shown.questionAround("ask") ?? "", "approve");
    expect(shown.isAsked("ask")).toBe(false);
    if (shown.run === undefined) throw new Error("nothing is shown");
    const facts = factsInside(shown.run, (question) => shown.isAsked(question));
    expect([shown.run.status, facts.status, projectRun(facts, 1)]).toMatchObject([
      "waiting",
      "paused",
      { questions: [], nodes: { ask: { status: "due" } } },
    ]);
    await around.continue();
    expect(shown.sequence).toBeGreaterThan(before);
    expect([channelsOf(shown), placesOf(shown)]).toEqual([
      { n: 2 },
      [
        [1, undefined],
        [2, undefined],
      ],
    ]);
  });

  test("shows one of several, an ended one too, and the graph's own", async () => {
    const { outer: around, shown, runs, enter, key } = opened();
    enter("sub");
    await around.start({});
    around.decide("sub/ask", "approve");
    await around.continue();
    const [first] = shown.inside?.all ?? [];
    runs.choose(key, first?.run ?? "");
    expect([shown.run?.id, shown.run?.status, channelsOf(shown)]).toEqual([first?.run, "completed", { n: 1 }]);
    expect(shown.run?.tally.nodes.get("more")?.finished).toBe(1);
    runs.choose(key, null);
    expect([shown.run, shown.inside?.shown, shown.inside?.all.length]).toEqual([undefined, undefined, 2]);
  });

  test("shows the first of the items, and any of them", async () => {
    const { outer: around, shown, runs, enter, key } = opened(mapped);
    enter("each");
    await around.start({});
    expect([placesOf(shown), channelsOf(shown)]).toEqual([
      [
        [1, "0"],
        [1, "1"],
        [1, "2"],
      ],
      { n: 2 },
    ]);
    runs.choose(key, shown.inside?.all[2]?.run ?? "");
    expect(channelsOf(shown)).toEqual({ n: 4 });
  });

  test("shows a run of the graph's own as soon as one is begun", async () => {
    const { outer: around, inner: own, shown, enter } = opened();
    await around.start({});
    enter("sub");
    expect(shown.run?.id).not.toBe(own.run?.id);
    await own.start({});
    expect([shown.inside, shown.run]).toEqual([undefined, own.run]);
  });

  test("shows what is stored after a reload, and nothing of a later superstep than that of the run around", async () => {
    const { outer: around, shown, enter, store } = opened();
    enter("sub");
    await around.start({});
    around.decide("sub/ask", "approve");
    await around.continue();
    const run = around.run?.id ?? "";
    const [asked] = store.list(run, { superstep: 1 });
    around.restore(run, asked?.id ?? "");
    expect(placesOf(shown)).toEqual([[1, undefined]]);
  });

  test("of a graph that contains itself shows its own run", () => {
    const { runs, inner: own } = opened();
    const { key } = own.source;
    runs.enter(key, { outer: key, node: "sub" });
    expect([runs.of(key), runs.run(key)]).toEqual([undefined, undefined]);
  });
});
