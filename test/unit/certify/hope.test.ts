import { expect, test } from "vitest";
import { Hope } from "../../../runtime/certify/hope.js";
import { compile } from "../run/harness.js";

const all = { join: "all" } as const;
const graph = {
  nodes: { a: {}, b: {}, c: all, d: all, x: {}, two: { join: { count: 2 } } },
  edges: {
    s: "@start -> a",
    t: "@start -> b",
    ac: "a -> c",
    bc: "b -> c",
    cd: "c -> d",
    xd: "x -> d",
    ax: "a -> x when run.superstep > 9",
    atwo: "a -> two",
    btwo: "b -> two",
    xtwo: "x -> two",
  },
};

const cases: readonly (readonly [due: string, arrivals: Readonly<Record<string, readonly string[]>>, stuck: string])[] = [
  ["a b", {}, ""],
  // What may run may come, whatever the condition says.
  ["a", { c: ["bc"], two: ["btwo"] }, ""],
  ["a", {}, "c: ac, misses bc; d: xd, misses cd"],
  ["x", { c: ["ac"] }, "c: ac, misses bc; d: xd, misses cd; two: xtwo, misses atwo btwo"],
  // An edge that has arrived and comes again is one edge.
  ["b", { c: ["bc"] }, "c: bc, misses ac; two: btwo, misses atwo xtwo"],
  // What has fired waits for nothing.
  ["", { two: ["@fired", "atwo", "btwo"] }, ""],
  // One that is due waits for its next round.
  ["c b", {}, "c: bc, misses ac; d: cd, misses xd; two: btwo, misses atwo xtwo"],
];

test.each(cases)("with %s due and %j arrived", (due, arrivals, expected) => {
  const stuck = Hope.of(compile(graph).plan).stuck(due.split(" ").filter(Boolean), arrivals);
  const told = stuck.map(({ node, vain, missing }) => `${node}: ${vain.join(" ")}, misses ${missing.join(" ")}`);
  expect(told.toSorted().join("; ")).toBe(expected);
});
