import type { CheckpointStore } from "../../runtime/checkpoint/store.js";

/** Everything that the contract of stores lets one read of a run and of the runs inside it. Bytes are left out: stores measure them differently. */
export function readableRun(store: CheckpointStore, run: string): object {
  const checkpoints = store.list(run, { limit: 1_000_000 });
  const entries = store.traceEntries(run, { limit: 1_000_000 });
  return {
    run: store.run(run),
    tree: store.tree(run),
    summaries: checkpoints.map(({ bytes: _bytes, ...summary }) => summary),
    latest: store.latest(run),
    trace: store.trace(run),
    entries,
    lastSeq: store.lastSeq(run),
    checkpoints: checkpoints.map(({ id, revision }) => ({
      whole: store.load(id),
      lineage: store.lineage(id).map((each) => each.id),
      trace: store.trace(run, id).map(({ seq }) => seq),
      results: store.results(run, id),
      begun: store.nested(run, id).map((inner) => inner.id),
      document: store.document(revision),
    })),
    inside: store.nested(run).map((inner) => readableRun(store, inner.id)),
  };
}
