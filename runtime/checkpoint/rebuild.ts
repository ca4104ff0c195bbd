import type { Reducer } from "../channels/reducer.js";
import { reducers } from "../channels/reducers.js";
import { PatchbayError } from "../errors.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { ChannelWrites, Checkpoint } from "./checkpoint.js";
import { corrupted } from "./encoding.js";

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
  return new Rebuilder(load).rebuild(id);
}

/** A channel with the reducer that was in force. */
interface HeldChannel {
  readonly reducer: Reducer;
  readonly value: unknown;
}

/** Channel -> its value. */
export type Held = ReadonlyMap<string, HeldChannel>;

/** Rebuilds one checkpoint after the other: a child of the last one costs no more than its own delta. */
export class Rebuilder {
  readonly #load: (id: string) => Checkpoint;
  #last: { readonly id: string; readonly held: Held } | undefined;

  constructor(load: (id: string) => Checkpoint) {
    this.#load = load;
  }

  /** As `rebuild`. */
  rebuild(id: string): Rebuilt {
    const checkpoint = this.#load(id);
    const chain: Checkpoint[] = [];
    let base: Checkpoint | undefined = checkpoint;
    while (base !== undefined && base.channels.base === undefined && base.id !== this.#last?.id) {
      const parent: string | null = base.parent;
      chain.push(base);
      if (parent === null) throw new PatchbayError("CORRUPTED", `Checkpoint ${id} has no base to rebuild from.`, { checkpoint: id });
      base = parent === this.#last?.id ? undefined : this.#load(parent);
    }
    try {
      let held =
        this.#last !== undefined && (base === undefined || base.id === this.#last.id) ? this.#last.held : baseOf(base?.channels.base);
      for (const each of chain.toReversed()) held = foldedOnto(held, each);
      this.#last = { id, held };
      return { checkpoint, values: viewsOf(held) };
    } catch (cause) {
      throw corrupted(id, "has values that its reducers cannot have made", cause);
    }
  }
}

/** The values that a chain of deltas starts from. */
export function baseOf(base: Checkpoint["channels"]["base"]): Held {
  const { values, reducers: names } = base ?? { values: {}, reducers: {} };
  return new Map(
    Object.entries(names).map(([name, reducer]) => [name, { reducer: reducers[reducer], value: reducers[reducer].restore(values[name]) }]),
  );
}

/** The values at a checkpoint that has no base, from those at its parent. */
export function foldedOnto(parent: Held, { channels }: Pick<Checkpoint, "channels">): Held {
  let held = parent;
  for (const { delta } of channels.earlier ?? []) held = folded(held, delta);
  return folded(held, channels.delta);
}

function folded(before: Held, delta: ChannelWrites): Held {
  if (delta.length === 0) return before;
  const held = new Map(before);
  const set = (name: string, make: (channel: HeldChannel) => unknown): void => {
    const channel = held.get(name);
    if (channel !== undefined) held.set(name, { reducer: channel.reducer, value: make(channel) });
  };
  for (const { writes, cleared = [], folded: made = {} } of delta) {
    for (const [name, write] of Object.entries(writes)) set(name, ({ reducer, value }) => reducer.fold(value, write));
    for (const name of cleared) set(name, ({ reducer }) => reducer.restore(undefined));
    for (const [name, value] of Object.entries(made)) set(name, ({ reducer }) => reducer.restore(value));
  }
  return held;
}

function viewsOf(held: Held): JsonObject {
  const values: Record<string, JsonValue> = {};
  for (const [name, { reducer, value }] of held) {
    const view = reducer.view(value);
    if (view !== undefined) values[name] = view;
  }
  return values;
}
