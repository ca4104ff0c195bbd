import { describe, expect, test } from "vitest";
import { CompileQueue, GraphCompiler, parseDocument, type CompilerOptions, type ParsedDocument } from "../../../runtime/index.js";
import { graphText, type ShortGraph } from "../../support/graph-text.js";
import { ManualClock } from "../../support/manual-clock.js";

const graph: ShortGraph = {
  channels: { n: { schema: { type: "number" } } },
  nodes: { a: {}, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c" },
};
const retargeted: ShortGraph = { ...graph, edges: { ...graph.edges, e2: "a -> c" } };
const hard: ShortGraph = { ...graph, channels: { n: { schema: { type: "integer" } } } };
const harder: ShortGraph = { ...hard, nodes: { ...graph.nodes, d: {} }, edges: { ...graph.edges, e4: "c -> d" } };
const broken: ShortGraph = { ...graph, edges: { ...graph.edges, e2: "a -> nowhere" } };
const under = (strategy: string, of = graph, more: object = {}): ShortGraph => ({ ...of, compile: { strategy, ...more } });

/** A compiler at a graph, and what its edits, its clock and its queue do. */
function compilerAt(first: ShortGraph = graph, options?: CompilerOptions) {
  const clock = new ManualClock();
  const queue = new CompileQueue(clock);
  const compiler = new GraphCompiler("g", queue, clock, options);
  let document: ParsedDocument | undefined;
  const edit = (next: ShortGraph): void => {
    document = parseDocument(graphText(next), document);
    compiler.update(document);
  };
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  edit(first);
  return { clock, queue, compiler, edit, wait };
}

describe("how the plan stands to the document", () => {
  test("from edit to edit", async () => {
    const { compiler, edit, wait } = compilerAt();
    const states: string[] = [compiler.status.state];
    const note = (next: ShortGraph): void => {
      edit(next);
      states.push(compiler.status.state);
    };
    note(retargeted);
    note(hard);
    note(broken);
    note(hard);
    await wait(0);
    states.push(compiler.status.state);
    note(under("soft", graph));
    note(graph);
    note(hard);
    expect(states).toEqual(["current", "current", "waiting", "broken", "waiting", "current", "refused", "waiting", "current"]);
  });

  test("a graph that was broken from the start has no plan that could be stale", () => {
    const { compiler, edit } = compilerAt(broken);
    expect([compiler.status.state, compiler.stale, compiler.current]).toEqual(["empty", false, undefined]);
    edit(graph);
    expect([compiler.status.state, compiler.history[0]?.trigger]).toEqual(["current", "opened"]);
  });

  test("the drift names what the plan does not say yet, and is empty while it says all", () => {
    const { compiler, edit } = compilerAt();
    expect(compiler.drift).toEqual([]);
    edit(harder);
    const named = compiler.drift.map(({ entity, id }) => `${entity} ${id}`);
    expect(named).toEqual(["channel n", "edge e4", "node d"]);
  });

  test("a job that fails is a record, keeps the plan in force, and is told until it succeeds", async () => {
    const { clock, compiler, wait } = compilerAt();
    const plan = compiler.current?.plan;
    const unusable = parseDocument(
      graphText({
        ...graph,
        nodes: { ...graph.nodes, x: { kind: "expression", set: { n: "1 +" } } },
        edges: { ...graph.edges, e9: "c -> x" },
      }),
    );
    // The validator finds every graph that cannot be compiled; one that it misses must do no harm.
    compiler.update({ ...unusable, valid: true });
    await wait(0);
    expect([compiler.status.state, compiler.stale, compiler.current?.plan === plan]).toEqual(["failed", true, true]);
    expect(compiler.history[0]).toMatchObject({ success: false, recomputed: 0, edits: 1, revision: plan?.revision });
    expect(compiler.pending?.failures).toBe(1);
    compiler.update(parseDocument(graphText(graph)));
    expect([compiler.status.state, compiler.pending, compiler.current?.plan === plan]).toEqual(["current", undefined, true]);
    clock.advance(60_000);
    expect(compiler.history.length).toBe(2);
  });
});

describe("strategy soft", () => {
  test("refuses what is soft and hard at once as a whole; undoing it makes the plan true again", () => {
    const { compiler, edit } = compilerAt(under("soft"));
    const { plan, document } = compiler.current ?? {};
    edit(under("soft", { ...hard, edges: retargeted.edges }));
    expect(compiler.status).toMatchObject({ state: "refused", error: { code: "HARD_REFUSED" } });
    expect([compiler.current?.plan === plan, compiler.current?.document === document]).toEqual([true, true]);
    edit(under("soft"));
    expect([compiler.status.state, compiler.current?.plan === plan]).toEqual(["current", true]);
  });

  test("takes a soft change, and the soft part of an edit whose hard part was undone", () => {
    const { compiler, edit } = compilerAt(under("soft"));
    edit(under("soft", { ...hard, edges: retargeted.edges }));
    edit(under("soft", retargeted));
    expect([compiler.status.state, compiler.history[0]?.class, compiler.history[0]?.success]).toEqual(["current", "soft", true]);
  });

  test("chosen while a hard change waits, takes it out of the queue", async () => {
    const { compiler, edit, wait } = compilerAt(under("auto", graph, { sizeThreshold: 9 }));
    edit(under("auto", hard, { sizeThreshold: 9 }));
    expect(compiler.status.state).toBe("waiting");
    edit(under("soft", hard));
    await wait(60_000);
    expect([compiler.status.state, compiler.pending]).toEqual(["refused", undefined]);
  });

  test("left while a change is refused, lets it be compiled", async () => {
    const { compiler, edit, wait } = compilerAt(under("soft"));
    edit(under("soft", hard));
    edit(under("auto", hard));
    await wait(0);
    expect([compiler.status.state, compiler.history[0]?.class]).toEqual(["current", "hard"]);
  });

  test("the same refusal at edit after edit is one record", () => {
    const { compiler, edit } = compilerAt(under("soft"));
    edit(under("soft", hard));
    edit(under("soft", { ...hard, nodes: { ...hard.nodes, a: { label: "A" } } }));
    expect(compiler.history.filter(({ success }) => !success).length).toBe(1);
  });
});

describe("strategy hard", () => {
  test("compiles anew what a patch would have done, and says so with what the patch costs", async () => {
    const { compiler, edit, wait } = compilerAt(under("hard"));
    edit(under("hard", retargeted));
    await wait(0);
    expect(compiler.history[0]).toMatchObject({ class: "hard", needed: "soft", recomputed: 3, patchMicros: 0 });
    edit(under("hard", hard));
    await wait(0);
    expect(compiler.history[0]).toMatchObject({ class: "hard", needed: "hard" });
    expect(compiler.history[0]).not.toHaveProperty("patchMicros");
  });
});

describe("edits that wait", () => {
  test("are counted and timed; one that means nothing is none", async () => {
    const patient = { strategy: "auto", sizeThreshold: 9, staleAfter: "2s" };
    const { compiler, edit, wait } = compilerAt({ ...graph, compile: patient });
    edit({ ...hard, compile: patient });
    await wait(500);
    edit({ ...harder, compile: patient });
    edit({ ...harder, nodes: { ...harder.nodes, a: { label: "A" } }, compile: patient });
    expect(compiler.pending?.edits).toBe(2);
    await wait(1500);
    expect(compiler.history[0]).toMatchObject({ trigger: "edited", edits: 2, waitedMs: 2000 });
  });
});

describe("a recompile that is asked for", () => {
  test("is a hard one of the same document, with nothing changed", async () => {
    const { compiler } = compilerAt();
    const revision = compiler.current?.plan.revision;
    const record = await compiler.forceRecompile();
    expect(record).toMatchObject({ class: "hard", trigger: "asked", reasons: ["asked for"], recomputed: 3, success: true, revision });
    expect([compiler.pending, compiler.history.length]).toEqual([undefined, 2]);
  });

  test("takes what waits with it, and what the strategy refused", async () => {
    const { compiler, edit } = compilerAt(under("soft"));
    edit(under("soft", hard));
    const record = await compiler.forceRecompile();
    expect(record).toMatchObject({ trigger: "asked", needed: "hard", reasons: ["asked for", "channel n: schema changed"] });
    expect(compiler.status.state).toBe("current");
  });

  test("of a broken graph fails with the reason, and keeps the plan", async () => {
    const { compiler, edit, wait } = compilerAt();
    const plan = compiler.current?.plan;
    edit(broken);
    expect(await compiler.forceRecompile()).toMatchObject({ success: false, trigger: "asked", error: { code: "PLAN_INVALID" } });
    await wait(60_000);
    expect([compiler.status.state, compiler.current?.plan === plan, compiler.history.length]).toEqual(["broken", true, 2]);
  });

  test("is none where it is taken back before its turn, and what comes later was not asked for", async () => {
    const { queue, compiler, edit, wait } = compilerAt();
    for (const other of ["x", "y"]) {
      queue.register(other, () => new Promise<void>(() => {})); // as many as the queue has at work at once
      queue.notify(other, ["edit"], { sizeThreshold: 1, staleAfterMs: 1, staleMinEdits: 1 });
    }
    await wait(0);
    const asked = compiler.forceRecompile();
    queue.cancel("g");
    expect([await asked, compiler.history.length]).toEqual([undefined, 1]);
    queue.cancel("x");
    edit(hard);
    await wait(0);
    expect(compiler.history[0]).toMatchObject({ trigger: "edited", reasons: ["channel n: schema changed"] });
  });

  test("before there is a document is none", async () => {
    const clock = new ManualClock();
    const compiler = new GraphCompiler("g", new CompileQueue(clock), clock);
    expect(await compiler.forceRecompile()).toBeUndefined();
  });
});

describe("what a full compile takes", () => {
  const large = (count: number): ShortGraph => ({
    channels: {},
    nodes: Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, {}])),
    edges: Object.fromEntries(Array.from({ length: count }, (_, n) => [`e${n}`, n === 0 ? "@start -> n0" : `n${n - 1} -> n${n}`])),
  });

  test("is known to what follows, for as long as the graph is about as large", () => {
    const { compiler, edit } = compilerAt(large(4));
    const more = {
      ...large(4),
      edges: { ...large(4).edges, ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, "n0 -> n3"])) },
    };
    edit({ ...large(4), edges: { ...large(4).edges, back: "n3 -> n0" } });
    expect(compiler.history[0]).toHaveProperty("fullMicros");
    edit(more);
    expect(compiler.history[0]?.class).toBe("soft");
    expect(compiler.history[0]).not.toHaveProperty("fullMicros");
    compiler.measureFull();
    edit({ ...more, edges: { ...more.edges, m1: "n1 -> n3" } });
    expect(compiler.history[0]).toHaveProperty("fullMicros");
  });

  test("is measured again in an idle moment, once: two seconds after the last edit", () => {
    const { clock, compiler, edit } = compilerAt(large(4), { measureWhenIdle: true });
    const looped = (to: string): ShortGraph => ({ ...large(4), edges: { ...large(4).edges, back: `n3 -> ${to}` } });
    edit(looped("n0"));
    expect(clock.waiting).toBe(1);
    clock.advance(1500);
    edit(looped("n1"));
    clock.advance(500);
    expect(clock.waiting).toBe(1); // not yet: somebody edits
    clock.advance(1500);
    expect(clock.waiting).toBe(0);
    edit(looped("n2"));
    expect(clock.waiting).toBe(0); // measured, in code that has run before, at this size
    compiler.dispose();
  });

  test("is not waited for by a compiler that is gone", () => {
    const { clock, compiler, edit } = compilerAt(large(4), { measureWhenIdle: true });
    edit({ ...large(4), edges: { ...large(4).edges, back: "n3 -> n0" } });
    compiler.dispose();
    expect(clock.waiting).toBe(0);
  });
});
