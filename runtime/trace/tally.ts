import type { EdgeId, NodeId } from "../model/ids.js";
import { EdgeTakes } from "./edge-takes.js";
import type { LiveEvent } from "./event.js";
import { NodeMetrics } from "./node-metrics.js";

/** What happened to a node so far. */
export type NodeTally = Pick<NodeMetrics, "finished" | "failed" | "lastMs"> & Partial<Pick<NodeMetrics, "wasReplayed">>;

/** Counts over a run's lineage, kept event by event: bounded by the size of the graph, not by the length of the run. */
export class RunTally {
  readonly #nodes = new Map<NodeId, NodeMetrics>();
  readonly #edges = new EdgeTakes();

  constructor(events: Iterable<LiveEvent> = []) {
    for (const event of events) this.add(event);
  }

  add(event: LiveEvent): void {
    if (event.type === "route-taken") this.#take(event);
    else if (event.type === "route-forced" || event.type === "route-overridden") this.#edges.withdraw(event.node, event.superstep);
    else if (event.type.startsWith("task-") && "node" in event) this.#of(event.node).add(event);
  }

  /** Takes the counts of another run of the graph, as if it had come after this one. */
  merge(other: RunTally): void {
    for (const [node, metrics] of other.#nodes) this.#of(node).merge(metrics);
    this.#edges.merge(other.#edges);
  }

  /** Nodes of which a task has begun. */
  get nodes(): ReadonlyMap<NodeId, NodeTally & Pick<NodeMetrics, "figures">> {
    return this.#nodes;
  }

  /** Edge -> the superstep that took it last. */
  get edges(): ReadonlyMap<EdgeId, number> {
    return this.#edges.last;
  }

  /** Edge -> the superstep in which a person made the run take it last. */
  get forcedEdges(): ReadonlyMap<EdgeId, number> {
    return this.#edges.forced;
  }

  /** Only a route along an edge is shown on one. */
  #take({ node, edge, superstep, forced }: Extract<LiveEvent, { type: "route-taken" }>): void {
    if (edge !== undefined) this.#edges.take(node, edge, superstep, forced === true);
  }

  #of(node: NodeId): NodeMetrics {
    let metrics = this.#nodes.get(node);
    if (metrics === undefined) this.#nodes.set(node, (metrics = new NodeMetrics()));
    return metrics;
  }
}
