// Carries a run that is not running over to another plan, or says why it cannot go on under it. Pure.
//
// 1. Between two supersteps, what finished last is routed anew: the run takes the ways that are drawn now. Within an open superstep
//    the tasks that are due stay, with the results that they have.
// 2. Nothing is lost without a word: no task, no arrival, no value, no way on. What would be keeps the run from going on.
// 3. What is unaffected goes on exactly as it would have.
import { ChannelState } from "../channels/channel-state.js";
import { isEmpty } from "../model/is-empty.js";
import { START, type NodeId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import { interventionFault } from "../run/interventions.js";
import type { Snapshot } from "../run/snapshot.js";
import { reroute } from "../run/superstep.js";
import type { TakenRoute } from "../run/taken-route.js";
import { convert } from "./channel-fit.js";
import type { ErrorInfo } from "../errors.js";
import { isLoss, needsMigration, type Finding, type Place } from "./finding.js";
import { newlyStuck } from "./newly-stuck.js";
import type { Impact } from "./impact.js";
import { lostArrivals } from "./lost-arrivals.js";
import { hasEnded, isAffected, waitingBefore } from "./positions.js";
import { reachableFindings } from "./reachable-findings.js";
import { closedWays, deadEnds } from "./dead-ends.js";
import { openSuperstep } from "./open-superstep.js";

/** A run under another plan. */
export interface CarriedOver {
  /** `migrate`: its values need a migration; `lost`: something of it has no place under the plan. */
  readonly verdict: "unaffected" | "mapped" | "migrate" | "lost";
  /** What differs for it, the gravest first. */
  readonly findings: readonly Finding[];
  /** Where it stands now; where it stood, unless it is safe. */
  readonly snapshot: Snapshot;
  /** The routes that were taken anew. */
  readonly taken: readonly TakenRoute[];
}

/** Carries a run over. `version` is given to the values of channels; `values`: what a migration made of them. */
export function carryOver(impact: Impact, run: string, snapshot: Snapshot, version: number, values?: JsonObject): CarriedOver {
  if (hasEnded(snapshot.frontier)) return { verdict: "unaffected", findings: [], snapshot, taken: [] };
  const moved = openSuperstep(impact, snapshot.frontier);
  const channels = withChannels(impact, { ...snapshot, frontier: moved.frontier }, version, values);
  const routed = routedAnew(impact, run, channels.snapshot, snapshot);
  const findings = [...moved.findings, ...channels.findings, ...routed.findings];
  const losses = findings.filter(isLoss);
  if (losses.length > 0) return { verdict: "lost", findings: losses, snapshot, taken: [] };
  const unmigrated = findings.filter(needsMigration);
  if (unmigrated.length > 0) return { verdict: "migrate", findings: unmigrated, snapshot, taken: [] };
  const affected = findings.length > 0 || isAffected(impact, snapshot.frontier);
  if (!affected) return { verdict: "unaffected", findings: [], snapshot: routed.snapshot, taken: routed.taken };
  const all = [...findings, ...reachableFindings(impact, routed.snapshot.frontier)];
  return { verdict: "mapped", findings: all, snapshot: routed.snapshot, taken: routed.taken };
}

function withChannels(impact: Impact, snapshot: Snapshot, version: number, migrated: JsonObject | undefined) {
  if (migrated !== undefined)
    return { snapshot: { ...snapshot, channels: ChannelState.of(impact.after.channels, migrated, version) }, findings: [] };
  const { channels, findings } = convert(impact, snapshot, version);
  return { snapshot: { ...snapshot, channels }, findings };
}

interface Routed {
  readonly snapshot: Snapshot;
  readonly taken: readonly TakenRoute[];
  readonly findings: readonly Finding[];
}

/** Invariants 1 and 2. `was`: where the run stood under the plan before. */
function routedAnew(impact: Impact, run: string, snapshot: Snapshot, was: Snapshot): Routed {
  const { after } = impact;
  const { frontier } = snapshot;
  const stays = (findings: readonly Finding[]): Routed => ({ snapshot, taken: [], findings });
  const fault = interventionFault(after, frontier);
  if (fault !== undefined) return stays([{ kind: "intervention-lost", message: fault.message, place: placeOf(fault) }]);
  const lost = lostArrivals(impact, waitingBefore(frontier));
  if (lost.length > 0) return stays(lost);
  if (frontier.open) return stays([...closedWays(impact, frontier), ...newlyStuck(impact, frontier, was.frontier)]);
  const gone = frontier.routed.find(({ node }) => node !== START && !after.nodes.has(node));
  if (gone !== undefined) return stays([sourceGone(gone.node)]);
  const routes = reroute(after, run, snapshot);
  if (!routes.ok) {
    return stays([{ kind: "route-fault", message: routes.error.message, place: placeOf(routes.error, frontier.routed[0]?.node) }]);
  }
  const findings = [
    ...deadEnds(impact, run, was, routes.taken),
    ...newlyStuck(impact, routes.snapshot.frontier, was.frontier),
    ...rerouted(was, routes.snapshot),
  ];
  return { snapshot: routes.snapshot, taken: routes.taken, findings };
}

function rerouted(was: Snapshot, now: Snapshot): readonly Finding[] {
  const text = ({ frontier }: Snapshot): string => frontier.due.map(({ node }) => node).join(", ");
  const before = text(was);
  const after = text(now);
  if (before === after && sameWaiting(was, now)) return [];
  const [first] = was.frontier.routed;
  const place = { entity: "node", id: first?.node ?? START } as const;
  return [
    {
      kind: "rerouted",
      place,
      message: `Due is now ${after === "" ? "nothing" : after}, in place of ${before === "" ? "nothing" : before}.`,
    },
  ];
}

function sameWaiting({ frontier: { arrivals: a } }: Snapshot, { frontier: { arrivals: b } }: Snapshot): boolean {
  return (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);
}

function placeOf({ details = {} }: ErrorInfo, otherwise: NodeId = START): Place {
  const { node, target } = details;
  return { entity: "node", id: typeof node === "string" ? node : typeof target === "string" ? target : otherwise };
}

function sourceGone(node: NodeId): Finding {
  const message = `Node "${node}" finished last, and the graph has it no more: where the run goes on is not known.`;
  return { kind: "source-gone", message, place: { entity: "node", id: node } };
}
