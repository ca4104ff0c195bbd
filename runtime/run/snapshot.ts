import type { ChannelState } from "../channels/channel-state.js";
import type { ChannelWrites, Frontier } from "../checkpoint/checkpoint.js";

/** A run between two moves: everything that the next move depends on. Immutable. */
export interface Snapshot {
  readonly frontier: Frontier;
  readonly channels: ChannelState;
  /** What the last finished superstep wrote, in task order. */
  readonly lastWrites: ChannelWrites;
}
