import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { limitOf, limitOption, tableOf, when } from "./lists.js";
import { withStore } from "./store-folder.js";

/** `patchbay runs` */
export const runs: Command = {
  name: "runs",
  summary: "List the runs of a store, newest first.",
  operands: [],
  options: { limit: limitOption, store: common.store, json: common.json },
  notes: "The store is .patchbay in the current folder unless --store names another.",
  run(given, io) {
    const limit = limitOf(given);
    const rows = withStore(given, io, (store) => store.runs(undefined, { limit }).map((run) => describe(store, run)));
    if (given.has("json")) io.out(`${JSON.stringify({ runs: rows })}\n`);
    else
      io.out(
        tableOf(
          ["run", "graph", "started", "status", "supersteps"],
          rows.map((row) => [row.run, row.graph, when(row.startedAt), row.status, String(row.supersteps)]),
        ),
      );
    return exit.ok;
  },
};

function describe(store: CheckpointStore, run: StoredRun) {
  const frontier = store.latest(run.id)?.frontier;
  const status = frontier === undefined || frontier.status === "running" ? "paused" : frontier.status;
  return { run: run.id, graph: run.graph, startedAt: run.startedAt, head: run.head, status, supersteps: frontier?.superstep ?? 0 };
}
