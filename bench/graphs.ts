import type { JsonObject } from "../runtime/index.js";

/** A node in the layered graph, by id; an edge with the number that its condition compares `count` with. */
export interface LayeredGraph {
  readonly nodes: readonly string[];
  readonly edges: readonly LayeredEdge[];
}

/** An edge of the layered graph; without `threshold` it is a plain one. */
export interface LayeredEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly threshold?: number;
}

/** How much an append log writes. */
export interface LogShape {
  readonly supersteps: number;
  /** What a superstep appends, by its number from 0. */
  readonly entry: (superstep: number) => string;
  /** A value that the first superstep is given and nobody changes. */
  readonly ballast: string;
  /** Whether the peer keeps the log in its incremental channel. Ours has no such choice. */
  readonly incremental: boolean;
}

/** A loop in which some supersteps write other channels, too. */
export interface MarkedShape {
  readonly supersteps: number;
  /** Superstep, from 1 -> what it writes beside the count. */
  readonly marks: Readonly<Record<number, JsonObject>>;
}

/** Nodes in one layer. */
const WIDTH = 10;
/** A prime, so that successive edits are spread over the whole graph. */
const STRIDE = 7919;

/**
 * Layers of ten nodes. Each node goes to the node below it, and when `count` is above a number to the node beside that one.
 * `size` is a multiple of ten.
 */
export function layeredGraph(size: number): LayeredGraph {
  const nodes = Array.from({ length: size }, (_, index) => `n${index}`);
  const edges: LayeredEdge[] = nodes.slice(0, WIDTH).map((to) => ({ id: `start_${to}`, from: "@start", to }));
  for (const [index, from] of nodes.entries()) {
    if (index + WIDTH >= size) edges.push({ id: `${from}_end`, from, to: "@end" });
    else
      edges.push(
        { id: `${from}_on`, from, to: below(index, 0) },
        { id: conditionalEdge(index), from, to: below(index, 1), threshold: index % 7 },
      );
  }
  return { nodes, edges };
}

/** The graph with one more conditional edge retargeted, to the next node but one; `edit` numbers the edits from 0. */
export function retargeted(graph: LayeredGraph, edit: number): LayeredGraph {
  const index = (edit * STRIDE) % (graph.nodes.length - WIDTH);
  const edges = graph.edges.map((edge) => (edge.id === conditionalEdge(index) ? { ...edge, to: below(index, 2) } : edge));
  return { nodes: graph.nodes, edges };
}

function conditionalEdge(index: number): string {
  return `n${index}_when`;
}

/** A node of the next layer: `offset` 0 is the one that a node's plain edge goes to, 1 the one of its conditional edge. */
function below(index: number, offset: number): string {
  const layer = Math.floor(index / WIDTH) + 1;
  return `n${layer * WIDTH + ((index + offset) % WIDTH)}`;
}

/** The layered graph as a document. */
export function layeredDocument({ nodes, edges }: LayeredGraph): string {
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 } },
    nodes: Object.fromEntries(nodes.map((id) => [id, { kind: "code", handler: "./nodes/pass.ts", label: `Node ${id}` }])),
    edges: Object.fromEntries(
      edges.map(({ id, from, to, threshold }) => [id, { from, to, ...(threshold === undefined ? {} : { when: `count > ${threshold}` }) }]),
    ),
    layout: Object.fromEntries(nodes.map((id, index) => [id, [Math.floor(index / WIDTH) * 280, (index % WIDTH) * 120]])),
  });
}

/** One node that counts, and an edge back to it until `count` is `supersteps`. */
export function loopDocument(supersteps: number): string {
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 } },
    nodes: { tick: { kind: "code", handler: "./tick" } },
    edges: loopEdges("tick", supersteps),
    limits: { supersteps: supersteps + 5 },
  });
}

/** A loop of expressions, which any window can run: counts, beside a text that it changes each time. */
export function countingDocument(supersteps: number): string {
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 }, note: { schema: { type: "string" } } },
    nodes: { tick: { kind: "expression", set: { count: "count + 1.0", note: "'after ' + string(count)" } } },
    edges: loopEdges("tick", supersteps),
    limits: { supersteps: supersteps + 5 },
  });
}

/** The loop with channels that it writes now and then, and a list that each superstep appends to. */
export function markedDocument({ supersteps }: MarkedShape): string {
  return documentText({
    channels: {
      count: { schema: { type: "number" }, default: 0 },
      log: { schema: { type: "array" }, reducer: "append" },
      early: {},
      middle: {},
      config: {},
    },
    nodes: { tick: { kind: "code", handler: "./mark", reads: ["count"] } },
    edges: loopEdges("tick", supersteps),
    limits: { supersteps: supersteps + 5 },
  });
}

/** `supersteps` nodes in a row, each of which counts. */
export function chainDocument(supersteps: number): string {
  const nodes = Array.from({ length: supersteps }, (_, index) => `n${index}`);
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 } },
    nodes: Object.fromEntries(nodes.map((id) => [id, { kind: "code", handler: "./tick" }])),
    edges: Object.fromEntries([
      ["in", { from: "@start", to: "n0" }],
      ...nodes.slice(1).map((to, index) => [`to_${to}`, { from: `n${index}`, to }] as const),
    ]),
    limits: { supersteps: supersteps + 5 },
  });
}

