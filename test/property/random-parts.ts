import fc from "fast-check";
import type { JsonObject } from "../../runtime/index.js";
import type { HandlerContext } from "../../runtime/platform/handler-process/handler-types.js";
import type { ShortGraph } from "../support/graph-text.js";
import type { Handlers } from "../unit/run/harness.js";

// Random graphs, mostly chains with branches and loops, and some of their nodes.

const names = ["a", "b", "c", "d", "e", "f"] as const;
type Name = (typeof names)[number];
const node = fc.constantFrom(...names);

/** Channels with what a node writes to them; what most writes come to depends on what came before. */
const writes: Readonly<Record<string, (id: Name) => string>> = {
  x: () => "x * 2.0 + 1.0",
  y: () => "y * 3.0 + x",
  log: (id) => `['${id}']`,
  total: () => "1.0",
  talk: (id) => `[{'id': size(talk), 'text': '${id}'}]`,
  facts: (id) => `{'${id}': x, 'last': '${id}'}`,
  least: () => "0.0 - total",
};

const channels = {
  x: { schema: { type: "number" }, default: 0 },
  y: { schema: { type: "number" }, default: 1 },
  log: { schema: { type: "array", items: { type: "string" } }, reducer: "append" },
  total: { schema: { type: "number" }, reducer: "sum", default: 0 },
  talk: { reducer: "messages" },
  facts: { reducer: "merge" },
  least: { schema: { type: "number" }, reducer: "min", default: 0 },
  mine: { schema: { type: "string" } },
};

const whens = [" when total < 4.0", " when total > 2.0", " when x > 4.0", " when size(log) > 3"];
/** An edge that is there in any case, but for what other edges say. */
const onward = fc.constantFrom("", " else", " else", " else", " else", ...whens, " on yes");
/** An edge for some cases. */
const aside = fc.constantFrom("", " else", ...whens, ...whens, " on yes", " on no");

/** A graph and some of its nodes. */
export const samples = fc.record({
  writes: fc.array(fc.subarray(Object.keys(writes), { maxLength: 3 }), { minLength: names.length, maxLength: names.length }),
  asks: fc.subarray([...names], { maxLength: 2 }),
  joins: fc.array(fc.constantFrom("any", "any", "any", "all", "deferred"), { minLength: names.length, maxLength: names.length }),
  /** A chain through all nodes, so that much is reached. */
  chain: fc.array(onward, { minLength: names.length, maxLength: names.length }),
  edges: fc.array(fc.tuple(node, fc.oneof(node, node, fc.constant("@end"), fc.constant("@end terminate")), aside), { maxLength: 5 }),
  part: fc.subarray([...names], { minLength: 1, maxLength: 4 }),
  together: fc.boolean(),
  /** Goes back to the beginning from the node before the last. */
  loop: fc.boolean(),
});

export type Sample = typeof samples extends fc.Arbitrary<infer Value> ? Value : never;

type Wire = readonly [from: string, to: string, when: string];

/** The graph of a sample. */
export function graphOf({ writes: written, asks, joins, chain, edges, loop }: Sample): ShortGraph {
  const line = chain.map((when, index): Wire => {
    const onwards = loop && index === 5 ? " else" : when;
    return [names[index - 1] ?? "@start", names[index] ?? "@end", index === 0 ? "" : onwards];
  });
  const back: Wire = ["e", "a", " when total < 4.0"];
  const all: readonly Wire[] = [...line, ...edges, ...(loop ? [back] : [])];
  return {
    channels,
    nodes: Object.fromEntries(
      names.map((id, index) => [id, nodeOf(id, { written: written[index] ?? [], join: joins[index] ?? "any", asks })]),
    ),
    edges: Object.fromEntries(all.flatMap(([from, to, when], index) => edgeOf(index, { from, to, when, asks }))),
    limits: { supersteps: 40 },
  };
}

function nodeOf(id: Name, { written, join, asks }: { written: readonly string[]; join: string; asks: readonly Name[] }): JsonObject {
  if (asks.includes(id)) return { kind: "code", handler: `./${id}.ts`, reads: ["total"], writes: ["mine"], join };
  return {
    kind: "expression",
    set: Object.fromEntries([...written, ...(id === "a" || id === "c" ? ["total"] : [])].map((name) => [name, writes[name]?.(id) ?? ""])),
    join,
  };
}

