import * as v from "valibot";
import type { NodeId } from "../../runtime/model/ids.js";
import type { Memory } from "./memory.js";

const KEY = "patchbay.liveNodes";
const GRAPHS = 50;

const stored = v.array(v.object({ graph: v.string(), nodes: v.array(v.string()) }));

/** The nodes that run on replay whatever is recorded of them, as a person said, by graph; from one window to the next. */
export class LiveNodes {
  readonly #memory: Memory;
  readonly #nodes = new Map<string, ReadonlySet<NodeId>>();

  constructor(memory: Memory) {
    this.#memory = memory;
    const read = v.safeParse(stored, memory.get(KEY));
    for (const { graph, nodes } of read.success ? read.output : []) this.#nodes.set(graph, new Set(nodes));
  }

  of(graph: string): readonly NodeId[] {
    return [...(this.#nodes.get(graph) ?? [])];
  }

  /** Says whether a node of a graph does so from now on. */
  set(graph: string, node: NodeId, live: boolean): void {
    const nodes = new Set(this.#nodes.get(graph));
    if (live) nodes.add(node);
    else nodes.delete(node);
    this.#nodes.delete(graph);
    if (nodes.size > 0) this.#nodes.set(graph, nodes);
    const value = [...this.#nodes].slice(-GRAPHS).map(([key, each]) => ({ graph: key, nodes: [...each] }));
    void this.#memory.update(KEY, value);
  }
}
