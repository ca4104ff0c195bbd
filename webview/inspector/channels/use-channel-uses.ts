import type { ChannelUsesView } from "../../protocol/channels.js";
import { useCanvas, useServices } from "../../store/context.js";
import { keyOf, useAnswer } from "../../store/use-answer.js";

/** Who uses a channel, as the document has it now; undefined until the host has answered. */
export function useChannelUses(channel: string): ChannelUsesView | undefined {
  const { host } = useServices();
  const revision = useCanvas((state) => state.graph?.revision);
  const told = useAnswer(keyOf(channel, revision), async () => ({ channel, uses: await host.request("channel/load", { channel }) }));
  return told?.answer.channel === channel ? told.answer.uses : undefined;
}
