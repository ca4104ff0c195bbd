import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryStore, RunSession } from "../../runtime/index.js";
import { superstepOf } from "../../runtime/checkpoint/checkpoint.js";
import { checkpointPolicies, type CheckpointPolicy } from "../../runtime/model/graph.js";
import { ControlledHost } from "../support/controlled-host.js";
import { compile } from "../unit/run/harness.js";
import { fixed, graphOf, resultsOf, samples, type Sample } from "./random-run.js";

// Whatever the policy, a run can be stepped back to the end of each superstep that it has driven through, and on again: it stands
// there exactly as one stands of which every superstep was saved.

interface Driven {
  readonly host: ControlledHost;
  readonly store: MemoryStore;
  readonly session: RunSession;
}

function begin(sample: Sample, policy: CheckpointPolicy): Driven {
  const host = new ControlledHost(resultsOf(sample));
  const store = new MemoryStore();
  const graph = { ...graphOf(sample), checkpoints: { policy } };
  return { host, store, session: RunSession.start(compile(graph), { graph: "test", run: "run" }, fixed(host, store, sample.chances)) };
}

/** Drives a run on, answering what it asks and trying again what failed. */
async function drive({ host, session }: Driven, tries: number): Promise<void> {
  for (let left = tries; left > 0 && session.status !== "completed"; left -= 1) {
    const open = session.frontier.questions.filter(({ key }) => session.frontier.decisions[key] === undefined);
    session.decideAll(Object.fromEntries(open.map(({ key }) => [key, { action: "yes", actor: "test" }])));
    await host.until(session.continue(), () => 0);
  }
}

/** All that the next move depends on. */
const stand = ({ session }: Driven): unknown => JSON.parse(JSON.stringify([session.frontier, session.channels, session.openQuestions]));

/** Decisions are made at a time of the clock, which is no matter here. */
const timeless = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, each: unknown) => (key === "at" || key === "ms" ? 0 : each)) as unknown;

/** How a run stands at the end of each superstep, where every one was saved: the newest of each on the way to where it is. */
function ends(all: Driven): ReadonlyMap<number, unknown> {
  const tip = all.session.head;
  const found = new Map<number, unknown>();
  for (const { id } of all.store.lineage(tip)) {
    const { frontier } = all.store.load(id);
    if (frontier.open || found.has(frontier.superstep)) continue;
    all.session.restore(id);
    found.set(frontier.superstep, stand(all));
  }
  all.session.restore(tip);
  return found;
}

test("back and forward, any policy", async () => {
  let branches = 0;
  await fc.assert(
    fc.asyncProperty(
      samples,
      fc.constantFrom(...checkpointPolicies),
      fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 6 }),
      async (sample, policy, moves, tries) => {
        const all = begin(sample, "every-superstep");
        await drive(all, tries);
        const expected = ends(all);
        const run = begin(sample, policy);
        await drive(run, tries);
        const last = stand(run);
        const now = superstepOf(run.session.frontier);
        expect(timeless(last)).toEqual(timeless(stand(all)));
        const at = (): void => expect(timeless(stand(run))).toEqual(timeless(expected.get(run.session.frontier.superstep)));
        const seen: number[] = [];
        while (run.session.back()) {
          at();
          seen.push(run.session.frontier.superstep);
        }
        expect(seen).toEqual([...expected.keys()].filter((superstep) => superstep < now));
        branches += run.store.list("run", { limit: 1000 }).filter(({ trigger }) => trigger === "back").length;
        while (run.session.forward() && !run.session.frontier.open && run.session.frontier.superstep < (seen[0] ?? 0)) at();
        while (run.session.forward());
        expect(timeless(stand(run))).toEqual(timeless(last));
        for (const move of moves) {
          const moved = move < 0 ? run.session.forward(-move) : move > 0 && run.session.back(move);
          if (moved && !run.session.frontier.open && expected.has(run.session.frontier.superstep)) at();
        }
        // What is stored of the place where it stands is that place.
        const again = RunSession.resume("run", compile({ ...graphOf(sample), checkpoints: { policy } }), fixed(run.host, run.store));
        expect(timeless(stand({ ...run, session: again }))).toEqual(timeless(stand(run)));
      },
    ),
    { numRuns: 220 },
  );
  expect(branches).toBeGreaterThan(100); // of ends that were not saved
});
