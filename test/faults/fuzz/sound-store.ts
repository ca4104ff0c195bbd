import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore, RunSession, type RunServices } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { compile, services } from "../../unit/run/harness.js";
import type { CheckpointStore } from "../../../runtime/checkpoint/store.js";
import { asking, counting, handlers, inner } from "./graphs.js";

/** The files of a store. */
export const files = ["patchbay.db", "patchbay.db-wal"] as const;

/** The runs of the sound store, and the graphs that they are of. */
export const runs: Readonly<Record<string, ShortGraph>> = { counts: counting, asks: asking, branched: asking };

/** What a session needs to go on with a run of the store. */
export function servicesOn(store: CheckpointStore): RunServices {
  const given = services(handlers, { graphs: { "./inner": inner }, clock: new ManualClock() });
  return { ...given, store, plans: () => undefined };
}

/** Fills the store in `directory`: the same bytes each time. Leaves a copy with its write-ahead log in `halfway`. */
export async function makeSoundStore(directory: string, halfway: string): Promise<void> {
  const store = openSqliteStore(directory);
  const given = { ...servicesOn(store), ids: { next: numbered() } };
  const begin = (run: string): RunSession => RunSession.start(compile(runs[run] ?? counting), { graph: run, run }, given);
  await begin("counts").continue();
  await begin("asks").continue();
  const branched = begin("branched");
  await branched.continue();
  const [first, second] = store.list("branched").toReversed();
  if (second !== undefined) branched.restore(second.id);
  await branched.continue();
  store.saveResult("branched", branched.head, { task: "9/late", node: "end", writes: { log: ["kept"] }, ms: 1 });
  store.saveCached({ key: "cached", at: 0, expires: null, result: { writes: {} } });
  if (first !== undefined) store.appendTrace("branched", first.id, []);
  for (const file of files) if (existsSync(join(directory, file))) copyFileSync(join(directory, file), join(halfway, file));
  store.close();
}

function numbered(): () => string {
  let last = 0;
  return () => `c${String((last += 1)).padStart(5, "0")}`;
}
