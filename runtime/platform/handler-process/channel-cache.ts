import type { JsonObject, JsonValue } from "../../model/json.js";
import { deepFreeze } from "../read-only.js";
import { Assembler } from "../transfer/assembler.js";
import type { Slice } from "../transfer/slices.js";
import type { CallMessage, Forgotten, SentValue } from "./messages.js";

interface Kept {
  readonly version: number;
  readonly value: JsonValue | undefined;
}

/** The channel values that this process was sent: one version a channel and run, until the host says to forget it. */
export class ChannelCache {
  readonly #runs = new Map<string, Map<string, Kept>>();
  readonly #transfers = new Map<number, Assembler>();

  keep(run: string, values: readonly SentValue[]): void {
    if (values.length === 0) return;
    const channels = this.#runs.get(run) ?? new Map<string, Kept>();
    this.#runs.set(run, channels);
    for (const sent of values) {
      const value = this.#whole(sent);
      const whole = sent.after === undefined ? deepFreeze(value) : extended(channels.get(sent.channel)?.value, sent.after, value);
      // What has nothing to come after was forgotten: the call will miss the channel and say so.
      if (whole !== undefined || sent.after === undefined) channels.set(sent.channel, { version: sent.version, value: whole });
    }
  }

  /** Takes a piece of a large value. */
  slice(transfer: number, slice: Slice): void {
    const assembler = this.#transfers.get(transfer) ?? new Assembler();
    this.#transfers.set(transfer, assembler);
    assembler.take(slice);
  }

  #whole({ transfer, value }: SentValue): JsonValue | undefined {
    if (transfer === undefined) return value;
    const whole = this.#transfers.get(transfer)?.value;
    this.#transfers.delete(transfer);
    return whole;
  }

  forget(entries: readonly Forgotten[]): void {
    for (const { run, channel } of entries) {
      if (channel === undefined) this.#runs.delete(run);
      else this.#runs.get(run)?.delete(channel);
    }
  }

  /** Channels of the call whose version is not here. */
  missing({ run, channels }: CallMessage): string[] {
    const kept = this.#runs.get(run);
    return Object.keys(channels).filter((name) => kept?.get(name)?.version !== channels[name]);
  }

  /** The state a handler sees: frozen through and through, so that no handler changes what the next one reads. */
  stateOf({ run, channels }: CallMessage): JsonObject {
    const kept = this.#runs.get(run);
    const entries = Object.keys(channels).flatMap((name): [string, JsonValue][] => {
      const value = kept?.get(name)?.value;
      return value === undefined ? [] : [[name, value]];
    });
    return Object.freeze(Object.fromEntries(entries));
  }
}

/** The list with more items behind its first ones. A handler may still be reading the list: it stays as it is. */
function extended(list: JsonValue | undefined, after: number, items: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(list) || !Array.isArray(items) || list.length !== after) return undefined;
  const all = [...(list as readonly JsonValue[]), ...(deepFreeze(items) as readonly JsonValue[])];
  return Object.freeze(all);
}
