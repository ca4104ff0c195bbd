import { graphText } from "../../support/graph-text.js";

/** A loop that does not end by itself. */
export const loop = {
  channels: { count: { default: 0 } },
  nodes: { tick: {} },
  edges: { in: "@start -> tick", again: "tick -> tick" },
  limits: { supersteps: 1_000_000 },
};

/** Its document. */
export const loopText = graphText(loop);
