import type { ReplayTerms } from "../checkpoint/checkpoint.js";
import { PatchbayError } from "../errors.js";
import type { Graph } from "../model/graph.js";
import type { Arguments } from "./arguments.js";
import type { Option } from "./command.js";

/** Options of commands that go back to a checkpoint, or on from one. */
export const replaying = {
  replay: {
    value: "recorded|decisions|live",
    help: "Where a run was taken back: take recorded results where a task would do the same (default), those of decisions too, or none.",
  },
  live: { value: "NODE", multiple: true, help: "Run this node whatever is recorded." },
} as const satisfies Record<string, Option>;

/** What was said of recorded results; undefined: nothing. Throws `USAGE`, for a node that the graph does not have, too. */
export function readReplay(given: Arguments, graph?: Graph): ReplayTerms | undefined {
  const mode = given.choice("replay", ["recorded", "decisions", "live"]);
  const live = given.values("live");
  if (mode === undefined && live.length === 0) return undefined;
  const unknown = live.find((node) => graph?.nodes.has(node) === false);
  if (unknown !== undefined) throw new PatchbayError("USAGE", `--live ${unknown}: the graph has no node "${unknown}".`);
  return { mode: mode ?? "recorded", ...(live.length === 0 ? {} : { live }) };
}
