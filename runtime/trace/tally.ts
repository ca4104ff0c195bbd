import type { EdgeId, NodeId } from "../model/ids.js";
import { EdgeTakes } from "./edge-takes.js";
import { EdgeTests } from "./edge-tests.js";
import type { LiveEvent } from "./event.js";
import { NodeMetrics } from "./node-metrics.js";
import { RunMarks } from "./run-marks.js";

/** What happened to a node so far. */
export type NodeTally = Pick<NodeMetrics, "finished" | "failed" | "lastMs"> & Partial<Pick<NodeMetrics, "detour" | "newest">>;

/** Counts over a run's lineage, kept event by event: bounded by the size of the graph, not by the length of the run. */
export class RunTally {
  readonly #nodes = new Map<NodeId, NodeMetrics>();
  readonly #edges = new EdgeTakes();
  readonly #tests = new EdgeTests();
  /** Where in the run something happened that people look for. */
  readonly marks = new RunMarks();

  constructor(events: Iterable<LiveEvent> = []) {
    for (const event of events) this.add(event);
  }

  add(event: LiveEvent): void {
    this.#tests.add(event);
    this.marks.add(event);
    if (event.type === "route-taken") this.#take(event);
    else if (event.type === "route-forced" || event.type === "route-overridden") this.#edges.withdraw(event.node, event.superstep);
    else if (event.type.startsWith("task-") && "node" in event) this.#of(event.node).add(event);
  }

  /** Takes the counts of another run of the graph, as if it had come after this one. */
  merge(other: RunTally): void {
    for (const [node, metrics] of other.#nodes) this.#of(node).merge(metrics);
    this.#edges.merge(other.#edges);
    this.#tests.merge(other.#tests);
    this.marks.merge(other.marks);
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

  /** Node -> the superstep after which the conditions of its edges were tested last. */
  get tested(): ReadonlyMap<NodeId, number> {
    return this.#tests.last;
  }

  /** The superstep after which a node led on last, whichever way it was chosen by, or for its failure. */
  routed(node: NodeId): number | undefined {
    return this.#tests.routed(node);
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
