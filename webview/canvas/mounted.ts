// What of a flow React Flow is given: it makes elements for all that it knows, and looks at all of it again with each frame. Pure.
import { Outlines, type Outline } from "../picture/outlines.js";
import { hasElements, type Detail } from "./detail.js";
import type { Flow, FlowEdge, FlowNode, ShownNode } from "./flow-types.js";
import { boxOf } from "./ports.js";
import { sameItems } from "./same.js";

/** Nodes and edges that have elements wherever they are: where the pointer is, what is selected, dragged, or being connected. */
export interface Kept {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** What React Flow is given. */
export interface Mounted {
  readonly nodes: ShownNode[];
  readonly edges: FlowEdge[];
}

/** Finds it, and keeps its lists from one time to the next where they hold the same. */
export class Mounting {
  readonly outlines = new Outlines();
  #last: Mounted = { nodes: [], edges: [] };
  #part: Part | undefined;

  /** Without `detail` all of it. */
  of(flow: Flow, detail: Detail | undefined, kept: Kept): Mounted {
    this.#part = detail === undefined ? undefined : this.#partOf({ flow, outlines: this.outlines.of(flow), detail, kept });
    const { nodes, edges } = this.#part?.mounted ?? allOf(flow);
    const before = this.#last;
    this.#last = {
      nodes: sameItems(before.nodes, nodes) ? before.nodes : nodes,
      edges: sameItems(before.edges, edges) ? before.edges : edges,
    };
    return this.#last;
  }

  #partOf(asked: Asked): Part {
    return (this.#part && replaced(this.#part, asked)) ?? chosen(asked);
  }
}

/** What the part of a flow that has elements depends on. */
interface Asked {
  readonly flow: Flow;
  readonly outlines: readonly Outline[];
  readonly detail: Detail;
  readonly kept: Kept;
}

/** The part of a flow that has elements, with where in its lists the items of the flow are; -1: nowhere. */
interface Part {
  readonly asked: Asked;
  readonly mounted: Mounted;
  readonly nodeAt: Int32Array;
  readonly edgeAt: Int32Array;
}

/** Looks at all of a flow; nodes that only an edge needs come hidden. */
function chosen(asked: Asked): Part {
  const { flow, outlines, detail } = asked;
  const edges: FlowEdge[] = [];
  const edgeAt = new Int32Array(outlines.length).fill(-1);
  const ends = new Set<FlowNode>();
  for (const [index, outline] of outlines.entries()) {
    if (!isEdgeIn(outline, asked)) continue;
    edgeAt[index] = edges.push(outline.edge) - 1;
    ends.add(outline.source);
    ends.add(outline.target);
  }
  const nodes: ShownNode[] = flow.behind.filter((node) => isNodeIn(node, asked));
  const nodeAt = new Int32Array(flow.nodes.length).fill(-1);
  for (const [index, node] of flow.nodes.entries()) {
    if (isNodeIn(node, asked)) nodeAt[index] = nodes.push(shownAs(node, detail)) - 1;
    else if (ends.has(node)) nodes.push(hidden(node));
  }
  return { asked, mounted: { nodes, edges }, nodeAt, edgeAt };
}

/** The part anew where only items changed that were in it and still are, as in a drag; undefined where more has to be looked at. */
function replaced({ asked: before, mounted, nodeAt, edgeAt }: Part, asked: Asked): Part | undefined {
  const { flow, outlines, detail, kept } = asked;
  if (before.detail !== detail || before.kept !== kept || before.flow.behind !== flow.behind) return undefined;
  if (before.flow.ends !== flow.ends || before.outlines.length !== outlines.length) return undefined;
  const nodes = [...mounted.nodes];
  for (let index = 0; index < flow.nodes.length; index += 1) {
    const [node, at] = [flow.nodes[index], nodeAt[index] ?? -1];
    if (node === undefined || node === before.flow.nodes[index]) continue;
    if (at < 0 || !isNodeIn(node, asked)) return undefined;
    nodes[at] = shownAs(node, detail);
  }
  const edges = [...mounted.edges];
  for (let index = 0; index < outlines.length; index += 1) {
    const [outline, at] = [outlines[index], edgeAt[index] ?? -1];
    if (outline === undefined || outline === before.outlines[index]) continue;
    if (at < 0 || !isEdgeIn(outline, asked)) return undefined;
    edges[at] = outline.edge;
  }
  return { asked, mounted: { nodes, edges }, nodeAt, edgeAt };
}

function isEdgeIn({ edge, box }: Outline, { detail, kept }: Asked): boolean {
  return hasElements(box, detail) || kept.edges.has(edge.id);
}

function isNodeIn(node: ShownNode, { detail, kept }: Asked): boolean {
  return hasElements(boxOf(node), detail) || kept.nodes.has(node.id);
}

function shownAs(node: FlowNode, detail: Detail): FlowNode {
  return detail.drawn ? named(node) : node;
}

function allOf({ nodes, edges, behind }: Flow): Mounted {
  return { nodes: behind.length === 0 ? nodes : [...behind, ...nodes], edges };
}

/** A node that edges can be drawn to, and that is not drawn itself. */
const hidden = keptTwin((node) => ({ ...node, hidden: true }));

/** A node that hovering names, where it is too small to be read. */
const named = keptTwin((node) => {
  const { ariaLabel } = node;
  return ariaLabel === undefined ? node : { ...node, domAttributes: { ...node.domAttributes, title: ariaLabel } };
});

/** Makes another object of a node, and the same one of the same node: a new one would be rendered again. */
function keptTwin(make: (node: FlowNode) => FlowNode): (node: FlowNode) => FlowNode {
  const twins = new WeakMap<FlowNode, FlowNode>();
  return (node) => {
    const known = twins.get(node);
    if (known !== undefined) return known;
    const twin = make(node);
    twins.set(node, twin);
    return twin;
  };
}
