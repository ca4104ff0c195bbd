import type { Command } from "./command.js";
import { openGraph } from "./open-graph.js";
import { openHandler } from "./open-handler.js";
import { nodeNamed } from "./canvas-subject.js";
import { graphOf } from "./target.js";

/** Opens what a node runs, graph or handler, in the editor group beside. */
export const openBeside: Command = {
  id: "patchbay.openBeside",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    const node = session === undefined ? undefined : nodeNamed(services, session, args);
    if (session === undefined || node === undefined) return;
    const { graph } = session.source.parsed.raw.nodes.get(node) ?? {};
    const opens = typeof graph === "string" ? openGraph : openHandler; // handlers always open beside
    await opens.run(services, args[0], node, { beside: true });
  },
};
