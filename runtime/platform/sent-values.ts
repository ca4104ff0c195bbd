import type { JsonValue } from "../model/json.js";
import type { ChannelView, HandlerCall } from "../ports.js";
import type { Forgotten, SentValue } from "./handler-process/messages.js";
import { estimate } from "../model/weigh.js";

// Invariants:
// 1. What is noted here as sent, the process was sent, in this order; what is dropped here, it is told to forget.
// 2. At most `maxBytes` are kept on the other side, unless one call alone needs more.

// 3. A value counts as sent only while it is the same one: versions are counted anew when a run is resumed, so the number alone
//    could stand for another value.
// 4. A list that has only grown (the `append` reducer extends the array that it shows) is sent from where it ended.

interface Sent {
  readonly version: number;
  readonly value: WeakRef<object> | Exclude<JsonValue, object> | undefined;
  /** Items of a list when it was sent. */
  readonly length: number;
  /** Approximate. */
  readonly bytes: number;
}

/** What goes out before a call. */
export interface Parcel {
  readonly forget: readonly Forgotten[];
  readonly values: readonly SentValue[];
}

/** Remembers which channel values a handler process has, so that each is sent once for each version. */
export class SentValues {
  readonly #maxBytes: number;
  /** Least recently used run first. */
  readonly #runs = new Map<string, Map<string, Sent>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What must be sent for this call; counts as sent from now on. */
  parcel(call: HandlerCall): Parcel {
    const sent = this.#touch(call.run);
    const values = Object.keys(call.channels).flatMap((channel): SentValue[] => {
      const view = call.channels[channel];
      if (view === undefined || isSame(sent.get(channel), view)) return [];
      const after = grownFrom(sent.get(channel), view);
      const value = after === undefined ? settled(view.value) : (view.value as readonly JsonValue[]).slice(after);
      const bytes = estimate(value) + (after === undefined ? 0 : (sent.get(channel)?.bytes ?? 0));
      this.#note(sent, channel, { version: view.version, value: reference(view.value), length: lengthOf(view.value), bytes });
      return [{ channel, version: view.version, value, ...(after === undefined ? {} : { after }) }];
    });
    return { values, forget: this.#trim(call) };
  }

  /** Bytes, roughly, that would have to be sent for a call. */
  lacking({ run, channels }: HandlerCall): number {
    const sent = this.#runs.get(run);
    let bytes = 0;
    for (const channel of Object.keys(channels)) {
      const view = channels[channel];
      if (view !== undefined && !isSame(sent?.get(channel), view) && grownFrom(sent?.get(channel), view) === undefined)
        bytes += estimate(view.value, 16);
    }
    return bytes;
  }

  /** Drops all of a run. */
  release(run: string): readonly Forgotten[] {
    return this.#dropRun(run) ? [{ run }] : [];
  }

  #touch(run: string): Map<string, Sent> {
    const sent = this.#runs.get(run) ?? new Map<string, Sent>();
    this.#runs.delete(run);
    this.#runs.set(run, sent);
    return sent;
  }

  #note(sent: Map<string, Sent>, channel: string, entry: Sent): void {
    this.#bytes += entry.bytes - (sent.get(channel)?.bytes ?? 0);
    sent.set(channel, entry);
  }

  /** Other runs go first, the least recently used before the rest, then the channels that this call does not read (invariant 2). */
  #trim(call: HandlerCall): Forgotten[] {
    const dropped: Forgotten[] = [];
    for (const run of this.#runs.keys()) {
      if (this.#bytes <= this.#maxBytes || run === call.run) break;
      if (this.#dropRun(run)) dropped.push({ run });
    }
    const own = this.#runs.get(call.run);
    for (const [channel, { bytes }] of own ?? []) {
      if (this.#bytes <= this.#maxBytes) break;
      if (Object.hasOwn(call.channels, channel)) continue;
      own?.delete(channel);
      this.#bytes -= bytes;
      dropped.push({ run: call.run, channel });
    }
    return dropped;
  }

  #dropRun(run: string): boolean {
    const sent = this.#runs.get(run);
    for (const { bytes } of sent?.values() ?? []) this.#bytes -= bytes;
    return this.#runs.delete(run);
  }
}

/** Invariant 3. */
function isSame(sent: Sent | undefined, { version, value }: ChannelView): boolean {
  if (sent?.version !== version) return false;
  return (sent.value instanceof WeakRef ? sent.value.deref() : sent.value) === value;
}

function reference(value: JsonValue | undefined): Sent["value"] {
  return typeof value === "object" && value !== null ? new WeakRef<object>(value) : value;
}

/** Where a list ended when it was sent, if it is the same list and only longer now (invariant 4). */
function grownFrom(sent: Sent | undefined, { value }: ChannelView): number | undefined {
  if (!Array.isArray(value) || !(sent?.value instanceof WeakRef) || sent.value.deref() !== value) return undefined;
  return value.length > sent.length ? sent.length : undefined;
}

/** A list as it is now: it may have grown by the time that it goes out. */
function settled(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) && !Object.isFrozen(value) ? (value as readonly JsonValue[]).slice() : value;
}

function lengthOf(value: JsonValue | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}
