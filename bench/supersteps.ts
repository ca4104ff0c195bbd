import { join } from "node:path";
import { MemoryStore, openSqliteStore, type CheckpointStore } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { chainDocument, fanDocument, loopDocument, mapDocument } from "./graphs.js";
import { elapsed, expectCount, measure, type Sample, type Subject } from "./measure.js";
import { handlersInProcess, prepared, runToEnd } from "./ours.js";
import type { PeerFound, PeerRun } from "./peer.js";
import { row, type Row } from "./table.js";

const IN_MEMORY = 2_000;
const DURABLE = 1_000;
const WIDTH = 200;
const ITEMS = 1_000;

const bounds = { rounds: 11, warmUp: 5, budgetMs: 16_000 };

/** How fast runs are, from the start of a run to its end; the nodes do next to nothing and run in this process on both sides. */
export const supersteps: Benchmark = {
  name: "supersteps",
  run: async (found) => [await inMemory(found), await chain(found), await durable(found), await fan(found), await map(found)],
};

async function inMemory(found: PeerFound): Promise<Row> {
  const { peer, missing } = found;
  const [ours, theirs] = await contest(
    () => ourLoop(IN_MEMORY, new MemoryStore()),
    peer && (() => peerCount(peer.loop(IN_MEMORY, peer.memory()), IN_MEMORY)),
  );
  return row({
    name: `supersteps in memory, loop of ${IN_MEMORY.toLocaleString("en-US")}`,
    ...rate(ours, theirs, IN_MEMORY),
    note: missing,
  });
}

async function chain(found: PeerFound): Promise<Row> {
  const { peer, missing } = found;
  const graph = prepared(chainDocument(IN_MEMORY));
  const ours = () =>
    elapsed(async () => {
      const { count } = await runToEnd(graph, {}, new MemoryStore(), handlersInProcess());
      expectCount("nodes in a row", Number(count), IN_MEMORY);
    });
  const theirs = peer?.chain(IN_MEMORY, peer.memory());
  const [ourSample, peerSample] = await contest(ours, theirs && (() => peerCount(theirs, IN_MEMORY)));
  return row({
    name: `supersteps in memory, chain of ${IN_MEMORY.toLocaleString("en-US")} nodes`,
    ...rate(ourSample, peerSample, IN_MEMORY),
    note: missing,
  });
}

async function durable(found: PeerFound): Promise<Row> {
  const { peer, missing } = found;
  const ours = () =>
    inFolder(async (folder) => {
      const store = openSqliteStore(folder);
      const ms = await ourLoop(DURABLE, store);
      store.close();
      return ms;
    });
  const theirs = () =>
    inFolder(async (folder) => {
      const store = peer?.sqlite(join(folder, "peer.db"));
      if (peer === undefined || store === undefined) return Number.NaN;
      const ms = await peerCount(peer.loop(DURABLE, store), DURABLE);
      store.close();
      return ms;
    });
  const [ourSample, peerSample] = await contest(ours, peer && theirs);
  const name = `supersteps durable (SQLite), loop of ${DURABLE.toLocaleString("en-US")}`;
  const note = missing ?? "Both stores use SQLite with a write-ahead log and `synchronous = NORMAL`, on a file in the temporary folder.";
  return row({ name, ...rate(ourSample, peerSample, DURABLE), note });
}

async function fan(found: PeerFound): Promise<Row> {
  const { peer, missing } = found;
  const graph = prepared(fanDocument(WIDTH));
  const ours = () =>
    elapsed(async () => {
      const { log } = await runToEnd(graph, {}, new MemoryStore(), handlersInProcess());
      expectCount("nodes side by side", Array.isArray(log) ? log.length : 0, WIDTH);
    });
  const [ourSample, peerSample] = await contest(ours, peer && (() => peerCount(peer.fan(WIDTH, peer.memory()), WIDTH)), {
    rounds: 40,
    warmUp: 10,
    budgetMs: 6_000,
  });
  return row({
    name: `fan-out and fan-in of ${WIDTH}, in memory`,
    unit: "ms",
    better: "less",
    ours: ourSample,
    peer: peerSample,
    note: missing,
  });
}

async function map(found: PeerFound): Promise<Row> {
  const { peer, missing } = found;
  const graph = prepared(mapDocument(ITEMS));
  const ours = () =>
    elapsed(async () => {
      const { results } = await runToEnd(graph, {}, new MemoryStore(), handlersInProcess({ count: ITEMS }));
      expectCount("items", Array.isArray(results) ? results.length : 0, ITEMS);
    });
  const [ourSample, peerSample] = await contest(ours, peer && (() => peerCount(peer.map(ITEMS, peer.memory()), ITEMS)), {
    rounds: 40,
    warmUp: 10,
    budgetMs: 10_000,
  });
  return row({
    name: `map over ${ITEMS.toLocaleString("en-US")} items, in memory`,
    unit: "ms",
    better: "less",
    ours: ourSample,
    peer: peerSample,
    note: missing ?? "The peer sends each item to a task of its own.",
  });
}

async function ourLoop(count: number, store: CheckpointStore): Promise<number> {
  const graph = prepared(loopDocument(count));
  const handlers = handlersInProcess();
  return elapsed(async () => expectCount("supersteps", Number((await runToEnd(graph, {}, store, handlers))["count"]), count));
}

function peerCount(run: PeerRun, count: number): Promise<number> {
  return elapsed(async () => expectCount("the peer's supersteps", await run(), count));
}

function contest(ours: Subject["once"], theirs: Subject["once"] | undefined, within = bounds): Promise<readonly Sample[]> {
  return measure([{ once: ours, ...within }, ...(theirs === undefined ? [] : [{ once: theirs, ...within }])]);
}

/** Milliseconds a run as supersteps a second. */
function rate(
  ours: Sample | undefined,
  peer: Sample | undefined,
  count: number,
): { unit: string; better: "more"; ours: Sample | undefined; peer: Sample | undefined } {
  const perSecond = (sample: Sample | undefined): Sample | undefined =>
    sample && {
      median: (count / sample.median) * 1000,
      p10: (count / sample.p90) * 1000,
      p90: (count / sample.p10) * 1000,
      rounds: sample.rounds,
    };
  return { unit: "a second", better: "more", ours: perSecond(ours), peer: perSecond(peer) };
}
