import { graphText } from "../../support/graph-text.js";

// Parallel tasks, retries, a map, a subgraph with parallel tasks and a question of its own, a barrier, and a loop around them.

const shared = { server: {}, round: { default: 0 }, log: { reducer: "append", default: [] } };
const code = (name: string, more: object = {}): object => ({ kind: "code", handler: `./effects.ts#${name}`, ...more });
/** Tried again at once: also when its handler process was killed. */
const again = { retry: { attempts: 4, delay: "1ms" } };

/** The outer graph's text, saved by a policy. */
export const outerText = (policy: string): string =>
  graphText({
    channels: { ...shared, rounds: { default: 1 }, items: { default: [] }, squares: { default: [] } },
    nodes: {
      plan: code("plan"),
      left: code("left", again),
      flaky: code("flaky", again),
      right: code("right"),
      each: { kind: "map", over: "items", handler: "./effects.ts#each", output: "squares", concurrency: 2 },
      inside: { kind: "subgraph", graph: "./inner.patchbay.json", join: "all" },
      approve: { kind: "barrier", prompt: "Close round {{round}}?" },
      close: code("close", again),
    },
    edges: {
      in: "@start -> plan",
      l: "plan -> left",
      f: "plan -> flaky",
      r: "plan -> right",
      m: "plan -> each",
      li: "left -> inside",
      fi: "flaky -> inside",
      ri: "right -> inside",
      mi: "each -> inside",
      ask: "inside -> approve",
      yes: "approve -> close on approve",
      more: "close -> plan when round < rounds",
      end: "close -> @end else",
    },
    checkpoints: { policy },
  });

/** The text of the graph inside. */
export const innerText = graphText({
  channels: shared,
  nodes: { look: code("look", again), judge: code("judge"), sum: code("sum", { join: "all" }), sure: { kind: "barrier", prompt: "Sure?" } },
  edges: {
    l: "@start -> look",
    j: "@start -> judge",
    ls: "look -> sum",
    js: "judge -> sum",
    ask: "sum -> sure",
    yes: "sure -> @end on approve",
  },
});
