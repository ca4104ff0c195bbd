// The runs inside the tasks of a certified run, with what their own checkpoints are worth.
import type { Certificate, Certifier } from "../certify/certificate.js";
import { graphInside, type GraphNow } from "../certify/inside.js";
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";

/** A run inside a task. */
export interface CertifiedInside {
  readonly run: string;
  /** Name of its graph, as its task has it. */
  readonly graph: string;
  readonly task: string;
  readonly slot?: string;
  /** Undefined where its graph cannot be had any more. */
  readonly certificates: readonly Certificate[] | undefined;
}

/** Those inside a run at any depth, the outer before the inner, the oldest first; at most so many, the newest. */
export function certifyInside(
  store: CheckpointStore,
  certifier: Certifier,
  run: string,
  now: GraphNow,
  most: number,
): readonly CertifiedInside[] {
  return insideOf(store, run)
    .slice(-most)
    .map((inner) => {
      const { task = "", slot } = inner.parent ?? {};
      const graph = graphInside(store, inner, now);
      const certificates = graph === undefined ? undefined : certifier.run(inner.id, graph.plan, graph.graphs);
      return { run: inner.id, graph: inner.graph, task, ...(slot === undefined ? {} : { slot }), certificates };
    });
}

function insideOf(store: CheckpointStore, run: string): readonly StoredRun[] {
  return store.nested(run).flatMap((inner) => [inner, ...insideOf(store, inner.id)]);
}
