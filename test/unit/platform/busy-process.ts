// One of several processes at work in a store: it begins runs, steps them, reads what all of them have written, prunes, and deletes a run
// of its own now and then. Prints one JSON object: its runs with the supersteps that each had finished.
import { openSqliteStore } from "../../../runtime/index.js";
import { RunSession } from "../../../runtime/run/session.js";
import { loop } from "../run/durable-loop.js";
import { compile, services } from "../run/harness.js";

const [directory = "", name = "", count = "0"] = process.argv.slice(2);
const store = openSqliteStore(directory);
const graph = compile(loop);
const given = { ...services({ tick: (state) => ({ count: Number(state["count"]) + 1 }) }), store };
let next = 0;
const own = { ...given, ids: { next: () => `${name}-${String((next += 1)).padStart(6, "0")}` } };
const finished: Record<string, number> = {};

for (let round = 0; round < Number(count); round += 1) {
  const session = RunSession.start(graph, { graph: "g", run: `${name}${String(round)}` }, own);
  for (let step = 0; step < 5 + (round % 20); step += 1) await session.step();
  finished[session.id] = session.frontier.superstep;
  const runs = store.runs(undefined, { limit: 20 });
  for (const { id, head } of runs) if (head !== null && store.run(id) !== undefined) readSome(id);
  if (round % 5 === 4) store.prune(session.id, 3);
  if (round % 7 === 6) {
    store.deleteRun(session.id);
    delete finished[session.id];
  }
}
store.close();
process.stdout.write(JSON.stringify(finished));

/** Another process may delete the run in between. */
function readSome(run: string): void {
  try {
    store.list(run, { limit: 5 });
    store.trace(run);
  } catch (thrown) {
    if (!(thrown instanceof Error) || !("code" in thrown) || thrown.code !== "NOT_FOUND") throw thrown;
  }
}
