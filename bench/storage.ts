import { join } from "node:path";
import { openSqliteStore } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { bytesIn, inFolder } from "./folders.js";
import { logDocument, type LogShape } from "./graphs.js";
import { expectCount } from "./measure.js";
import { handlersInProcess, prepared, runToEnd } from "./ours.js";
import type { PeerFound } from "./peer.js";
import { randomText } from "./random-text.js";
import { row, type Row } from "./table.js";

const SUPERSTEPS = 400;
const TOTAL = 90 * 1024;

const ENTRY = Math.round(TOTAL / SUPERSTEPS);
const growing: LogShape = { supersteps: SUPERSTEPS, entry: () => "x".repeat(ENTRY), ballast: "", incremental: false };
const carried: LogShape = { supersteps: SUPERSTEPS, entry: () => "x", ballast: "x".repeat(TOTAL), incremental: false };
/** A log of text that does not repeat: it compresses by a quarter at best, as a letter is one of 64. */
export const random: LogShape = { ...growing, entry: (superstep) => randomText(ENTRY, superstep) };

const DELTA = "The peer's log is a `DeltaChannel` here, which it calls beta; its default channels are in the row above.";

/** What a run of 400 supersteps leaves on disk, checkpoints and trace, once the store is closed. Bytes do not vary: one run each. */
export const storage: Benchmark = {
  name: "storage",
  run: async (found) => {
    const grown = await ourBytes(growing);
    const shared = { unit: "bytes", better: "less" } as const;
    return [
      row({
        name: "stored: a log that grows to 90 KB",
        ...shared,
        ours: grown,
        peer: await peerBytes(growing, found),
        note: found.missing,
      }),
      row({
        name: "stored: a log that grows to 90 KB, incremental",
        ...shared,
        ours: grown,
        peer: await peerBytes({ ...growing, incremental: true }, found),
        note: found.missing ?? DELTA,
      }),
      row({
        name: "stored: a log beside an unchanged value of 90 KB",
        ...shared,
        ours: await ourBytes(carried),
        peer: await peerBytes(carried, found),
        note: found.missing,
      }),
      ...(await randomRows(found)),
    ];
  },
};

async function randomRows(found: PeerFound): Promise<readonly Row[]> {
  const ours = await ourBytes(random);
  const name = "stored: a log that grows to 90 KB of random text";
  const rowOf = async (more: string, shape: LogShape, note: string | undefined): Promise<Row> =>
    row({ name: `${name}${more}`, unit: "bytes", better: "less", ours, peer: await peerBytes(shape, found), note });
  return [await rowOf("", random, found.missing), await rowOf(", incremental", { ...random, incremental: true }, found.missing ?? DELTA)];
}

function ourBytes(shape: LogShape): Promise<number> {
  return inFolder(async (folder) => {
    const store = openSqliteStore(folder);
    const { log } = await runToEnd(prepared(logDocument(shape)), { ballast: shape.ballast }, store, handlersInProcess(shape));
    store.close();
    expectCount("entries in the log", Array.isArray(log) ? log.length : 0, shape.supersteps);
    return bytesIn(folder);
  });
}

async function peerBytes(shape: LogShape, { peer }: PeerFound): Promise<number | undefined> {
  if (peer === undefined) return undefined;
  return inFolder(async (folder) => {
    const store = peer.sqlite(join(folder, "peer.db"));
    const entries = await peer.appendLog(shape, store)();
    store.close();
    expectCount("entries in the peer's log", entries, shape.supersteps);
    return bytesIn(folder);
  });
}
