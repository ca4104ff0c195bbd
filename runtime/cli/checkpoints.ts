import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { limitOf, limitOption, tableOf, when } from "./lists.js";
import { withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";

/** `patchbay checkpoints RUN` */
export const checkpoints: Command = {
  name: "checkpoints",
  summary: "List the checkpoints of a run, newest first; a star marks where the run stands.",
  operands: ["RUN"],
  options: { limit: limitOption, store: common.store, json: common.json },
  notes: "The store is .patchbay in the current folder unless --store names another.",
  run(given, io) {
    const limit = limitOf(given);
    const { run, list } = withStore(given, io, (store) => {
      const found = storedRun(store, firstOperand(given));
      return { run: found, list: store.list(found.id, { limit }) };
    });
    if (given.has("json")) {
      io.out(`${JSON.stringify({ run: run.id, graph: run.graph, head: run.head, checkpoints: list })}\n`);
      return exit.ok;
    }
    const rows = list.map((each) => [
      each.id === run.head ? `${each.id} *` : each.id,
      String(each.superstep),
      when(each.at),
      each.trigger,
      each.due.join(" ") || each.status,
      each.questions === 0 ? "" : String(each.questions),
    ]);
    io.out(tableOf(["checkpoint", "superstep", "at", "why", "due", "questions"], rows));
    return exit.ok;
  },
};
