import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Cancels the run at once. */
export const stop: Command = {
  id: "patchbay.stop",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    await session?.stop();
  },
};
