import { PatchbayError } from "../errors.js";
import type { RunSession } from "../run/session.js";
import type { Option } from "./command.js";

/** `--checkpoint-every N` of commands that run. */
export const saveEveryOption: Option = {
  value: "N",
  help: "Make a checkpoint of every Nth superstep, beside those that the graph's policy makes.",
};

/** How many supersteps `--checkpoint-every` gives. Throws `USAGE`. */
export function readSaveEvery(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new PatchbayError("USAGE", `--checkpoint-every ${given}: give a whole number from 1.`);
}

/** Saves every so many supersteps of a run that goes on; the returned function ends that. */
export function saveEvery(supersteps: number | undefined, session: Pick<RunSession, "onTrace" | "save">): () => void {
  if (supersteps === undefined) return () => undefined;
  return session.onTrace((event) => {
    if (event.type === "superstep-finished" && event.superstep % supersteps === 0) session.save();
  });
}
