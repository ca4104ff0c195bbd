import type { EdgeId, NodeId } from "../model/ids.js";
import type { TraceEvent } from "./event.js";

/** What happened to a node so far. */
export interface NodeTally {
  /** Tasks that finished. */
  readonly finished: number;
  readonly failed: number;
  /** Milliseconds of the last task that ended. */
  readonly lastMs: number;
}

/** Counts over a run's lineage, kept event by event: bounded by the size of the graph, not by the length of the run. */
export class RunTally {
  readonly #nodes = new Map<NodeId, NodeTally>();
  readonly #edges = new Map<EdgeId, number>();

  constructor(events: Iterable<TraceEvent> = []) {
    for (const event of events) this.add(event);
  }

  add(event: TraceEvent): void {
    if (event.type === "route-taken" && event.edge !== undefined) this.#edges.set(event.edge, event.superstep);
    else if (event.type === "task-finished") this.#count(event.node, 1, 0, event.ms);
    else if (event.type === "task-failed") this.#count(event.node, 0, 1, event.ms);
  }

  get nodes(): ReadonlyMap<NodeId, NodeTally> {
    return this.#nodes;
  }

  /** Edge -> the superstep that took it last. */
  get edges(): ReadonlyMap<EdgeId, number> {
    return this.#edges;
  }

  #count(node: NodeId, finished: number, failed: number, lastMs: number): void {
    const old = this.#nodes.get(node);
    this.#nodes.set(node, { finished: (old?.finished ?? 0) + finished, failed: (old?.failed ?? 0) + failed, lastMs });
  }
}
