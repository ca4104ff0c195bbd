import { join } from "node:path";
import { blame as blameOf, blameParts, openSqliteStore, type BlameQuery, type CheckpointStore } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { markedDocument, type MarkedShape } from "./graphs.js";
import { elapsed, elapsedSync, expectCount, measure, type Sample } from "./measure.js";
import { handlersInProcess, prepared, runToEnd } from "./ours.js";
import type { Peer, PeerFound, PeerStore } from "./peer.js";
import { row, type Row } from "./table.js";

const RUN = "bench";
const SUPERSTEPS = 10_000;
const MIDDLE = SUPERSTEPS / 2;
const shape: MarkedShape = {
  supersteps: SUPERSTEPS,
  marks: {
    1: { early: "first", config: { mode: "draft", limit: 1 } },
    [MIDDLE / 2]: { config: { mode: "draft", limit: 2 } },
    [MIDDLE]: { middle: "here", config: { mode: "final", limit: 3 } },
    [MIDDLE + MIDDLE / 2]: { config: { mode: "final", limit: 4 } },
  },
};
const bounds = { rounds: 21, warmUp: 3, budgetMs: 6_000 };

interface Question {
  readonly name: string;
  readonly query: Omit<BlameQuery, "run">;
  /** The superstep that must be found. */
  readonly expected: number;
  /** Whether the peer has the channel: a list of 10,000 that is stored whole each time is left out there. */
  readonly ofPeer: boolean;
}

const questions: readonly Question[] = [
  { name: "a channel written last at the start", query: { channel: "early" }, expected: 1, ofPeer: true },
  { name: "a channel written last in the middle", query: { channel: "middle" }, expected: MIDDLE, ofPeer: true },
  { name: "a channel written last at the end", query: { channel: "count" }, expected: SUPERSTEPS, ofPeer: true },
  { name: "a place in a channel", query: { channel: "config", path: "/mode" }, expected: MIDDLE, ofPeer: true },
  {
    name: "the middle item of a list that each superstep appends to",
    query: { channel: "log", path: `/${MIDDLE}` },
    expected: MIDDLE + 1,
    ofPeer: false,
  },
];

const NOTE = "The peer has no such question: its history is walked back until the value is another.";

/** Who wrote a channel last, over 10,000 supersteps, asked of a store that was just opened. */
export const blame: Benchmark = {
  name: "blame",
  run: (found) => inFolder((ours) => inFolder((theirs) => rows(ours, theirs, found))),
};

async function rows(ours: string, theirs: string, { peer, missing }: PeerFound): Promise<readonly Row[]> {
  const store = openSqliteStore(ours);
  await runToEnd(prepared(markedDocument(shape)), {}, store, handlersInProcess(shape), RUN);
  store.close();
  const walked = peer === undefined ? undefined : await prepareTheirs(peer, theirs);
  const found: Row[] = [];
  for (const { name, query, expected, ofPeer } of questions) {
    const [own] = await measure([{ once: () => askOurs(ours, query, expected), ...bounds }]);
    const other = walked !== undefined && ofPeer ? await walked(query, expected) : undefined;
    found.push(rowOf(name, own, other, missing));
  }
  const [parts] = await measure([{ once: () => inStore(ours, askAllItems), ...bounds }]);
  return [...found, rowOf("each item of that list", parts, undefined, missing)];
}

function rowOf(name: string, ours: Sample | undefined, peer: number | undefined, missing: string | undefined): Row {
  const whole = `blame over ${SUPERSTEPS.toLocaleString("en-US")} supersteps: ${name}`;
  return row({ name: whole, unit: "ms", better: "less", ours, peer, note: missing ?? (peer === undefined ? undefined : NOTE) });
}

function askOurs(folder: string, query: Omit<BlameQuery, "run">, expected: number): number {
  return inStore(folder, (store) => {
    const { writer } = blameOf(store, { run: RUN, ...query });
    expectCount("the superstep that wrote it", writer.superstep, expected);
  });
}

function askAllItems(store: CheckpointStore): void {
  const all = blameParts(store, { run: RUN, channel: "log" });
  expectCount("items that are not of their superstep", all.filter(({ writer }, place) => writer.superstep !== place + 1).length, 0);
  expectCount("items", all.length, SUPERSTEPS);
}

function inStore(folder: string, ask: (store: CheckpointStore) => void): number {
  const store = openSqliteStore(folder);
  const ms = elapsedSync(() => ask(store));
  store.close();
  return ms;
}

/** One walk each: they take seconds. */
async function prepareTheirs(peer: Peer, folder: string): Promise<(query: Omit<BlameQuery, "run">, expected: number) => Promise<number>> {
  const file = join(folder, "peer.db");
  const inTheirs = async (work: (store: PeerStore) => Promise<number>): Promise<number> => {
    const store = peer.sqlite(file);
    const result = await work(store);
    store.close();
    return result;
  };
  expectCount("the peer's supersteps", await inTheirs((store) => peer.marked(shape, store)()), SUPERSTEPS);
  return ({ channel, path = "" }, expected) =>
    elapsed(() =>
      inTheirs(async (store) => {
        const [, property] = path.split("/");
        const step = await peer.lastChange(shape, store, ({ [channel]: value }) =>
          property === undefined ? value : (value as Readonly<Record<string, never>> | undefined)?.[property],
        );
        expectCount("the step that the peer found", step, expected);
        return step;
      }),
    );
}
