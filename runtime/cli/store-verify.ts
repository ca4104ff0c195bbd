import type { CheckpointStore, StoreFault } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { counted } from "./lists.js";
import { withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";

/** `patchbay store verify` */
export const storeVerify: Command = {
  name: "store verify",
  summary: "Read everything that a store holds, compare it with its checksums, and list what is damaged.",
  operands: [],
  options: { run: { value: "RUN", help: "Only this run." }, store: common.store, json: common.json },
  notes: "The store is .patchbay in the current folder unless --store names another. Exit status: 0 all is well, 1 something is damaged.",
  run(given, io) {
    const faults = withStore(given, io, (store) => {
      const run = given.value("run");
      const found = store.verify(run === undefined ? undefined : storedRun(store, run).id);
      const damaged = new Set(found.map(({ checkpoint }) => checkpoint));
      return found.map((fault) => ({ ...fault, instead: soundBefore(store, fault, damaged) }));
    });
    if (given.has("json")) io.out(`${JSON.stringify({ faults })}\n`);
    else if (faults.length === 0) io.out("Nothing is damaged.\n");
    else {
      for (const { message, instead } of faults) io.out(`${message}\n  ${nextStep(instead)}\n`);
      io.out(`${counted(faults.length, "fault")}.\n`);
    }
    return faults.length === 0 ? exit.ok : exit.failed;
  },
};

function nextStep(instead: string | null): string {
  if (instead === null) return "Nothing that led to it is whole: start the run again, or import it from a file.";
  return `The nearest before it that is whole: patchbay restore ${instead}`;
}

/** The nearest checkpoint before a damaged one that can stand in for it. */
function soundBefore(store: CheckpointStore, { checkpoint }: StoreFault, damaged: ReadonlySet<string>): string | null {
  try {
    return store.lineage(checkpoint).find(({ id }) => !damaged.has(id))?.id ?? null;
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return null;
    throw thrown;
  }
}
