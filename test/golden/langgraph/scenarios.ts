import type { Move, Scenario, ScenarioEdge, ScenarioNode } from "./scenario.js";

const start: Move = { do: "start", input: 5 };
const go: Move = { do: "go" };

/** `"a b"`: an edge from a to b; `"a b >3"`, `"a b else"`, `"a b !"` for one that fires when a has failed. */
function edgeOf(text: string): ScenarioEdge {
  const [from = "", to = "", when] = text.split(" ");
  if (when === undefined) return { from, to };
  if (when === "else") return { from, to, otherwise: true };
  return when === "!" ? { from, to, error: true } : { from, to, above: Number(when.slice(1)) };
}

function scenario(
  nodes: Readonly<Record<string, ScenarioNode>>,
  edges: readonly string[],
  moves: readonly Move[] = [start],
  limit = 25,
): Scenario {
  return { nodes, edges: edges.map(edgeOf), moves, limit };
}

const chain = ["@start a", "a b", "b c"];
const three = { a: {}, b: {}, c: {} };

/** A graph that asks between two nodes. */
const asking = { nodes: { b: {}, c: { asks: ["x"] }, d: {} }, edges: ["@start b", "b c", "c d"].map(edgeOf) };

/** The scenarios of which the behaviour of both runtimes is known exactly. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  "1 a chain": scenario(three, chain),
  "2 plain edges of unequal depth": scenario({ a: {}, b: {}, c: {}, m: {} }, ["@start a", "@start b", "b c", "a m", "c m"]),
  "3 plain edges of equal depth": scenario({ a: {}, b: {}, m: {} }, ["@start a", "@start b", "a m", "b m"]),
  "4 a join of all": scenario({ a: {}, b: {}, c: {}, m: { join: "all" } }, ["@start a", "@start b", "b c", "a m", "c m"]),
  "4 a join of all in a loop": scenario(
    { a: {}, b: {}, c: {}, m: { join: "all" } },
    ["@start a", "a b", "a c", "b m", "c m", "m a >3"],
    [start],
    6,
  ),
  "5 a join of all, one parent skipped": scenario({ a: {}, b: {}, c: {}, m: { join: "all" } }, ["@start a", "a b", "a c >7", "b m", "c m"]),
  "6 a deferred join": scenario({ a: {}, b: {}, c: {}, d: {}, m: { join: "deferred" } }, [
    "@start a",
    "@start b",
    "b c",
    "c d",
    "a m",
    "d m",
  ]),
  "6 a deferred join and sent tasks": scenario({ a: { send: ["b"] }, b: {}, m: { join: "deferred" } }, ["@start a", "a m", "b m"]),
  "6 a deferred join and a sibling that fails": scenario(
    { a: {}, b: { fails: 1 }, c: {}, m: { join: "deferred" } },
    ["@start a", "@start b", "@start m", "a c"],
    [start, go],
  ),
  "7 task order is not finishing order": scenario({ a: { turns: 9 }, b: { turns: 5 }, c: {}, m: {} }, [
    "@start a",
    "@start b",
    "@start c",
    "a m",
    "b m",
    "c m",
  ]),
  "7 task order of sent tasks": scenario({ a: { send: ["c", "b", "c"] }, b: {}, c: {} }, ["@start a", "a b"]),
  "8 nested sends": scenario({ a: { send: ["b", "b"] }, b: { send: ["c"] }, c: {}, d: {} }, ["@start a", "c d"]),
  "9 two writers of one value": scenario({ a: { only: true }, b: { only: true } }, ["@start a", "@start b"]),
  "10 the limit, one short": scenario(three, chain, [start], 2),
  "10 the limit, exactly": scenario(three, chain, [start], 3),
  "10 the limit, and on": scenario({ a: {} }, ["@start a", "a a"], [start, go], 2),
  "11 the next superstep waits for the slowest": scenario({ a: { turns: 9 }, b: {}, c: {}, d: {} }, ["@start a", "@start b", "a c", "b d"]),
  "12 a pause before a node": scenario(three, chain, [{ ...start, before: "b" }, go]),
  "12 a pause after a node": scenario(three, chain, [{ ...start, after: "b" }, go]),
  "13 two questions of one node": scenario(
    { a: { asks: ["x", "y"] }, b: {} },
    ["@start a", "a b"],
    [start, { do: "answer", with: { "a/x": "1" } }, { do: "answer", with: { "a/y": "2" } }],
  ),
  "14 a question beside a sibling": scenario(
    { a: { asks: ["x"] }, b: {}, c: {} },
    ["@start a", "@start b", "a c", "b c"],
    [start, { do: "answer", with: { "a/x": "yes" } }],
  ),
  "15 five questions at once": scenario(
    Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, { asks: ["x"] }])),
    ["a", "b", "c", "d", "e"].map((id) => `@start ${id}`),
    [start, { do: "answer", with: { "e/x": "5", "a/x": "1", "c/x": "3", "b/x": "2", "d/x": "4" } }],
  ),
  "16 a question inside a subgraph": scenario(
    { a: {}, s: { inner: asking }, z: {} },
    ["@start a", "a s", "s z"],
    [start, { do: "answer", with: { "c/x": "yes" } }],
  ),
  "17 a sibling fails": scenario({ a: {}, b: { fails: 1 }, c: {} }, ["@start a", "@start b", "a c", "b c"], [start, go]),
  "17 a sibling fails first": scenario({ a: { turns: 9 }, b: { fails: 1 }, c: {} }, ["@start a", "@start b", "a c", "b c"], [start, go]),
  "17 a sibling fails: the routes of the others": scenario(
    { a: {}, b: { goto: ["e"] }, c: { send: ["e"] }, d: { fails: 1 }, e: {}, f: {} },
    ["@start a", "@start b", "@start c", "@start d", "a f"],
    [start, go],
  ),
  "18 new input to a failed run": scenario({ a: {}, b: { fails: 1 }, c: {} }, chain, [start, { do: "input", input: 6 }]),
  "19 an edit as a node": scenario(
    { a: {}, b: {}, c: {}, d: {} },
    ["@start a", "a b", "b c", "c d"],
    [
      { ...start, before: "b" },
      { do: "edit", as: "c", write: "edited" },
    ],
  ),
  "20 a copy of a history": scenario(three, chain, [{ ...start, after: "a" }, { do: "clone" }]),
  "21 a replay": scenario(three, chain, [start, { do: "replay", from: 1 }]),
  "21 a replay from the end": scenario(three, chain, [start, { do: "replay", from: 3 }]),
  "22 a fork": scenario(
    { a: {}, b: {}, c: {}, d: {} },
    ["@start a", "a b", "b c", "c d"],
    [start, { do: "replay", from: 1, edit: { as: "b", write: "other" } }, { do: "replay", from: 1 }],
  ),
  "23 time travel inside a subgraph": scenario(
    { a: {}, s: { inner: asking }, z: {} },
    ["@start a", "a s", "s z"],
    [start, { do: "replay", from: 0, inside: "s" }, { do: "answer", with: { "c/x": "yes" } }],
  ),
  "24 goto beside an edge": scenario({ a: { goto: ["c"] }, b: {}, c: {} }, ["@start a", "a b"]),
  "24 goto to a join that is met at once": scenario({ a: {}, b: { goto: ["m"] }, m: { join: "all" } }, ["@start a", "@start b", "a m"]),
  "25 a retry that helps": scenario({ a: { fails: 2, attempts: 3 }, b: {} }, ["@start a", "a b"]),
  "25 an error route after retries": scenario({ a: { fails: 9, attempts: 2 }, b: {}, c: {} }, ["@start a", "a b", "a c !"]),
  "25 an error route beside a question": scenario(
    { a: { fails: 9, attempts: 2 }, b: {}, c: {}, d: { asks: ["x"] } },
    ["@start a", "@start d", "a b", "a c !"],
    [start, { do: "answer", with: { "d/x": "yes" } }],
  ),
  "26 a time-out": scenario({ a: { hangs: { run: 20 } }, b: {} }, ["@start a", "a b"]),
  "26 an idle time-out": scenario({ a: { hangs: { idle: 20 } }, b: {} }, ["@start a", "a b"]),
  "26 a time-out, caught; late writes are dropped": scenario({ a: { hangs: { run: 20 } }, b: {}, c: {} }, ["@start a", "a b", "a c !"]),
  "27 a drained run": scenario({ a: {}, b: { drains: true }, c: {} }, chain, [start, go]),
  "28 a cached result": scenario(
    { a: {}, b: { cached: true }, c: {} },
    ["@start a", "a b", "b c", "c b >8", "c a >8"],
    [start, { do: "input", input: 6 }],
  ),
  "29 streams of values and updates": scenario(
    { a: {}, b: { turns: 9 }, c: {}, d: {} },
    ["@start a", "a b", "a c", "b d", "c d"],
    [{ ...start, streamed: true }],
  ),
  "30 new input while paused": scenario({ a: {}, b: {}, c: {} }, chain, [
    { ...start, before: "c" },
    { do: "input", input: 6 },
  ]),
  "30 new input while a question waits": scenario(
    { a: { asks: ["x"] }, b: {} },
    ["@start a", "a b"],
    [start, { do: "input", input: 6 }, { do: "answer", with: { "a/x": "yes" } }],
  ),
};
