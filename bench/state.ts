import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { MemoryStore, openSqliteStore, type CheckpointStore } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { ballastDocument, loopDocument } from "./graphs.js";
import { elapsed, expectCount, measure, type Subject } from "./measure.js";
import { handlersInProcess, prepared, startSession } from "./ours.js";
import { row, type Row } from "./table.js";

const SUPERSTEPS = 400;
const SMALL = 2 ** 10;
const LARGE = 100 * 2 ** 20;
const LONG = 100_000;
/** Supersteps after which the memory of a long run is looked at first, and as often then. */
const EVERY = 10_000;

/** What the size of the state and the length of a run cost. No peer: these are bounds on growth. */
export const state: Benchmark = {
  name: "state",
  run: async () => [
    await growth("in memory", (work) => work(new MemoryStore())),
    await growth("durable", (work) =>
      inFolder(async (folder) => {
        const store = openSqliteStore(folder);
        const ms = await work(store);
        store.close();
        return ms;
      }),
    ),
    await memoryOfLongRun(),
  ],
};

type WithStore = (work: (store: CheckpointStore) => Promise<number>) => Promise<number>;

/** How many times longer a superstep takes beside 10 MB of state than beside 1 KB. */
async function growth(where: string, withStore: WithStore): Promise<Row> {
  const [small, large] = await measure([SMALL, LARGE].map((bytes) => subject(bytes, withStore)));
  const name = `a superstep beside ${LARGE / 2 ** 20} MB of state, against 1 KB, ${where}`;
  return row({ name, unit: "times", better: "less", ours: (large?.median ?? Number.NaN) / (small?.median ?? Number.NaN) });
}

/** The first checkpoint, which holds the whole state, is made before the time is taken: what counts is what a superstep costs. */
function subject(bytes: number, withStore: WithStore): Subject {
  const graph = prepared(ballastDocument(SUPERSTEPS));
  const once = () =>
    withStore(async (store) => {
      const session = startSession(graph, { ballast: "x".repeat(bytes) }, store, handlersInProcess());
      const ms = await elapsed(() => session.continue());
      expectCount("supersteps", Number(session.channels["count"]), SUPERSTEPS);
      return ms;
    });
  return { once, rounds: 25, warmUp: 5, budgetMs: 8_000 };
}

/** Bytes of heap that each further superstep of a long run keeps. */
async function memoryOfLongRun(): Promise<Row> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const kept = await inFolder(async (folder) => {
    const store = openSqliteStore(folder);
    const session = startSession(prepared(loopDocument(LONG)), {}, store, handlersInProcess());
    const heap: number[] = [];
    for (let next = EVERY; next <= LONG; next += EVERY) {
      while (session.frontier.superstep < next && session.status !== "completed") await session.step();
      heap.push(used());
    }
    expectCount("supersteps", Number(session.channels["count"]), LONG);
    store.close();
    return ((heap.at(-1) ?? Number.NaN) - (heap[0] ?? Number.NaN)) / (LONG - EVERY);
  });
  const name = `heap kept by each superstep from ${EVERY.toLocaleString("en-US")} to ${LONG.toLocaleString("en-US")}, durable`;
  return row({ name, unit: "bytes", better: "less", ours: kept });
}
