import type { ShortGraph } from "../../support/graph-text.js";
import type { Handlers } from "../../unit/run/harness.js";

// Runs of these fill a store with all that a store keeps.

const log = { log: { schema: { type: "array" }, reducer: "append" } };

/** Goes round until it has counted far enough: pages are sealed on the way. */
export const counting: ShortGraph = {
  channels: { ...log, count: { default: 0 } },
  nodes: { tick: {} },
  edges: { in: "@start -> tick", again: "tick -> tick when count < 60" },
};

/** Works on a large value, in a map and beside a task that fails; then asks, inside. */
export const asking: ShortGraph = {
  channels: { ...log, large: {}, items: { default: [1, 2, 3] }, out: {} },
  nodes: {
    load: {},
    each: { kind: "map", over: "items", handler: "./each.ts", output: "out", retry: { attempts: 1 } },
    fragile: {},
    inside: { kind: "subgraph", graph: "./inner" },
    end: {},
  },
  edges: {
    in: "@start -> load",
    m: "load -> each",
    f: "load -> fragile",
    i: "each -> inside",
    e: "inside -> end",
  },
};

export const inner: ShortGraph = {
  channels: log,
  nodes: { look: {}, ask: { kind: "barrier", prompt: "Go on?" }, done: {} },
  edges: { a: "@start -> look", b: "look -> ask", c: "ask -> done on approve", d: "ask -> look on reject" },
};

export const handlers: Handlers = {
  tick: (state) => ({ count: Number(state["count"]) + 1, log: [Number(state["count"])] }),
  load: () => ({ large: "abcdefgh".repeat(20_000), log: ["load"] }),
  each: (_state, { input }) => (input as { readonly item: number }).item * 2,
  fragile: (state) => {
    if (!Array.isArray(state["log"])) throw new Error("no log");
    return { log: ["fragile"] };
  },
  look: () => ({ log: ["look"] }),
  done: () => ({ log: ["done"] }),
  end: () => ({ log: ["end"] }),
};
