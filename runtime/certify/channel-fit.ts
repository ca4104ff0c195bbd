// Whether the values of a run can be taken up by the channels of another plan.
//
// 1. No value is dropped that something could still read, and none is read that does not fit: such a run waits for a migration.
// 2. A value that is kept is the very same value: a reducer that would hold it as something else does not fit.
import { ChannelState } from "../channels/channel-state.js";
import type { ChannelProgram } from "../channels/channel-program.js";
import { schemaCheck, type SchemaCheck } from "../channels/schema-check.js";
import { sameJson } from "../document/same-json.js";
import type { ChannelDef } from "../model/graph.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { ChannelChange } from "./channel-changes.js";
import type { Finding } from "./finding.js";
import type { Impact } from "./impact.js";
import type { Snapshot } from "../run/snapshot.js";
import { isStillWritten, namedReaderOf, readerOf, stillToCome, type StillToCome } from "./still-to-come.js";

/** By the plan of then with every free choice, and by the plan of now along its edges. */
interface Still {
  readonly before: () => StillToCome;
  readonly after: () => StillToCome;
}

/** The values of a run in the channels of the plan of now, and what becomes of those that have changed. Those that are gone are left out. */
export function convert(
  { before, after, channels: changes }: Impact,
  { channels, frontier }: Snapshot,
  version: number,
): { readonly channels: ChannelState; readonly findings: readonly Finding[] } {
  if (before?.channels === after.channels) return { channels, findings: [] };
  const values = channels.values();
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => after.channels.has(name)));
  const converted = ChannelState.of(after.channels, kept, version);
  if (before === undefined || changes.length === 0) return { channels: converted, findings: [] };
  const still = {
    before: once(() => stillToCome(before, frontier, "anywhere")),
    after: once(() => stillToCome(after, frontier, "along")),
  };
  return { channels: converted, findings: changes.map((change) => findingOf(change, values, still)) };
}

/** Found when it is asked for, which for most changes it is not. */
function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}

function findingOf(change: ChannelChange, values: JsonObject, still: Still): Finding {
  const { name, before, after } = change;
  const place = { entity: "channel", id: name } as const;
  if (after === undefined) return { place, ...dropped(change, values[name], still.before) };
  if (before === undefined) return { place, ...added(after, still.after) };
  return { place, ...changed(after, values[name]) };
}

/** The first of some values that is no value of its channel. */
export function unfitValue({ channels }: Plan, values: JsonObject): { readonly channel: string; readonly message: string } | undefined {
  for (const [channel, value] of Object.entries(values)) {
    const program = channels.get(channel);
    const reason = program === undefined ? "the graph has no such channel" : unfit(program, value);
    if (reason !== undefined) return { channel, message: `The value for channel "${channel}" does not fit: ${reason}.` };
  }
  return undefined;
}

/** Why a whole value cannot be the value of a channel, or nothing. */
export function unfit({ def, reducer }: ChannelProgram, value: JsonValue): string | undefined {
  const fault = wholeCheck(def)(value);
  if (fault !== undefined) return `${fault.path === "" ? "it" : fault.path} ${fault.reason}`;
  const held = reducer.view(reducer.restore(value));
  return sameJson(held, value) ? undefined : `a \`${def.reducer}\` channel cannot hold it`; // invariant 2
}

const checks = new WeakMap<ChannelDef, SchemaCheck>();

/** The check of whole values, not of what is written; compiled once. */
function wholeCheck(def: ChannelDef): SchemaCheck {
  const check = checks.get(def) ?? schemaCheck(def.schema, def.schema);
  checks.set(def, check);
  return check;
}

type Told = Pick<Finding, "kind" | "message">;

function dropped({ name, before }: ChannelChange, value: JsonValue | undefined, still: () => StillToCome): Told {
  const start = before?.reducer.view(before.reducer.start(before.def.initial));
  if (value === undefined || sameJson(value, start))
    return { kind: "channel-dropped", message: `Channel "${name}" is gone; it had no value.` };
  const reader = readerOf(still(), name);
  if (reader === undefined)
    return { kind: "channel-dropped", message: `Channel "${name}" is gone with its value, which nothing could read any more.` };
  return { kind: "value-dropped", message: `Channel "${name}" is gone and has a value that "${reader}" would have read.` };
}

function added({ def }: ChannelProgram, still: () => StillToCome): Told {
  const { name } = def;
  const fine = { kind: "channel-added", message: `Channel "${name}" is new.` } as const;
  if (def.initial !== undefined) return fine;
  const reader = namedReaderOf(still(), name);
  if (reader === undefined || isStillWritten(still(), name)) return fine;
  return { kind: "value-missing", message: `Channel "${name}" is new, "${reader}" reads it, and nothing that still runs writes it.` };
}

function changed(after: ChannelProgram, value: JsonValue | undefined): Told {
  const { name } = after.def;
  if (value === undefined) return { kind: "channel-kept", message: `Channel "${name}" has changed; it has no value yet.` };
  const reason = unfit(after, value);
  if (reason === undefined) return { kind: "channel-kept", message: `Channel "${name}" has changed and keeps its value.` };
  return { kind: "value-misfit", message: `The value of channel "${name}" does not fit what the channel is now: ${reason}.` };
}
