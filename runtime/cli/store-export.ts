import { resolve } from "node:path";
import { RUN_FILE_ENDING, writeRun, writeRunFile } from "../platform/run-file.js";
import { firstOperand } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { openStore, storeFolder } from "./store-folder.js";
import { storedRun } from "./stored-run.js";

/** `patchbay store export RUN [FILE]` */
export const storeExport: Command = {
  name: "store export",
  summary: "Write a run to one file: its checkpoints, trace, kept results and documents, and the runs inside it.",
  operands: ["RUN", "[FILE|-]"],
  options: { store: common.store, json: common.json },
  notes: [
    `Without FILE it is RUN${RUN_FILE_ENDING} in the current folder; - is stdout. A file that is there is replaced.`,
    "The file is JSON lines, compressed with gzip; `patchbay store import` takes it into another store.",
    "The store is .patchbay in the current folder unless --store names another.",
  ].join("\n"),
  async run(given, io) {
    const store = openStore(storeFolder(given, io.cwd, io), io);
    try {
      const { id } = storedRun(store, firstOperand(given));
      const file = given.operands[1] ?? `${id}${RUN_FILE_ENDING}`;
      if (file === "-") {
        await writeRun(store, id, io.outStream());
        return exit.ok;
      }
      await writeRunFile(store, id, resolve(io.cwd, file));
      io.out(given.has("json") ? `${JSON.stringify({ run: id, file })}\n` : `Exported run ${id} to ${file}\n`);
      return exit.ok;
    } finally {
      store.close();
    }
  },
};
