import { statSync } from "node:fs";
import { join } from "node:path";
import type { RunSession } from "../../../runtime/index.js";
import { openSqliteStore } from "../../../runtime/platform/sqlite-store.js";
import { RunSession as Sessions } from "../../../runtime/run/session.js";
import { loop } from "../../unit/run/durable-loop.js";
import { compile, services } from "../../unit/run/harness.js";
import { growth, holding, type Holding } from "./figures.js";

/** Bytes that a superstep of a small state may take on disk. */
const MOST_BYTES = 250;
/** The share of the run after which memory is looked at. */
const LOOKS = [0.2, 0.6, 1];
/** Places that are gone to, as shares of the run. */
const PLACES = [0.5, 0.03, 0.97, 0.31, 0.77];

/** What became of it. */
export interface LongRun {
  readonly figures: string;
  /** What is not as it should be. */
  readonly findings: readonly string[];
}

/** Drives one run for so many supersteps on disk, takes it up again, and goes to places all over it. */
export async function oneRun(directory: string, supersteps: number): Promise<LongRun> {
  const graph = compile(loop);
  const given = services({ tick: (state) => ({ count: Number(state["count"]) + 1 }) });
  const store = openSqliteStore(directory);
  const session = Sessions.start(graph, { graph: "g", run: "run" }, { ...given, store });
  const looks: Holding[] = [];
  for (const share of LOOKS) {
    await driveTo(session, supersteps * share);
    looks.push(holding());
  }
  await session.dispose();
  store.close();
  const bytes = statSync(join(directory, "patchbay.db")).size / supersteps;

  const again = openSqliteStore(directory);
  const resumed = Sessions.resume("run", graph, { ...given, store: again });
  const wrong: string[] = [];
  for (const share of PLACES) {
    const superstep = Math.floor(supersteps * share);
    const place = again.list("run", { superstep }).at(-1);
    resumed.restore(place?.id ?? "");
    await resumed.step();
    const count = Number(resumed.channels["count"]);
    if (count !== superstep + 1) wrong.push(`superstep ${String(superstep)} was gone on from with ${String(count)}`);
  }
  const faults = again.verify().map(({ message }) => message);
  again.close();
  const heaps = looks.map(({ heap }) => `${(heap / 2 ** 20).toFixed(1)} MB`).join(", ");
  return {
    figures: `${String(supersteps)} supersteps: heap ${heaps} after ${LOOKS.join(", ")} of it; ${bytes.toFixed(0)} bytes a superstep on disk`,
    findings: [
      ...growth("a long run", looks),
      ...(bytes > MOST_BYTES ? [`a superstep takes ${bytes.toFixed(0)} bytes on disk`] : []),
      ...wrong,
      ...faults,
    ],
  };
}

/** Goes on until the run is there. */
async function driveTo(session: RunSession, superstep: number): Promise<void> {
  const unwatch = session.onTrace((event) => {
    if (event.type === "superstep-finished" && event.superstep >= superstep) void session.drain();
  });
  await session.continue();
  unwatch();
}
