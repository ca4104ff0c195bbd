import type { StoredRun } from "../checkpoint/store.js";
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
    const { run, list, inside } = withStore(given, io, (store) => {
      const found = storedRun(store, firstOperand(given));
      return { run: found, list: store.list(found.id, { limit }), inside: store.nested(found.id) };
    });
    if (given.has("json")) {
      io.out(`${JSON.stringify({ run: run.id, graph: run.graph, head: run.head, checkpoints: list, ...insideOf(inside) })}\n`);
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
    const nested = inside.map(({ id, graph, parent }) => [[parent?.task, parent?.slot].filter(Boolean).join("/"), graph, id]);
    io.out(tableOf(["checkpoint", "superstep", "at", "why", "due", "questions"], rows));
    if (nested.length > 0) io.out(`\n${tableOf(["inside task", "graph", "run"], nested)}`);
    return exit.ok;
  },
};

/** The runs inside its tasks, where there are some. */
function insideOf(inside: readonly StoredRun[]): { readonly inside?: readonly object[] } {
  if (inside.length === 0) return {};
  return { inside: inside.map(({ id, graph, head, parent }) => ({ run: id, graph, head, task: parent?.task, slot: parent?.slot })) };
}
