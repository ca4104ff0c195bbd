import { RunTally } from "../trace/tally.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { figuresOf, figuresTable } from "./figures-table.js";
import { withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";

/** `patchbay stats RUN…` */
export const stats: Command = {
  name: "stats",
  summary: "Say how often the nodes of a run were run, with what success, and how long they took; of several runs, together.",
  operands: ["RUN…"],
  options: { store: common.store, json: common.json },
  notes: [
    "What led to where each run stands is counted; what a restore has left behind is not.",
    "Items are those of maps: how many have a result, of how many; a list that was stopped early leaves some undone.",
    "Success is the share of runs that neither failed nor needed their fallback. p50 and p95 are within one percent.",
    "The store is .patchbay in the current folder unless --store names another.",
  ].join("\n"),
  run(given, io) {
    const ids = [...new Set(given.operands)];
    const tally = withStore(given, io, (store) => {
      const all = new RunTally();
      for (const id of ids) {
        const { head } = storedRun(store, id);
        all.merge(new RunTally(store.trace(id, head ?? undefined)));
      }
      return all;
    });
    const nodes = figuresOf(tally);
    io.out(given.has("json") ? `${JSON.stringify({ runs: ids, nodes })}\n` : figuresTable(nodes));
    return exit.ok;
  },
};
