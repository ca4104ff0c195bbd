import type { Overrides } from "../checkpoint/checkpoint.js";
import { PatchbayError } from "../errors.js";
import type { Graph } from "../model/graph.js";
import { END, START } from "../model/ids.js";

/** Reads `--override NODE=TARGET`; a node that is given several times goes to all of its targets. Throws `USAGE`. */
export function readOverrides(given: readonly string[], graph: Graph): Overrides {
  const overrides = new Map<string, string[]>();
  for (const text of given) {
    const equals = text.indexOf("=");
    if (equals < 1) throw usage(text, "give NODE=TARGET, such as review=publish");
    const [node, target] = [text.slice(0, equals), text.slice(equals + 1)];
    if (node !== START && !graph.nodes.has(node)) throw usage(text, `the graph has no node "${node}"`);
    if (target !== END && !graph.nodes.has(target)) throw usage(text, `the graph has no node "${target}" to go to`);
    overrides.set(node, [...(overrides.get(node) ?? []), target]);
  }
  return Object.fromEntries(overrides);
}

function usage(text: string, reason: string): PatchbayError {
  return new PatchbayError("USAGE", `--override ${text}: ${reason}.`);
}
