import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cloneRun, MemoryStore, RunSession, type CheckpointStore, type JsonValue } from "../../runtime/index.js";
import type { HandlerContext } from "../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../support/graph-text.js";
import { compile, logChannel, services, type Handlers } from "../unit/run/harness.js";

/** A graph by what its nodes are, in chains beside one another: a list is a graph inside, `each` one for each of three items. */
type Shape = readonly (readonly Piece[])[];
type Piece = "code" | "ask" | Shape | { readonly each: Shape };

const piece: fc.Arbitrary<Piece> = fc.letrec<{ shape: Shape; piece: Piece }>((tie) => ({
  shape: fc.array(fc.array(tie("piece"), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  piece: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<Piece>("code", "ask"),
    tie("shape") as fc.Arbitrary<Piece>,
    fc.record({ each: tie("shape") }),
  ),
})).piece;
const shape: fc.Arbitrary<Shape> = fc.array(fc.array(piece, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 });

/** The graphs of a shape, by path; the outermost is `./0`. */
function graphsOf(outermost: Shape): Readonly<Record<string, ShortGraph>> {
  const graphs: Record<string, ShortGraph> = {};
  let last = 0;
  const add = (chains: Shape): string => {
    const path = `./${last}`;
    last += 1;
    const nodes: Record<string, object> = {};
    const edges: Record<string, string> = {};
    for (const [row, chain] of chains.entries()) {
      for (const [place, each] of chain.entries()) {
        const id = `n${row}${place}`;
        nodes[id] = nodeOf(each, add);
        const before = chain[place - 1];
        edges[`e${row}${place}`] =
          before === undefined ? `@start -> ${id}` : `n${row}${place - 1} -> ${id}${before === "ask" ? " on approve" : ""}`;
        if (before === "ask") edges[`x${row}${place}`] = `n${row}${place - 1} -> @end on reject`;
      }
    }
    graphs[path] = { channels: { ...logChannel }, nodes, edges };
    return path;
  };
  add(outermost);
  return graphs;
}

function nodeOf(each: Piece, add: (chains: Shape) => string): object {
  if (each === "ask") return { kind: "barrier", prompt: "?" };
  if (each === "code") return { handler: "./say.ts" };
  if (!("each" in each)) return { kind: "subgraph", graph: add(each) };
  return { kind: "map", over: "[0, 1, 2]", graph: add(each.each), in: {}, result: "log", output: "log", concurrency: 2 };
}

const handlers: Handlers = {
  say: (_state: object, { idempotencyKey }: HandlerContext) => ({ log: [idempotencyKey.replace(/^[^/]*\//, "")] }),
};

class Killed extends Error {}

/** A store whose process is killed at its `nth` write: nothing is written from there on. */
function killedAt(store: CheckpointStore, nth: number): { readonly store: CheckpointStore; readonly writes: () => number } {
  let writes = 0;
  const writing = new Set(["createRun", "save", "saveResult", "moveHead", "appendTrace", "saveDocument"]);
  const proxy = new Proxy(store, {
    get(target, name: keyof CheckpointStore) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        if (writing.has(name) && (writes += 1) > nth) throw new Killed("killed");
        return method.apply(target, args);
      };
    },
  });
  return { store: proxy, writes: () => writes };
}

/** Takes a run to its end, answering what it asks; stops where its process is killed. */
async function drive(session: RunSession): Promise<RunSession> {
  while (session.status === "paused" || session.status === "waiting") {
    const [question] = session.openQuestions;
    if (question !== undefined) session.decide(question.key, { action: "approve", actor: "test" });
    await session.continue();
  }
  return session;
}

async function until<T>(work: () => Promise<T>): Promise<T | undefined> {
  return work().catch((thrown: unknown) => {
    if (thrown instanceof Killed) return undefined;
    throw thrown;
  });
}

/** The tasks that finished more than once, in all the runs of a store, and those inside which more than one run began in one place. */
function finishedTwice(store: CheckpointStore, run: string): readonly string[] {
  const own = store.trace(run).flatMap((event) => (event.type === "task-finished" ? [`${run} ${event.task}`] : []));
  const twice = own.filter((task, place) => own.indexOf(task) !== place);
  const inside = store.nested(run).flatMap(({ head, parent }) => (head === null ? [] : [`${run} ${parent?.task} ${parent?.slot}`]));
  twice.push(...inside.filter((place, index) => inside.indexOf(place) !== index));
  return [...twice, ...store.nested(run).flatMap(({ id }) => finishedTwice(store, id))];
}

async function straight(graphs: Readonly<Record<string, ShortGraph>>) {
  const counting = killedAt(new MemoryStore(), Infinity);
  const given = { ...services(handlers, { graphs }), store: counting.store };
  const session = await drive(RunSession.start(compile(graphs["./0"] as ShortGraph), { graph: "g" }, given));
  return { status: session.status, log: session.channels["log"] as JsonValue, writes: counting.writes() };
}

/** Kills a run at its `nth` write, and another time soon after; then takes it to its end. */
async function interrupted(graphs: Readonly<Record<string, ShortGraph>>, nth: number, again: number) {
  const store = new MemoryStore();
  const graph = () => compile(graphs["./0"] as ShortGraph);
  const given = (each: CheckpointStore) => ({ ...services(handlers, { graphs }), store: each });
  await until(async () => drive(RunSession.start(graph(), { graph: "g", run: "r" }, given(killedAt(store, nth).store))));
  const begun = () => store.run("r")?.head != null;
  if (begun()) await until(async () => drive(RunSession.resume("r", graph(), given(killedAt(store, again).store))));
  const id = begun() ? "r" : "again";
  const session = begun()
    ? RunSession.resume("r", graph(), given(store))
    : RunSession.start(graph(), { graph: "g", run: id }, given(store));
  await drive(session);
  return { status: session.status, log: session.channels["log"] as JsonValue, twice: finishedTwice(store, id) };
}

describe("a run with runs inside", () => {
  test("ends the same, and repeats nothing, wherever its process is killed", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(1000), fc.nat(6), async (chains, at, again) => {
        const graphs = graphsOf(chains);
        const { status, log, writes } = await straight(graphs);
        expect(await interrupted(graphs, at % writes, again)).toEqual({ status, log, twice: [] });
      }),
      { numRuns: 150 },
    );
  });

  test("at each single write of one that has everything", async () => {
    const graphs = graphsOf([
      [
        "code",
        [
          ["code", "ask", "code"],
          [[["ask", "code"]], "code"],
        ],
        "code",
      ],
      [
        {
          each: [
            ["code", { each: [["ask"], ["code"]] }],
            ["ask", "code"],
          ],
        },
        "code",
      ],
      ["ask", [["code", "code"]]],
    ]);
    const { status, log, writes } = await straight(graphs);
    expect(writes).toBeGreaterThan(40);
    for (let nth = 0; nth < writes; nth += 1) {
      expect({ nth, ...(await interrupted(graphs, nth, 1000)) }).toEqual({ nth, status, log, twice: [] });
    }
  });

  test("goes on the same from each of its checkpoints, outer and inner", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(1000), async (chains, pick) => {
        const graphs = graphsOf(chains);
        const given = services(handlers, { graphs });
        const session = await drive(RunSession.start(compile(graphs["./0"] as ShortGraph), { graph: "g" }, given));
        const { status, channels } = session;
        const checkpoints = allCheckpoints(given.store, session.id);
        session.restore(checkpoints[pick % checkpoints.length] ?? "");
        await drive(session);
        expect([session.status, session.channels]).toEqual([status, channels]);
        // Nothing that was there is lost.
        expect(allCheckpoints(given.store, session.id)).toEqual(expect.arrayContaining([...checkpoints]));
      }),
      { numRuns: 150 },
    );
  });
});

