import type { CheckpointStore } from "../checkpoint/store.js";
import { parseDocument } from "../document/parse.js";
import type { Plan } from "../plan/plan.js";
import { compileGraph } from "./full.js";

/** Plans that are kept compiled. */
const MOST = 16;

type Documents = Pick<CheckpointStore, "document">;

const sources = new WeakMap<Documents, (revision: string) => Plan | undefined>();

/** The plans of the revisions in a store, each compiled when it is first asked for. */
export function storedPlans(store: Documents): (revision: string) => Plan | undefined {
  const source = sources.get(store) ?? compiling(store);
  sources.set(store, source);
  return source;
}

function compiling(store: Documents): (revision: string) => Plan | undefined {
  const known = new Map<string, Plan | undefined>();
  return (revision) => {
    if (known.has(revision)) return known.get(revision);
    const plan = planOf(store, revision);
    const [oldest] = known.keys();
    if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
    known.set(revision, plan);
    return plan;
  };
}

/** A document that this version reads as something else than it was is not the plan of then. */
function planOf(store: Documents, revision: string): Plan | undefined {
  const stored = store.document(revision);
  if (stored === undefined) return undefined;
  const { graph, valid } = parseDocument(stored.text);
  if (!valid) return undefined;
  const plan = compileGraph(graph, (path) => stored.files[path]);
  return plan.revision === revision ? plan : undefined;
}
