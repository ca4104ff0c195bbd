import { conflictsIn } from "../../runtime/document/merge/resolve-conflict.js";
import type { Conflict } from "../../runtime/document/merge/merge-values.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { ownerOf } from "../../runtime/document/problem-list.js";
import { keysOf } from "../../runtime/model/json-pointer.js";
import type { ConflictView } from "../../webview/protocol/conflicts.js";

/** The ways to decide a conflict. */
export type WaysOf = (conflict: Conflict) => ConflictView["ways"];

/** What a merge left to decide in a document. Costs nothing where no problem says that it did. */
export function projectConflicts({ text, problems, graph, raw }: ParsedDocument, waysOf: WaysOf): ConflictView[] {
  if (!problems.some(({ code }) => code === "MERGE_CONFLICT")) return [];
  return conflictsIn(text).map(({ range: _range, ...conflict }) => {
    const [section, id = "", ...path] = keysOf(conflict.at);
    const owner = ownerOf(section, id);
    const lost = section === "nodes" && !raw.nodes.has(id) ? graph.layout.get(id) : undefined;
    return {
      ...conflict,
      ...owner,
      field: path.join("."),
      name: keysOf(conflict.at).join("."),
      ways: waysOf(conflict),
      ...(lost === undefined ? {} : { place: [lost[0], lost[1]] as [number, number] }),
    };
  });
}