/** Edges that say something which their nodes do not allow are left out. */
function edgeOf(
  index: number,
  { from, to, when, asks }: { from: string; to: string; when: string; asks: readonly Name[] },
): [string, string][] {
  const acts = when.startsWith(" on");
  if (acts && !asks.some((id) => id === from)) return [];
  if (to === "@end terminate") return when === "" ? [[`e${index}`, `${from} -> ${to}`]] : [];
  return [[`e${index}`, `${from} -> ${to}${when}`]];
}

/** A sample with a loop around all but the last node, which is gone through more than once. */
export function loopOf(sample: Sample): Sample {
  return { ...sample, loop: true, chain: sample.chain.map(() => ""), edges: sample.edges.slice(0, 1) };
}

/** The nodes that are taken: those of the sample, or a run of the chain. */
export function partOf({ part, together }: Sample): readonly string[] {
  const [first = "a"] = part;
  const start = names.indexOf(first);
  return together ? names.slice(start, start + part.length) : part;
}

/** Handlers that choose by what they find. */
export function handlersOf({ asks, edges, chain }: Sample): Handlers {
  const actions = (id: Name): readonly string[] =>
    [...edges.filter(([from]) => from === id).map(([, , when]) => when), chain[names.indexOf(id) + 1] ?? ""].flatMap(
      (when) => / on (\w+)/.exec(when)?.[1] ?? [],
    );
  return Object.fromEntries(
    asks.map((id) => [
      id,
      (state: JsonObject, ctx: HandlerContext) => {
        const known = actions(id);
        const action = known[Number(state["total"]) % Math.max(1, known.length)];
        const update = { mine: `${id}${JSON.stringify(state["total"])}` };
        return action === undefined ? update : ctx.command({ update, action });
      },
    ]),
  );
}

const lists = { schema: { type: "array", items: { type: "string" } }, reducer: "append" };

/** Two chains side by side, each with channels of its own most of the time, and a run of nodes of the first. */
export const branched = fc.record({
  /** For each chain, what its nodes write to, and whether they go back once. */
  chains: fc.tuple(
    fc.array(fc.constantFrom("l", "l", "l", "r"), { minLength: 2, maxLength: 4 }),
    fc.array(fc.constantFrom("r", "r", "r", "l"), { minLength: 1, maxLength: 5 }),
  ),
  again: fc.tuple(fc.boolean(), fc.boolean()),
  join: fc.constantFrom("all", "all", "deferred", "any"),
  from: fc.nat(2),
  count: fc.integer({ min: 1, max: 3 }),
});

/** The graph of such a sample, and the nodes that are taken. */
export function branchedGraph({ chains, again, join, from, count }: BranchedSample): {
  readonly graph: ShortGraph;
  readonly part: readonly string[];
} {
  const sides = ["l", "r"] as const;
  const nodes: Record<string, object> = {
    open: { kind: "expression", set: { l: "['open']", r: "['open']" } },
    meet: { kind: "expression", set: { both: "l + r" }, join },
  };
  const edges: Record<string, string> = { in: "@start -> open", out: "meet -> @end" };
  for (const [place, side] of sides.entries()) {
    const ids = (chains[place] ?? []).map((_, index) => `${side}${index}`);
    for (const [index, id] of ids.entries()) {
      nodes[id] = { kind: "expression", set: { [chains[place]?.[index] ?? side]: `['${id}']` } };
      edges[`to_${id}`] = `${ids[index - 1] ?? "open"} -> ${id}`;
    }
    const last = ids.at(-1) ?? "open";
    edges[`${side}_out`] = `${last} -> meet${again[place] === true ? " else" : ""}`;
    if (again[place] === true) edges[`${side}_back`] = `${last} -> ${ids[0] ?? "open"} when size(${side}) < 6`;
  }
  const part = (chains[0] ?? []).map((_, index) => `l${index}`).slice(from, from + count);
  return {
    graph: { channels: { l: lists, r: lists, both: { schema: { type: "array" } } }, nodes, edges, limits: { supersteps: 60 } },
    part,
  };
}

export type BranchedSample = typeof branched extends fc.Arbitrary<infer Value> ? Value : never;
