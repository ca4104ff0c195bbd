import type { Command } from "./command.js";
import { moverOf } from "./target.js";

/** Cancels the run at once. */
export const stop: Command = {
  id: "patchbay.stop",
  async run(services, uri) {
    const session = await moverOf(services, uri);
    await session?.stop();
  },
};