/** The loop beside `others` nodes in a row, which it never comes to. */
export function besideDocument(supersteps: number, others: number): string {
  const nodes = Array.from({ length: others }, (_, index) => `n${index}`);
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 } },
    nodes: {
      tick: { kind: "code", handler: "./tick" },
      ...Object.fromEntries(nodes.map((id) => [id, { kind: "code", handler: "./tick" }])),
    },
    edges: {
      ...loopEdges("tick", supersteps),
      aside: { from: "tick", to: "n0", when: "count < 0.0" },
      ...Object.fromEntries(nodes.slice(1).map((to, index) => [`to_${to}`, { from: `n${index}`, to }])),
    },
    limits: { supersteps: supersteps + 5 },
  });
}

/** One node beside a list that nobody writes. */
export function listDocument(): string {
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 }, items: { schema: { type: "array" } } },
    nodes: { tick: { kind: "code", handler: "./tick", reads: ["count"] } },
    edges: loopEdges("tick", 3),
  });
}

/** The loop beside a channel that nobody writes. */
export function ballastDocument(supersteps: number): string {
  return documentText({
    channels: { count: { schema: { type: "number" }, default: 0 }, ballast: { schema: { type: "string" } } },
    nodes: { tick: { kind: "code", handler: "./tick", reads: ["count"] } },
    edges: loopEdges("tick", supersteps),
    limits: { supersteps: supersteps + 5 },
  });
}

/** What is edited of a `sumDocument`. */
export interface SumEdit {
  /** Index of a node that adds something else than 1. */
  readonly node?: number;
  readonly adds?: number;
  /** The channel's maximum. */
  readonly most?: number;
}

/** A chain of expressions that count. */
export function sumDocument(length: number, { node, adds = 1, most }: SumEdit = {}): string {
  const nodes = Array.from({ length }, (_, index) => `n${index}`);
  return documentText({
    channels: { count: { schema: { type: "number", ...(most === undefined ? {} : { maximum: most }) }, default: 0 } },
    nodes: Object.fromEntries(
      nodes.map((id, index) => [id, { kind: "expression", set: { count: `count + ${index === node ? adds : 1}.0` } }]),
    ),
    edges: Object.fromEntries([
      ["in", { from: "@start", to: "n0" }],
      ...nodes.slice(1).map((to, index) => [`to_${to}`, { from: `n${index}`, to }] as const),
    ]),
    limits: { supersteps: length + 5 },
  });
}

/** One node, `width` nodes side by side, one node that waits for all. */
export function fanDocument(width: number): string {
  const workers = Array.from({ length: width }, (_, index) => `work${index}`);
  return documentText({
    channels: { log: { schema: { type: "array" }, reducer: "append" } },
    nodes: {
      split: { kind: "code", handler: "./nothing", reads: [] },
      ...Object.fromEntries(workers.map((id) => [id, { kind: "code", handler: "./work", reads: [] }])),
      gather: { kind: "code", handler: "./nothing", reads: [], join: "all" },
    },
    edges: {
      in: { from: "@start", to: "split" },
      ...Object.fromEntries(
        workers.flatMap((id) => [
          [`to_${id}`, { from: "split", to: id }],
          [`of_${id}`, { from: id, to: "gather" }],
        ]),
      ),
      out: { from: "gather", to: "@end" },
    },
  });
}

/** One node that makes a list of `count` numbers, one that runs a handler for each of them. */
export function mapDocument(count: number): string {
  return documentText({
    channels: { items: { schema: { type: "array" } }, results: { schema: { type: "array" } } },
    nodes: {
      split: { kind: "code", handler: "./numbers", reads: [] },
      each: { kind: "map", over: "items", handler: "./double", reads: [], output: "results", concurrency: count },
    },
    edges: { in: { from: "@start", to: "split" }, on: { from: "split", to: "each" }, out: { from: "each", to: "@end" } },
  });
}

/** One node that appends to a log, and an edge back to it until it has done so `supersteps` times. */
export function logDocument({ supersteps }: LogShape): string {
  return documentText({
    channels: {
      count: { schema: { type: "number" }, default: 0 },
      ballast: { schema: { type: "string" } },
      log: { schema: { type: "array" }, reducer: "append" },
    },
    nodes: { note: { kind: "code", handler: "./note", reads: ["count"] } },
    edges: loopEdges("note", supersteps),
    limits: { supersteps: supersteps + 5 },
  });
}

function loopEdges(node: string, supersteps: number): Readonly<Record<string, unknown>> {
  return {
    in: { from: "@start", to: node },
    again: { from: node, to: node, when: `count < ${supersteps}` },
    out: { from: node, to: "@end", else: true },
  };
}

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A document as the editor writes it: one entry a line. */
function documentText(sections: Sections): string {
  const parts = Object.entries(sections).map(([name, entries]) => {
    const lines = Object.entries(entries).map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
    return `  ${JSON.stringify(name)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n  "patchbay": 1,\n  "title": "Benchmark",\n${parts.join(",\n")}\n}\n`;
}
