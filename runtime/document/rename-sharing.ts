// Nodes that share channels with their graphs by name, where one of the channels gets another name.
import type { GraphUser } from "../model/graph.js";
import { usesGraph } from "../model/graph.js";
import type { NodeId } from "../model/ids.js";
import { sharingSaid } from "./fold/sharing-said.js";
import { unsound } from "./fold/refusal.js";
import type { Intent } from "./intent.js";
import type { ParsedDocument } from "./parsed-document.js";

/** What is known of the graphs that nodes run, by the paths that the document names; undefined: nothing. */
export type OtherGraphs = (path: string) => ParsedDocument | undefined;

/** What such nodes have to say, found node by node. */
export class Sharing {
  /** What is to be written once the channel is renamed. */
  readonly said: Extract<Intent, { type: "node/update" }>[] = [];
  readonly #parsed: ParsedDocument;
  readonly #from: string;
  readonly #to: string;
  readonly #others: OtherGraphs;

  constructor(parsed: ParsedDocument, from: string, to: string, others: OtherGraphs) {
    this.#parsed = parsed;
    this.#from = from;
    this.#to = to;
    this.#others = others;
  }

  /** Whether what a node shares stays the same: by itself, or by what it says then. */
  says(id: NodeId): boolean {
    const node = this.#parsed.graph.nodes.get(id);
    const inside = node !== undefined && usesGraph(node) ? this.#others(node.graph) : undefined;
    if (node === undefined || !usesGraph(node) || inside === undefined || unsound(inside) !== undefined) return false;
    return this.#isElsewhere(inside) || this.#isSaid(node, inside);
  }

  /** Neither name means anything in there. */
  #isElsewhere({ graph }: ParsedDocument): boolean {
    return !graph.channels.has(this.#from) && !graph.channels.has(this.#to);
  }

  #isSaid(node: GraphUser, { graph }: ParsedDocument): boolean {
    if (node.kind !== "subgraph" || unsound(this.#parsed) !== undefined) return false;
    const patch = sharingSaid(this.#parsed.graph, node, graph, (name) => (name === this.#from ? this.#to : name));
    if (patch === undefined) return false;
    this.said.push({ type: "node/update", id: node.id, patch: { ...patch } });
    return true;
  }
}
