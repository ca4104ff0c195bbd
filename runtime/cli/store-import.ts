import { resolve } from "node:path";
import { PatchbayError } from "../errors.js";
import { readRunFile } from "../platform/run-file.js";
import { openSqliteStore } from "../platform/sqlite-store.js";
import { systemClock } from "../platform/system-clock.js";
import { ulidIds } from "../platform/ulid-ids.js";
import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { counted } from "./lists.js";
import { storeFolder } from "./store-folder.js";

/** `patchbay store import FILE` */
export const storeImport: Command = {
  name: "store import",
  summary: "Take a run from a file that `patchbay store export` wrote: all of it, or nothing.",
  operands: ["FILE"],
  options: {
    as: { value: "ID", help: "Give the run this id, and new ids to its checkpoints and to the runs inside it." },
    store: common.store,
    json: common.json,
  },
  notes: "The store is .patchbay in the current folder unless --store names another; it is made where there is none.",
  async run(given, io) {
    const file = firstOperand(given);
    const as = given.value("as");
    if (as !== undefined && !/^[\w-]{1,64}$/.test(as)) {
      throw new PatchbayError("USAGE", `--as ${as}: an id has letters, digits, underscores and hyphens, at most 64.`);
    }
    const store = openSqliteStore(storeFolder(given, io.cwd, io));
    try {
      const imported = await readRunFile(store, resolve(io.cwd, file), { as, ids: ulidIds(systemClock) });
      const { run, graph, checkpoints, events, inside } = imported;
      const parts = [
        counted(checkpoints, "checkpoint"),
        counted(events, "event"),
        ...(inside > 0 ? [`${counted(inside, "run")} inside`] : []),
      ];
      io.out(given.has("json") ? `${JSON.stringify(imported)}\n` : `Imported run ${run} of ${graph}: ${parts.join(", ")}\n`);
      return exit.ok;
    } finally {
      store.close();
    }
  },
};
