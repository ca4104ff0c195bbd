import { installPeers } from "../../bench/peer.js";

/** Before the tests of this folder: installs what they are compared with, where that was not done yet. */
export async function setup(): Promise<void> {
  const fault = await installPeers();
  if (fault !== undefined) throw new Error(`LangGraph.js is not here: ${fault}. See bench/peers/package.json.`);
}
