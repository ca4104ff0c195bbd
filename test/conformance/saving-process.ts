// Saves checkpoints for ever, one delta on the other, and prints the id of each once it is saved.
import { writeSync } from "node:fs";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import { base, delta, events } from "./make-checkpoint.js";

const [directory = "", run = ""] = process.argv.slice(2);
const store = openSqliteStore(directory);
store.createRun({ id: run, graph: "g.patchbay.json", startedAt: 1, head: null });
store.save(base(run, `${run}-0`, null), events(1));
for (let n = 1; ; n += 1) {
  const parent = `${run}-${n - 1}`;
  store.saveResult(run, parent, { task: "t1", node: "a", writes: { n }, ms: 1 });
  store.save(delta(run, `${run}-${n}`, parent), events(n + 1));
  writeSync(1, `${run}-${n}\n`);
}
