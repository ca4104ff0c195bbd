import type { JsonObject, JsonValue } from "../../model/json.js";
import { deepFreeze } from "../read-only.js";
import type { CallMessage, Forgotten, SentValue } from "./messages.js";

interface Kept {
  readonly version: number;
  readonly value: JsonValue | undefined;
}

/** The channel values that this process was sent: one version a channel and run, until the host says to forget it. */
export class ChannelCache {
  readonly #runs = new Map<string, Map<string, Kept>>();

  keep(run: string, values: readonly SentValue[]): void {
    const channels = this.#runs.get(run) ?? new Map<string, Kept>();
    this.#runs.set(run, channels);
    for (const { channel, version, value } of values) channels.set(channel, { version, value: deepFreeze(value) });
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
