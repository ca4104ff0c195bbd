import type { Command } from "./command.js";
import { moverOf } from "./target.js";

/** Runs one superstep, then pauses. */
export const step: Command = {
  id: "patchbay.step",
  async run(services, uri) {
    const session = await moverOf(services, uri);
    await session?.step();
  },
};
