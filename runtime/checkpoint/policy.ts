// After which supersteps a run that goes on by itself is saved. What stands, ends or was changed by a person is saved in any case:
// that is no question of policy.
import type { CheckpointPolicy } from "../model/graph.js";
import type { CheckpointTrigger } from "./checkpoint.js";
import type { Worth } from "./worth.js";

/** What a policy asks of a superstep that has finished. */
export interface FinishedFacts {
  /** A barrier took its decision. */
  readonly barrier: boolean;
  /** Another question had its decision. */
  readonly decided: boolean;
  /** Somebody asked for a checkpoint since the last one. */
  readonly asked: boolean;
}

/** A checkpoint that is to be written. */
export interface Saving {
  readonly trigger: CheckpointTrigger;
  /** The figures that it was decided by, where it was. */
  readonly reason?: string;
}

/** What a superstep's end is saved as; undefined: not at all. `worth` is asked where figures decide. */
export function savingOf(policy: CheckpointPolicy, facts: FinishedFacts, worth: () => Worth): Saving | undefined {
  if (facts.asked) return { trigger: "explicit" };
  if (policy === "manual") return undefined;
  if (facts.barrier && policy !== "adaptive") return { trigger: "barrier-resolved" };
  if (facts.decided && (policy === "every-superstep" || policy === "conservative")) return { trigger: "decided" };
  if (policy === "every-superstep") return { trigger: "superstep" };
  if (policy !== "adaptive") return undefined;
  const { save, reason } = worth();
  return save ? { trigger: "adaptive", reason } : undefined;
}
