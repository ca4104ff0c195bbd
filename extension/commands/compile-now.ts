import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Compiles what waits, whatever the triggers say. */
export const compileNow: Command = {
  id: "patchbay.compileNow",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    await session?.compiler.compileNow();
  },
};
