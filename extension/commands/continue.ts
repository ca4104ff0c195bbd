import type { Command } from "./command.js";
import { moverOf } from "./target.js";

/** Takes the run as far as it goes. */
export const continueRun: Command = {
  id: "patchbay.continue",
  async run(services, uri) {
    const session = await moverOf(services, uri);
    await session?.continue();
  },
};
