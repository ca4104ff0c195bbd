// Whether a task is the same as one that finished before. Pure.
//
// 1. A task is the same where its node does the same work, and finds the same input and the same values in all that it may read.
// 2. How often a node is tried, and for how long, is no part of its work; but a failure may be owed to that, and a deadline is part of
//    a question.
import { Impact } from "../../certify/impact.js";
import { includes, usesOf } from "../../certify/uses.js";
import { sameJson } from "../../document/same-json.js";
import type { ChannelName, NodeId } from "../../model/ids.js";
import type { JsonValue } from "../../model/json.js";
import type { NodeProgram, Plan } from "../../plan/plan.js";

/** What a task depends on, at the moment it begins. */
export interface Moment {
  /** Undefined where the plan is not known any more. */
  readonly plan: Plan | undefined;
  readonly input?: JsonValue;
  /** The value of a channel; undefined where it has none. */
  readonly value: (name: ChannelName) => JsonValue | undefined;
  /** Channels that are known to have the same value at the other moment. */
  readonly shares?: (name: ChannelName) => boolean;
}

/** What makes a task another one than that which finished, as a phrase; undefined where they are the same. `failed`: it had failed. */
export function difference(node: NodeId, now: Moment & { readonly plan: Plan }, then: Moment, failed: boolean): string | undefined {
  const program = now.plan.nodes.get(node);
  if (program === undefined) return "its node is gone";
  if (then.plan === undefined) return "the graph that it ran under is not known any more";
  const fields = otherWork(program, then.plan, now.plan, failed);
  if (fields.length > 0) return `its node has another ${fields.join(", ")}`;
  if (!sameJson(now.input, then.input)) return "it is given another input";
  const other = otherChannel(program, now, then.plan, then);
  return other === undefined ? undefined : `channel "${other}" has another value`;
}

/** Invariant 2. */
const trying: ReadonlySet<string> = new Set(["retry", "timeout", "cache"]);

function otherWork({ id, kind }: NodeProgram, then: Plan, now: Plan, failed: boolean): readonly string[] {
  if (then.revision === now.revision) return [];
  const fields = Impact.between(then, now).behaviour.get(id) ?? [];
  if (!then.nodes.has(id)) return ["meaning"];
  return failed || kind === "barrier" ? fields : fields.filter((field) => !trying.has(field));
}

/** The first channel that the node may read and that has another value. */
function otherChannel(program: NodeProgram, now: Moment & { readonly plan: Plan }, plan: Plan, then: Moment): ChannelName | undefined {
  const { reads } = usesOf(program.def);
  const names = new Set([...now.plan.channels.keys(), ...plan.channels.keys()]);
  for (const name of names) {
    if (!includes(reads, name) || now.shares?.(name) === true) continue;
    if (!sameJson(now.value(name), then.value(name))) return name;
  }
  return undefined;
}
