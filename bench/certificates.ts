import { Certifier, openSqliteStore, storedPlans, type Certificate, type CheckpointStore } from "../runtime/index.js";
import type { Benchmark } from "./benchmark.js";
import { inFolder } from "./folders.js";
import { sumDocument } from "./graphs.js";
import { elapsedSync, expectCount, measure } from "./measure.js";
import { handlersInProcess, prepared, runToEnd, type Prepared } from "./ours.js";
import { row, type Row } from "./table.js";

const CHECKPOINTS = 1_000;
/** What the edit changes, in the middle of a chain: the checkpoints before it are mapped, those after it unaffected. */
const MIDDLE = CHECKPOINTS / 2;
const RUN = "certified";

const NO_CERTIFICATES = "The peer resumes under any graph without a word.";

/** What 1,000 stored checkpoints are worth after one edit. */
export const certificates: Benchmark = {
  name: "certificates",
  run: () =>
    inFolder(async (folder) => {
      const store = openSqliteStore(folder);
      try {
        const graph = prepared(sumDocument(CHECKPOINTS));
        await runToEnd(graph, {}, store, handlersInProcess(), RUN);
        return [
          await certified(store, "a node in the middle", (round) => sumDocument(CHECKPOINTS, { node: MIDDLE, adds: 2 + round })),
          await certified(store, "a channel's schema", (round) => sumDocument(CHECKPOINTS, { most: 10_000 + round })),
        ];
      } finally {
        store.close();
      }
    }),
};

/** Every round is another edit; the checkpoints have been read before, as in an editor that shows them, or not. */
async function certified(store: CheckpointStore, what: string, edited: (round: number) => string): Promise<Row> {
  const known = new Certifier(store, storedPlans(store));
  let round = 0;
  const next = (): Prepared => prepared(edited((round += 1)));
  const once = (certifier: Certifier): number => {
    const { plan } = next();
    let all: readonly Certificate[] = [];
    const ms = elapsedSync(() => (all = certifier.run(RUN, plan)));
    // The first checkpoint is before the first node, and the last of the run is its end.
    expectCount("checkpoints that were certified", all.length, CHECKPOINTS + 1);
    if (!all.some(({ verdict }) => verdict === "mapped"))
      throw new Error("No checkpoint was affected: the figure would be of something else.");
    return ms;
  };
  const [read] = await measure([{ once: () => once(known), rounds: 20, warmUp: 2, budgetMs: 8_000 }]);
  const [unread] = await measure([{ once: () => once(new Certifier(store, storedPlans(store))), rounds: 20, warmUp: 1, budgetMs: 8_000 }]);
  const note = `${NO_CERTIFICATES} Read from disk for the first time, it takes ${unread?.median.toFixed(0) ?? "?"} ms.`;
  return row({ name: `certificates of 1,000 checkpoints, edit of ${what}`, unit: "ms", better: "less", ours: read, note });
}
