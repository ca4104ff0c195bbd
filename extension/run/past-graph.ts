import type { CheckpointSummary } from "../../runtime/checkpoint/checkpoint.js";
import type { GraphSession } from "./graph-session.js";

/** The graph as it was when a checkpoint was made. */
export interface PastGraph {
  readonly text: string;
  /** Its text is not the document's. */
  readonly differs: boolean;
  /** Files that its nodes ran in another version than they have now, or that are not there any more. Their old versions are not kept. */
  readonly changedFiles: readonly string[];
}

/** The graph that a checkpoint was made under; undefined where the store does not have it. */
export function pastGraph(session: GraphSession, { revision }: Pick<CheckpointSummary, "revision">): PastGraph | undefined {
  const stored = session.archive.document(revision);
  if (stored === undefined) return undefined;
  const changedFiles = Object.entries(stored.files).flatMap(([path, { version }]) => (session.fileVersion(path) === version ? [] : [path]));
  return { text: stored.text, differs: stored.text !== session.source.parsed.text, changedFiles };
}
