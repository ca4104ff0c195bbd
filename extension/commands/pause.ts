import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Pauses the run at the next boundary. */
export const pause: Command = {
  id: "patchbay.pause",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    session?.pause();
  },
};
