import { isDeepStrictEqual } from "node:util";
import type { RunPatch, RunView } from "../../webview/protocol/views.js";

/** Views with fewer entries than this are sent whole: there is nothing to gain. */
const WORTH = 200;
/** Of a run that changed more than in one part of so many the whole is sent. */
const FEWEST = 4;

interface RecordPatch<Value> {
  put: Record<string, Value>;
  removed: string[];
}

/** What one view of a run became in the next; undefined where so little is in it, or so much changed, that the whole is as good. */
export function runPatch(before: RunView, after: RunView): RunPatch | undefined {
  if (before.run !== after.run) return undefined;
  const entries = Object.keys(after.nodes).length + Object.keys(after.edges).length;
  if (entries < WORTH) return undefined;
  const { sequence, nodes: _nodes, edges: _edges, tested: _tested, ...others } = after;
  const [nodes, edges] = [changed(before.nodes, after.nodes), changed(before.edges, after.edges)];
  const tested = changed(before.tested ?? {}, after.tested ?? {});
  const count = Object.keys(nodes.put).length + nodes.removed.length + Object.keys(edges.put).length + edges.removed.length;
  if (count * FEWEST > entries) return undefined;
  const fields = Object.fromEntries(
    Object.entries(others).filter(([name, value]) => !isDeepStrictEqual(value, before[name as keyof RunView])),
  );
  const gone = Object.keys(before).filter((name) => !(name in after));
  return { base: before.sequence, sequence, fields, gone, nodes, edges, tested };
}

function changed<Value>(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>): RecordPatch<Value> {
  const put = Object.fromEntries(Object.entries(after).filter(([id, value]) => !isDeepStrictEqual(before[id], value)));
  return { put, removed: Object.keys(before).filter((id) => !(id in after)) };
}
