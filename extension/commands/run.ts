import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Starts a new run and takes it as far as it goes. */
export const runGraph: Command = {
  id: "patchbay.run",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    await session?.start({});
  },
};
