import type { Arrivals } from "../checkpoint/checkpoint.js";
import type { NodeId } from "../model/ids.js";
import type { Finding } from "./finding.js";
import type { Impact } from "./impact.js";
import { Ways } from "./ways.js";

/**
 * What has arrived at joins and would be forgotten: its node is gone, or its edge leads elsewhere or comes from elsewhere now. Who
 * took that edge has finished long ago, and takes no other.
 */
export function lostArrivals({ before, after }: Impact, arrivals: Arrivals): readonly Finding[] {
  return Object.entries(arrivals).flatMap(([node, arrived]) => {
    if (!after.nodes.has(node)) return [lost(node, `What had arrived at "${node}" has no place any more: the node is gone.`)];
    return arrived
      .filter((way) => !way.startsWith("@"))
      .flatMap((way) => {
        const now = Ways.of(after).edge(way);
        const then = before === undefined ? now : Ways.of(before).edge(way);
        if (now?.to === node && now.from === then?.from) return [];
        const reason = now === undefined ? "is gone" : now.to === node ? `comes from "${now.from}" now` : `leads to "${now.to}" now`;
        return [lost(node, `Edge "${way}" has arrived at "${node}" and ${reason}.`)];
      });
  });
}

function lost(node: NodeId, message: string): Finding {
  return { kind: "arrival-lost", message, place: { entity: "node", id: node } };
}
