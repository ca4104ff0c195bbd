// When the conditions of a node's edges were tested last: bounded by the size of the graph.
//
// 1. They are tested once the superstep is over in which the node finished, unless it goes elsewhere: by a command, by an override, or
//    because a person forced an edge. What failed takes its `@error` edges, and no other is looked at.
import { START, type NodeId } from "../model/ids.js";
import type { LiveEvent } from "./event.js";

/** The two newest supersteps in which a node finished, or failed: the newer one may be open still. */
interface Finished {
  readonly last: number;
  readonly before: number | undefined;
}

/** Over a trace or a part of one. */
export class EdgeTests {
  readonly #finished = new Map<NodeId, Finished>();
  readonly #failed = new Map<NodeId, Finished>();
  readonly #elsewhere = new Map<NodeId, number>();
  /** The newest superstep that is over; a run enters in one that is. */
  #over = 0;

  add(event: LiveEvent): void {
    switch (event.type) {
      case "run-started":
      case "input":
        return note(this.#finished, START, event.superstep);
      case "task-finished":
      case "edited":
        return note(this.#finished, event.node, event.superstep);
      case "task-failed":
        return note(this.#failed, event.node, event.superstep);
      case "task-replayed":
        return note(event.error === undefined ? this.#finished : this.#failed, event.node, event.superstep);
      case "route-taken":
        if (event.forced === true || event.why === "goto" || event.why === "override") this.#elsewhere.set(event.node, event.superstep);
        return;
      case "superstep-finished":
        this.#over = Math.max(this.#over, event.superstep);
        return;
      default:
    }
  }

  /** Takes those of what followed. */
  merge(other: EdgeTests): void {
    append(this.#finished, other.#finished);
    append(this.#failed, other.#failed);
    for (const [node, superstep] of other.#elsewhere) this.#elsewhere.set(node, superstep);
    this.#over = Math.max(this.#over, other.#over);
  }

  /** Node -> the superstep after which the conditions of its edges were tested last. */
  get last(): ReadonlyMap<NodeId, number> {
    const tested = new Map<NodeId, number>();
    for (const node of this.#finished.keys()) {
      const superstep = this.#newest(this.#finished, node);
      if (superstep !== undefined && this.#elsewhere.get(node) !== superstep) tested.set(node, superstep);
    }
    return tested;
  }

  /** The superstep after which a node led on last, whichever way it was chosen by, or for its failure. */
  routed(node: NodeId): number | undefined {
    const [finished, failed] = [this.#newest(this.#finished, node), this.#newest(this.#failed, node)];
    return finished === undefined || failed === undefined ? (finished ?? failed) : Math.max(finished, failed);
  }

  /** The newest that is over. */
  #newest(supersteps: ReadonlyMap<NodeId, Finished>, node: NodeId): number | undefined {
    const known = supersteps.get(node);
    return known === undefined || known.last <= this.#over ? known?.last : known.before;
  }
}

function note(supersteps: Map<NodeId, Finished>, node: NodeId, superstep: number): void {
  const known = supersteps.get(node);
  if (known?.last !== superstep) supersteps.set(node, { last: superstep, before: known?.last });
}

function append(supersteps: Map<NodeId, Finished>, later: ReadonlyMap<NodeId, Finished>): void {
  for (const [node, { before, last }] of later) {
    if (before !== undefined) note(supersteps, node, before);
    note(supersteps, node, last);
  }
}
