import type { Blame } from "../../runtime/blame/blame.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { ChannelName } from "../../runtime/model/ids.js";
import type { RunArchive } from "./run-archive.js";

/** Who gave channels of a run the values that they have at a checkpoint. A channel that the run has not had yet is left out. */
export function blameChannels(
  archive: Pick<RunArchive, "blame">,
  run: string,
  checkpoint: string,
  channels: readonly ChannelName[],
): readonly Blame[] {
  return channels.flatMap((channel) => {
    try {
      return [archive.blame({ run, channel, checkpoint })];
    } catch (thrown) {
      if (thrown instanceof PatchbayError && thrown.code === "NOT_FOUND") return [];
      throw thrown;
    }
  });
}
