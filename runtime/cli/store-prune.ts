import { applyRetention, type RetentionPolicy } from "../checkpoint/retention.js";
import { parseSize } from "../document/quantities.js";
import { PatchbayError } from "../errors.js";
import { parseDuration } from "../model/duration.js";
import { shortBytes } from "../model/figures.js";
import { systemClock } from "../platform/system-clock.js";
import type { Arguments } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { counted } from "./lists.js";
import { withStore } from "./store-folder.js";
import { storedRun } from "./stored-run.js";

/** `patchbay store prune` */
export const storePrune: Command = {
  name: "store prune",
  summary: "Delete what is old: checkpoints of each run beyond the newest, and whole runs that have ended, the oldest first.",
  operands: [],
  options: {
    run: { value: "RUN", help: "Only this run." },
    keep: { value: "N", help: "Keep the newest N checkpoints of each run, those that they need, and where runs stand." },
    older: { value: "AGE", help: "Delete runs that have ended and whose last checkpoint is older: 12h, 30d." },
    bytes: { value: "SIZE", help: "Delete runs that have ended until all runs take no more: 500MB, 2GB." },
    store: common.store,
    json: common.json,
  },
  notes: [
    "A run that waits, is paused or is under way is never deleted, nor what another one builds on. At least one of --keep, --older and",
    "--bytes says how much goes. The store is .patchbay in the current folder unless --store names another.",
  ].join("\n"),
  run(given, io) {
    const policy = policyOf(given);
    const released = withStore(given, io, (store) => {
      const run = given.value("run");
      return applyRetention(store, policy, systemClock.now(), run === undefined ? {} : { only: storedRun(store, run).id });
    });
    if (given.has("json")) io.out(`${JSON.stringify(released)}\n`);
    else {
      const gone = `Deleted ${counted(released.runs.length, "run")} and ${counted(released.checkpoints, "checkpoint")} of others`;
      io.out(`${gone}; the runs that are left take ${shortBytes(released.bytes)}.\n`);
      const { bytes } = policy;
      if (bytes !== undefined && released.bytes > bytes)
        io.out("That is more than --bytes allows: the rest has not ended, or is needed.\n");
    }
    return exit.ok;
  },
};

function policyOf(given: Arguments): RetentionPolicy {
  const keep = read(given, "keep", (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined), "a whole number");
  const age = read(given, "older", parseDuration, "an age such as 12h or 30d");
  const bytes = read(given, "bytes", parseSize, "a size such as 500MB or 2GB");
  if (keep === undefined && age === undefined && bytes === undefined) {
    throw new PatchbayError("USAGE", "patchbay store prune: say how much goes with --keep, --older or --bytes.");
  }
  return {
    ...(keep === undefined ? {} : { keep }),
    ...(age === undefined ? {} : { age }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

function read(given: Arguments, name: string, parse: (text: string) => number | undefined, what: string): number | undefined {
  const text = given.value(name);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value === undefined) throw new PatchbayError("USAGE", `--${name} ${text}: give ${what}.`);
  return value;
}
