import type { ChannelProgram } from "../channels/channel-program.js";
import { sameJson } from "../document/same-json.js";
import type { ChannelName } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";

/** A channel that two plans have differently, or that one of them has. */
export interface ChannelChange {
  readonly name: ChannelName;
  /** Absent: it is new. */
  readonly before?: ChannelProgram;
  /** Absent: it is gone. */
  readonly after?: ChannelProgram;
}

/** The channels in which two plans differ. */
export function channelChanges(before: Plan, after: Plan): readonly ChannelChange[] {
  if (before.channels === after.channels) return [];
  const changes: ChannelChange[] = [];
  for (const [name, was] of before.channels) {
    const is = after.channels.get(name);
    if (is === undefined) changes.push({ name, before: was });
    else if (was !== is && (!sameJson(was.def, is.def) || was.file?.version !== is.file?.version))
      changes.push({ name, before: was, after: is });
  }
  for (const [name, is] of after.channels) if (!before.channels.has(name)) changes.push({ name, after: is });
  return changes;
}
