import { describeChange, type Change } from "../../runtime/compile/change.js";
import type { GraphCompiler } from "../../runtime/compile/graph-compiler.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { DriftView } from "../../webview/protocol/views.js";

/** What is needed to say where a document and the plan in force differ; a `GraphCompiler` fits. */
export type DriftFacts = Pick<GraphCompiler, "status" | "drift" | "latest">;

type Entries = DriftView["nodes"];
type Section = "node" | "edge";

/** What the document says otherwise than the plan in force, and why; undefined while the two agree or there is no plan. */
export function projectDrift({ status, drift, latest }: DriftFacts): DriftView | undefined {
  if (status.state === "empty" || status.state === "current" || latest === undefined) return undefined;
  const changes = drift.filter((change) => change.class !== "none");
  return {
    why: status.state,
    nodes: entriesOf("node", changes, latest),
    edges: entriesOf("edge", changes, latest),
    removed: changes.filter((change) => isRemoved(change, latest)).length,
    others: changes.filter(({ entity }) => entity === "channel" || entity === "graph" || entity === "file").map(describeChange),
    ...("error" in status ? { error: status.error.message } : {}),
  };
}

/** The nodes or edges that the document has and the plan does not have so. */
function entriesOf(section: Section, changes: readonly Change[], latest: ParsedDocument): Entries {
  const entries: Entries = {};
  const problems = new Map(latest.problems.filter(({ severity }) => severity === "error").map((each) => [each[section], each.message]));
  for (const change of changes) {
    if (sectionOf(change) !== section || isRemoved(change, latest)) continue;
    const problem = problems.get(change.id);
    // A node whose place has changed as well is told of its own change.
    entries[change.id] ??= { change: inWords(change), ...(problem === undefined ? {} : { problem }) };
  }
  return entries;
}

function sectionOf({ entity }: Change): Section | undefined {
  if (entity === "edge") return "edge";
  return entity === "node" || entity === "order" ? "node" : undefined;
}

/** Whether the document has the entry no more: one that cannot be read is there all the same. */
function isRemoved(change: Change, { raw }: ParsedDocument): boolean {
  const section = sectionOf(change);
  if (section === undefined || change.entity === "order" || ("after" in change && change.after !== undefined)) return false;
  return !(section === "node" ? raw.nodes : raw.edges).has(change.id);
}

function inWords(change: Change): string {
  const unreadable = (change.entity === "node" || change.entity === "edge") && change.after === undefined;
  return unreadable ? `${change.entity} ${change.id} changed` : describeChange(change);
}
