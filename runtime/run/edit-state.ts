// Values of channels as a person wants them, where a run stands.
//
// 1. Nothing is folded: a channel has the value that it is given, whatever its reducer.
// 2. What is due follows from the values: between two supersteps, what finished last is routed anew.
import type { ChannelState } from "../channels/channel-state.js";
import { unfit } from "../certify/channel-fit.js";
import { PatchbayError, thrownOf } from "../errors.js";
import { START, type ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { Snapshot } from "./snapshot.js";
import { reroute } from "./superstep.js";
import type { TakenRoute } from "./taken-route.js";

/** What a person makes of the state of a run. */
export interface StateEdit {
  /** Channel -> its value from now on. */
  readonly values: JsonObject;
  /** Channels that go back to their defaults; those without one have no value then. */
  readonly cleared?: readonly ChannelName[];
}

/** A run with its state edited. */
export interface EditedState {
  readonly snapshot: Snapshot;
  /** The routes that were taken anew; none where the same is due as before. */
  readonly taken: readonly TakenRoute[];
}

/** Why a value cannot be the value of a channel of a plan, as a sentence; undefined where it can. */
export function misfitOf({ channels }: Pick<Plan, "channels">, channel: ChannelName, value: JsonValue): string | undefined {
  const program = channels.get(channel);
  if (program === undefined) return `The graph has no channel "${channel}". It has ${[...channels.keys()].join(", ") || "none"}.`;
  const reason = unfit(program, value);
  return reason === undefined ? undefined : `Channel "${channel}" cannot have that value: ${reason}.`;
}

/** Throws `INPUT_INVALID` where channels cannot have the values that they are given, with all reasons. */
export function checkEdit(plan: Pick<Plan, "channels">, { values, cleared = [] }: StateEdit): void {
  const given = Object.entries(values).map(([channel, value]) => ({ channel, fault: misfitOf(plan, channel, value) }));
  const unknown = cleared.filter((channel) => !plan.channels.has(channel));
  const faults = [
    ...given.flatMap(({ channel, fault }) => (fault === undefined ? [] : [{ channel, fault }])),
    ...unknown.map((channel) => ({ channel, fault: `The graph has no channel "${channel}".` })),
  ];
  const [first] = faults;
  if (first === undefined) return;
  throw new PatchbayError("INPUT_INVALID", faults.map(({ fault }) => fault).join(" "), { channel: first.channel });
}

/** Edits the state of a run. `version` is given to what is edited. Throws `INPUT_INVALID`, and what routing by the new values fails with. */
export function editState(plan: Plan, run: string, snapshot: Snapshot, edit: StateEdit, version: number): EditedState {
  checkEdit(plan, edit);
  return routed(plan, run, { ...snapshot, channels: withEdit(plan, snapshot.channels, edit, version) });
}

/** Invariant 1. */
function withEdit(
  { channels: programs }: Plan,
  channels: ChannelState,
  { values, cleared = [] }: StateEdit,
  version: number,
): ChannelState {
  const initial = (name: ChannelName): JsonValue | undefined => programs.get(name)?.def.initial;
  const defaults = cleared.flatMap((name) => {
    const value = initial(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const empty = cleared.filter((name) => initial(name) === undefined);
  const folded = { ...values, ...Object.fromEntries(defaults) };
  return channels.fold([{ node: START, writes: {}, folded, ...(empty.length === 0 ? {} : { cleared: empty }) }], version);
}

/** Invariant 2. */
function routed(plan: Plan, run: string, snapshot: Snapshot): EditedState {
  const { frontier } = snapshot;
  if (frontier.open || frontier.status !== "running") return { snapshot, taken: [] };
  const routes = reroute(plan, run, snapshot);
  if (!routes.ok) throw thrownOf(routes.error);
  return isSame(frontier, routes.snapshot.frontier) ? { snapshot, taken: [] } : routes;
}

function isSame(a: Snapshot["frontier"], b: Snapshot["frontier"]): boolean {
  const told = ({ due, arrivals, status }: Snapshot["frontier"]): string => JSON.stringify([due, arrivals, status]);
  return told(a) === told(b);
}
