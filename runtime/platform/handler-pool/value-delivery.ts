import type { HandlerCall } from "../../ports.js";
import type { SentValue } from "../handler-process/messages.js";
import { SentValues } from "../sent-values.js";
import { SLICE, slicesOf } from "../transfer/slices.js";
import { weigh } from "../../model/weigh.js";
import type { ProcessLink } from "./process-link.js";

/** What has gone to handler processes. */
export interface DeliveryCounters {
  /** Channel values sent; each version of a channel is sent once to a process. */
  values: number;
  /** Values sent again because the process lacked them. */
  resent: number;
}

/** What a call carries, and what it must wait for. */
export interface Delivery {
  readonly values: readonly SentValue[];
  /** Weight of the values. */
  readonly bytes: number;
  /** Large values are on their way, on which the call must wait. */
  readonly arriving: Promise<unknown> | undefined;
}

/** Brings channel values to a process: small ones with the call, large ones in slices, so that sending them holds nobody up. */
export class ValueDelivery {
  readonly #link: ProcessLink;
  readonly #counters: DeliveryCounters;
  readonly #sent: SentValues;
  /** Large values on their way, by run and channel. */
  readonly #arriving = new Map<string, Promise<void>>();
  #transfers = 0;

  constructor(link: ProcessLink, cacheBytes: number, counters: DeliveryCounters) {
    this.#link = link;
    this.#counters = counters;
    this.#sent = new SentValues(cacheBytes);
  }

  /** Bytes, roughly, that would have to be sent for a call. */
  lacking(call: HandlerCall): number {
    return this.#sent.lacking(call);
  }

  /** Sends what a call needs and the process lacks, and answers with what is to go with the call. */
  deliver(call: HandlerCall): Delivery {
    const { values, forget } = this.#sent.parcel(call);
    if (forget.length > 0) this.#link.send({ type: "forget", entries: forget });
    this.#counters.values += values.length;
    return this.#dispatch(call, values);
  }

  /** Sends what the process asks for again. */
  redeliver(call: HandlerCall, channels: readonly string[]): Delivery {
    const values = channels.flatMap((channel): SentValue[] => {
      const view = call.channels[channel];
      return view === undefined ? [] : [{ channel, ...view }];
    });
    this.#counters.resent += values.length;
    return this.#dispatch(call, values);
  }

  /** Lets the process drop the values of a run. */
  release(run: string): void {
    const entries = this.#sent.release(run);
    if (entries.length > 0) this.#link.send({ type: "forget", entries });
  }

  #dispatch(call: HandlerCall, all: readonly SentValue[]): Delivery {
    const values: SentValue[] = [];
    let bytes = 0;
    for (const sent of all) {
      const weight = weigh(sent.value, SLICE);
      if (bytes + weight < SLICE) {
        bytes += weight;
        values.push(sent);
      } else this.#slice(call.run, sent);
    }
    const arriving = Object.keys(call.channels).flatMap((channel) => this.#arriving.get(key(call.run, channel)) ?? []);
    return { values, bytes, arriving: arriving.length === 0 ? undefined : Promise.all(arriving) };
  }

  #slice(run: string, sent: SentValue): void {
    const name = key(run, sent.channel);
    const before = this.#arriving.get(name);
    const sending = this.#sendSlices(run, sent, before);
    this.#arriving.set(name, sending);
    void sending.then(() => this.#arriving.get(name) === sending && this.#arriving.delete(name));
  }

  /** Of one channel, one version after the other. */
  async #sendSlices(run: string, { value, ...sent }: SentValue, before: Promise<void> | undefined): Promise<void> {
    await before;
    this.#transfers += 1;
    const transfer = this.#transfers;
    for (const slice of slicesOf(value ?? null)) {
      this.#link.send({ type: "slice", transfer, slice }, SLICE);
      await this.#link.drained();
    }
    this.#link.send({ type: "keep", run, values: [{ ...sent, value: undefined, transfer }] });
  }
}

const key = (run: string, channel: string): string => `${run}\n${channel}`;
