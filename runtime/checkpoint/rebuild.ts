import { reducers } from "../channels/reducers.js";
import { PatchbayError } from "../errors.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Checkpoint } from "./checkpoint.js";

/** A checkpoint with the values it stands for. */
export interface Rebuilt {
  readonly checkpoint: Checkpoint;
  readonly values: JsonObject;
}

/**
 * The channel values at a checkpoint: the nearest base up the chain, with the deltas since folded in, one at a time, by the
 * reducers that were in force. Costs the length of that chain. Throws `CORRUPTED` when the chain has no base.
 */
export function rebuild(id: string, load: (id: string) => Checkpoint): Rebuilt {
  const checkpoint = load(id);
  const chain: Checkpoint[] = [];
  let at = checkpoint;
  while (at.channels.base === undefined) {
    chain.push(at);
    if (at.parent === null) throw new PatchbayError("CORRUPTED", `Checkpoint ${id} has no base to rebuild from.`, { checkpoint: id });
    at = load(at.parent);
  }
  const { values, reducers: names } = at.channels.base;
  const held = new Map(
    Object.entries(names).map(([name, reducer]) => [name, { reducer: reducers[reducer], value: reducers[reducer].restore(values[name]) }]),
  );
  for (const link of chain.toReversed()) {
    for (const { writes, cleared = [], folded = {} } of link.channels.delta) {
      for (const [name, write] of Object.entries(writes)) {
        const channel = held.get(name);
        if (channel !== undefined) channel.value = channel.reducer.fold(channel.value, write);
      }
      for (const name of cleared) {
        const channel = held.get(name);
        if (channel !== undefined) channel.value = channel.reducer.restore(undefined);
      }
      for (const [name, value] of Object.entries(folded)) {
        const channel = held.get(name);
        if (channel !== undefined) channel.value = channel.reducer.restore(value);
      }
    }
  }
  const rebuilt: Record<string, JsonValue> = {};
  for (const [name, { reducer, value }] of held) {
    const view = reducer.view(value);
    if (view !== undefined) rebuilt[name] = view;
  }
  return { checkpoint, values: rebuilt };
}
