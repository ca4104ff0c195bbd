import type { PausedEdit, Sketch } from "./paused-edit.js";

const chain: Sketch = { nodes: { a: {}, b: {}, c: {} }, edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c" } };

/** Two ways in, so that b can be reached from elsewhere: else the peer would refuse for that alone. */
const entries = { e0: "@start -> b above 3", e1: "@start -> a else" };

/** One parent of m is done, the other is on its way. */
const joined: Sketch = {
  nodes: { a: {}, b: {}, c: {}, m: { join: "all" } },
  edges: { s1: "@start -> a", s2: "@start -> b", e1: "a -> m", e2: "b -> c", e3: "c -> m" },
};

const asking = (...questions: readonly string[]): Sketch => ({
  nodes: { a: { asks: questions }, b: {} },
  edges: { e1: "@start -> a", e2: "a -> b" },
});

const counting = (fold: "last" | "sum" | "append", name = "score"): Sketch => ({
  channels: { [name]: fold },
  nodes: { a: { writes: { [name]: 5 } }, b: { writes: { [name]: fold === "append" ? [2] : 2 } }, c: { reads: name } },
  edges: { e1: "@start -> a", e2: "a -> b", e3: "b -> c" },
});

const deciding = (big: string): Sketch => ({
  nodes: { a: {}, b: {}, c: {} },
  edges: { e1: "@start -> a", e2: `a -> b ${big}`, e3: "a -> c else" },
});

/** Twelve edits that people make while a run is paused. */
export const twelve: readonly PausedEdit[] = [
  {
    name: "the node that is due is removed, and what follows it is connected",
    before: chain,
    after: { nodes: { a: {}, c: {} }, edges: { e1: "@start -> a", e2: "a -> c" } },
    pausedAt: "b",
    right: "a c",
  },
  {
    name: "the node that is due is given another id",
    before: chain,
    after: { nodes: { a: {}, z: {}, c: {} }, edges: { e1: "@start -> a", e2: "a -> z", e3: "z -> c" } },
    pausedAt: "b",
    right: "a z c",
  },
  {
    name: "the parents of a join are written in another order",
    before: joined,
    after: { ...joined, edges: { s1: "@start -> a", s2: "@start -> b", e3: "c -> m", e2: "b -> c", e1: "a -> m" } },
    pausedAt: "c",
    right: "a b c m",
  },
  {
    name: "a question is added before one that is answered",
    before: asking("one", "two"),
    after: asking("zero", "one", "two"),
    pausedAt: "a",
    answered: ["one"],
    right: "a=ZERO=ONE=TWO b",
  },
  {
    name: "a join gains a parent that has run",
    before: { nodes: { x: {}, ...joined.nodes }, edges: { ...joined.edges, s1: "@start -> x", s2: "x -> b", s3: "x -> a" } },
    after: { nodes: { x: {}, ...joined.nodes }, edges: { ...joined.edges, s1: "@start -> x", s2: "x -> b", s3: "x -> a", e4: "x -> m" } },
    pausedAt: "c",
    right: "x a b c m",
  },
  {
    name: "a join loses the parent that it waits for",
    before: joined,
    after: { ...joined, edges: { s1: "@start -> a", s2: "@start -> b", e1: "a -> m", e2: "b -> c" } },
    pausedAt: "c",
    right: "a b c m",
  },
  {
    name: "the edge to the node that is due leads to another",
    before: { ...chain, edges: { ...chain.edges, ...entries } },
    after: { ...chain, edges: { ...chain.edges, ...entries, e2: "a -> c" } },
    pausedAt: "b",
    right: "a c",
  },
  {
    name: "a node is put between the one that has finished and the one that is due",
    before: chain,
    after: { nodes: { a: {}, n: {}, b: {}, c: {} }, edges: { ...chain.edges, e2: "a -> n", e4: "n -> b" } },
    pausedAt: "b",
    right: "a n b c",
  },
  {
    name: "a channel that has a value is given another name",
    before: counting("last"),
    after: counting("last", "points"),
    pausedAt: "c",
    right: "a b c:2",
  },
  {
    name: "the reducer of a channel that has a value becomes another",
    before: counting("sum"),
    after: counting("append"),
    pausedAt: "b",
    right: "a b c:5,2",
  },
  {
    name: "the condition by which the node that is due was chosen becomes another",
    before: deciding("above 3"),
    after: deciding("above 9"),
    input: 5,
    pausedAt: "b",
    right: "a c",
  },
  {
    name: "a node that has finished does something else",
    before: chain,
    after: { ...chain, nodes: { ...chain.nodes, a: { says: "A" } } },
    pausedAt: "b",
    right: "a b c",
  },
];