describe("a copy of a run with runs inside", () => {
  test("goes on the same from each checkpoint, and leaves what it was made of as it was", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(1000), async (chains, pick) => {
        const graphs = graphsOf(chains);
        const given = services(handlers, { graphs });
        const session = await drive(RunSession.start(compile(graphs["./0"] as ShortGraph), { graph: "g" }, given));
        const own = given.store.list(session.id, { limit: 1000 }).map(({ id }) => id);
        const before = allOf(given.store, session.id);
        const copy = cloneRun(own[pick % own.length] ?? "", given);
        const copied = await drive(RunSession.resume(copy, compile(graphs["./0"] as ShortGraph), given));
        expect([copied.status, copied.channels]).toEqual([session.status, session.channels]);
        expect(allOf(given.store, session.id)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});

/** Everything that a store has of a run and those inside it. */
function allOf(store: CheckpointStore, run: string): unknown {
  const checkpoints = store.list(run, { limit: 1000 }).map(({ id }) => store.load(id));
  return [store.run(run), checkpoints, store.trace(run), store.nested(run).map(({ id }) => allOf(store, id))];
}

function allCheckpoints(store: CheckpointStore, run: string): readonly string[] {
  const own = store.list(run, { limit: 1000 }).map(({ id }) => id);
  return [...own, ...store.nested(run).flatMap(({ id }) => allCheckpoints(store, id))];
}
