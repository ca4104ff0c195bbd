import { join } from "node:path";
import { openSqliteStore } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { loopDocument } from "./graphs.js";
import { elapsedSync, expectCount, elapsed } from "./measure.js";
import { handlersInProcess, prepared, startSession } from "./ours.js";
import type { PeerFound } from "./peer.js";
import { row, type Row } from "./table.js";

const CHECKPOINTS = 10_000;
const RESTORES = 500;
/** A prime: successive places are far from one another. */
const STRIDE = 7919;

const PEER = "The peer's `getTuple` of the same checkpoint, which loads it; nothing stands there or can be gone on with yet.";

/** Going to any checkpoint of a long run on disk, and on from there: what those wait for who step back in time. */
export const restore: Benchmark = {
  name: "restore",
  run: async (found) => {
    const { restored, stepped } = await ours();
    const peer = await peerLoads(found);
    const note = found.missing ?? PEER;
    return [
      line("restore of any of 10,000 checkpoints", restored, peer, note),
      line("the first superstep after such a restore", stepped, undefined, undefined),
    ].flat();
  },
};

/** Milliseconds of each. */
type Times = readonly number[];

function line(what: string, mine: Times, theirs: Times | undefined, note: string | undefined): readonly Row[] {
  const at = (share: number) => ({ ours: quantile(mine, share), peer: theirs && quantile(theirs, share) });
  const shared = { unit: "ms", better: "less", note } as const;
  return [row({ name: `${what}, p50`, ...shared, ...at(0.5) }), row({ name: `${what}, p95`, ...shared, ...at(0.95) })];
}

function quantile(times: Times, share: number): number {
  return times.toSorted((a, b) => a - b)[Math.round((times.length - 1) * share)] ?? Number.NaN;
}

/** The place of the nth restore among the checkpoints. */
const place = (nth: number): number => (nth * STRIDE) % CHECKPOINTS;

function ours(): Promise<{ readonly restored: Times; readonly stepped: Times }> {
  return inFolder(async (folder) => {
    const store = openSqliteStore(folder);
    const session = startSession(prepared(loopDocument(CHECKPOINTS + 1)), {}, store, handlersInProcess());
    while (session.frontier.superstep < CHECKPOINTS - 1) await session.step();
    const ids = store.tree(session.id).map(({ id }) => id);
    expectCount("checkpoints", ids.length, CHECKPOINTS);
    const [restored, stepped]: [number[], number[]] = [[], []];
    for (let nth = 0; nth < RESTORES; nth += 1) {
      restored.push(elapsedSync(() => session.restore(ids[place(nth)] ?? "")));
      expectCount("value restored", Number(session.channels["count"]), place(nth));
      stepped.push(await elapsed(() => session.step()));
      expectCount("value after the superstep", Number(session.channels["count"]), place(nth) + 1);
    }
    store.close();
    return { restored, stepped };
  });
}

async function peerLoads({ peer }: PeerFound): Promise<Times | undefined> {
  if (peer === undefined) return undefined;
  return inFolder(async (folder) => {
    const store = peer.sqlite(join(folder, "peer.db"));
    const stored = await peer.checkpoints(CHECKPOINTS - 1, store);
    const times: number[] = [];
    for (let nth = 0; nth < RESTORES; nth += 1) {
      const at = Math.floor((place(nth) * stored.ids.length) / CHECKPOINTS);
      let loaded = Number.NaN;
      times.push(await elapsed(async () => (loaded = await stored.count(stored.ids[at] ?? ""))));
      if (!Number.isInteger(loaded)) throw new Error("The peer has loaded something else.");
    }
    store.close();
    return times;
  });
}
