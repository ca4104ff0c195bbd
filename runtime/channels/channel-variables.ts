import type { ChannelName } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { ChannelView } from "../ports.js";

/** Values of channels that can be looked at; undefined for a channel that there is not. */
export interface ChannelViews {
  view(name: ChannelName): ChannelView | undefined;
}

/** Channels as the variables of an expression, looked up when it asks: most use few, and putting a list together costs. */
export class ChannelVariables extends Map<string, JsonValue> {
  readonly #channels: ChannelViews;
  readonly #more: Readonly<Record<string, JsonValue>>;

  /** `more`: what is there beside the channels. */
  constructor(channels: ChannelViews, more: Readonly<Record<string, JsonValue>>) {
    super();
    this.#channels = channels;
    this.#more = more;
  }

  override get(name: string): JsonValue | undefined {
    if (Object.hasOwn(this.#more, name)) return this.#more[name];
    const view = this.#channels.view(name);
    return view === undefined ? undefined : (view.value ?? null);
  }
}
