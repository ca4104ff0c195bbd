import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";
import { traceLine } from "./trace-line.js";

/** `patchbay trace RUN` */
export const trace: Command = {
  name: "trace",
  summary: "Print what happened in a run, one event a line, oldest first; what a restore has left behind is among it.",
  operands: ["RUN"],
  options: { store: common.store, json: { help: "Print each event as one JSON object a line, as `run --trace` writes them." } },
  notes: "The store is .patchbay in the current folder unless --store names another. Times are UTC.",
  run(given, io) {
    const print = given.has("json") ? JSON.stringify : traceLine;
    const events = withStore(given, io, (store) => store.trace(storedRun(store, firstOperand(given)).id));
    for (const event of events) io.out(`${print(event)}\n`);
    return exit.ok;
  },
};
