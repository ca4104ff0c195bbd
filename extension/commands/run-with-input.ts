import { chooseInput } from "./choose-input.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Starts a run with an input: from `NAME.input.json` beside the graph, or typed. */
export const runWithInput: Command = {
  id: "patchbay.runWithInput",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    const input = session === undefined ? undefined : await chooseInput(session, services.remembered);
    if (input !== undefined) await session?.start(input);
  },
};
