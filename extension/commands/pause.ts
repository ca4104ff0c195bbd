import type { Command } from "./command.js";
import { moverOf } from "./target.js";

/** Pauses the run at the next boundary. */
export const pause: Command = {
  id: "patchbay.pause",
  async run(services, uri) {
    const session = await moverOf(services, uri);
    session?.pause();
  },
};
