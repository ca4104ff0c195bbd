import type { FileVersions } from "../model/file-version.js";
import type { Plan } from "../plan/plan.js";
import type { Change } from "./change.js";
import { reducerPath } from "./node-files.js";

/**
 * The files that a plan runs and that are not as it has them any more. `paths`: those that may have changed, as the document has
 * them; absent: all are looked up. Versions that mean the same are no change.
 */
export function diffFiles(plan: Plan, files: FileVersions, paths: Iterable<string> = pathsIn(plan)): Change[] {
  const changes: Change[] = [];
  for (const path of new Set(paths)) {
    const before = plan.files.get(path);
    if (before === undefined && !runs(plan, path)) continue;
    const after = files(path);
    if (before?.version === after?.version) continue;
    const sides = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    changes.push({ entity: "file", id: path, class: "soft", fields: [], ...sides });
  }
  return changes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Paths of all files that a plan's nodes and reducers run, as the document has them. */
export function pathsIn(plan: Plan): ReadonlySet<string> {
  const reducers = [...plan.channels.values()].flatMap(({ def }) => reducerPath(def) ?? []);
  return new Set([...plan.users.keys(), ...reducers]);
}

function runs(plan: Plan, path: string): boolean {
  return plan.users.has(path) || [...plan.channels.values()].some(({ def }) => reducerPath(def) === path);
}
