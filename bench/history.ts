import { join } from "node:path";
import { openSqliteStore, stateHistory } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { logDocument } from "./graphs.js";
import { elapsed, expectCount, measure, type Subject } from "./measure.js";
import { handlersInProcess, prepared, runToEnd } from "./ours.js";
import type { Peer, PeerFound } from "./peer.js";
import { random } from "./storage.js";
import { row, type Row } from "./table.js";

const RUN = "bench";
/** Entries of the log in all states: none at the start, one more in each. */
const ENTRIES = (random.supersteps * (random.supersteps + 1)) / 2;
const bounds = { rounds: 11, warmUp: 2, budgetMs: 20_000 };

/** Reading a whole history back: every checkpoint's whole state, from a store that was just opened. */
export const history: Benchmark = {
  name: "history",
  run: (found) => inFolder((ours) => inFolder(async (theirs) => [await readBack(ours, theirs, found)])),
};

async function readBack(ours: string, theirs: string, { peer, missing }: PeerFound): Promise<Row> {
  const store = openSqliteStore(ours);
  await runToEnd(prepared(logDocument(random)), {}, store, handlersInProcess(random), RUN);
  store.close();
  const subjects: Subject[] = [{ once: () => readOurs(ours), ...bounds }];
  if (peer !== undefined) {
    const theirStore = peer.sqlite(join(theirs, "peer.db"));
    expectCount("entries in the peer's log", await peer.appendLog(random, theirStore)(), random.supersteps);
    theirStore.close();
    subjects.push({ once: () => readTheirs(theirs, peer), ...bounds });
  }
  const [own, others] = await measure(subjects);
  const name = `every state of ${random.supersteps} supersteps read back: a log that grows to 90 KB of random text`;
  return row({ name, unit: "ms", better: "less", ours: own, peer: others, note: missing });
}

async function readOurs(folder: string): Promise<number> {
  const store = openSqliteStore(folder);
  const ms = await elapsed(() => {
    let entries = 0;
    for (const { values } of stateHistory(store, store.run(RUN)?.head ?? ""))
      entries += Array.isArray(values["log"]) ? values["log"].length : 0;
    expectCount("entries read", entries, ENTRIES);
  });
  store.close();
  return ms;
}

async function readTheirs(folder: string, peer: Peer): Promise<number> {
  const store = peer.sqlite(join(folder, "peer.db"));
  const ms = await elapsed(async () => expectCount("entries that the peer read", await peer.readBack(random, store), ENTRIES));
  store.close();
  return ms;
}
