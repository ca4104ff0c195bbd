import { parseDocument } from "../document/parse.js";
import type { Clock } from "../ports.js";
import { GraphCompiler } from "./graph-compiler.js";
import { CompileQueue } from "./queue.js";

const graphWith = (target: string, limit: number): string =>
  JSON.stringify({
    patchbay: 1,
    channels: { n: { schema: { type: "number" } } },
    nodes: { a: { kind: "expression", set: { n: "n + 1" } }, b: { kind: "expression", set: { n: "n - 1" } } },
    edges: {
      e1: { from: "@start", to: "a" },
      e2: { from: "a", to: target, when: `n > ${limit}` },
      e3: { from: "a", to: "@end", else: true },
    },
  });

/**
 * Recompiles a graph of nobody's a number of times, so that the first edit that somebody makes does not wait for code that has
 * never run: without it the first soft recompile of a session takes milliseconds, with it microseconds. Blocks for about
 * ten milliseconds; call it when nobody waits.
 */
export function rehearse(clock: Clock, rounds = 20): void {
  const compiler = new GraphCompiler("rehearsal", new CompileQueue(clock, { mode: "inline" }), clock);
  let document = parseDocument(graphWith("b", 0));
  compiler.update(document);
  for (let round = 1; round <= rounds; round += 1) {
    document = parseDocument(graphWith(round % 2 === 0 ? "b" : "a", round), document);
    compiler.update(document);
  }
  compiler.dispose();
}
