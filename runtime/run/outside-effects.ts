import { usesGraph } from "../model/graph.js";
import type { NodeProgram } from "../plan/plan.js";

/** Methods that change nothing where the request goes. */
const reading: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether tasks of a node may change something outside of the run that doing them again would change again: code of the user's may do
 * anything. Not those whose results are cached, as they are found there again, and not graphs, as these are runs with checkpoints of
 * their own.
 */
export function mayHaveEffect({ def, policy }: NodeProgram): boolean {
  if (def.disabled === true) return false;
  if (def.fallback?.type === "handler") return true;
  if (policy?.cache !== undefined || usesGraph(def)) return false;
  switch (def.kind) {
    case "code":
    case "map":
      return true;
    case "http":
      return !reading.has(def.method);
    case "barrier":
    case "expression":
      return false;
  }
}
