import type { RunPatch, RunView } from "../protocol/views.js";
import { share } from "./sharing.js";

/** A run with a patch made to it; what the patch does not name is the same object. */
export function patchedRun(run: RunView, { sequence, fields, gone, nodes, edges, tested }: RunPatch): RunView {
  const kept = Object.fromEntries(Object.entries(run).filter(([name]) => !gone.includes(name))) as unknown as RunView; // only what may be absent goes
  const shared = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, share(run[name as keyof RunView], value)]));
  const isTested = !gone.includes("tested") && (run.tested !== undefined || Object.keys(tested.put).length > 0);
  return {
    ...kept,
    ...shared,
    sequence,
    nodes: patchedRecord(run.nodes, nodes),
    edges: patchedRecord(run.edges, edges),
    ...(isTested ? { tested: patchedRecord(run.tested ?? {}, tested) } : {}),
  };
}

interface RecordPatch<Value> {
  readonly put: Readonly<Record<string, Value>>;
  readonly removed: readonly string[];
}

function patchedRecord<Value>(entries: Record<string, Value>, { put, removed }: RecordPatch<Value>): Record<string, Value> {
  if (removed.length === 0 && Object.keys(put).length === 0) return entries;
  const next = { ...entries, ...put };
  for (const id of removed) delete next[id];
  return next;
}
