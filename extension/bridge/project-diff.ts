import { compareDocuments, type EntryDifference } from "../../runtime/document/difference/compare-documents.js";
import { END, START } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { DiffView } from "../../webview/protocol/diff.js";
import type { GraphView } from "../../webview/protocol/views.js";

/** One side of a comparison. */
export interface ComparedGraph {
  /** What its text says. */
  readonly json: JsonObject;
  /** How it is drawn. */
  readonly graph: GraphView;
}

/** What two canvases show of how their graphs differ: the same, but each the other's ghosts. */
export interface ProjectedDiff extends Pick<DiffView, "entries" | "settings" | "reordered"> {
  readonly ghosts: Readonly<Record<DiffView["side"], DiffView["ghosts"]>>;
}

/** Compares two graphs for their canvases. */
export function projectDiff(before: ComparedGraph, after: ComparedGraph): ProjectedDiff {
  const { entries, settings, reordered } = compareDocuments(before.json, after.json);
  return {
    entries: entries.map(entryView),
    settings: settings.map(fieldView),
    reordered,
    ghosts: { before: ghostsOf(after.graph, entries, "added"), after: ghostsOf(before.graph, entries, "removed") },
  };
}

/** What one side draws of the other: what that alone has (`lost`), and what stands there elsewhere. */
function ghostsOf(other: GraphView, entries: readonly EntryDifference[], lost: "added" | "removed"): DiffView["ghosts"] {
  const of = (section: EntryDifference["section"], isGhost: (entry: EntryDifference) => boolean): ReadonlySet<string> =>
    new Set(entries.filter((entry) => entry.section === section && isGhost(entry)).map(({ id }) => id));
  const nodeIds = of("nodes", ({ marks }) => marks.includes(lost) || marks.includes("moved"));
  const edgeIds = of("edges", (entry) => entry.marks.includes(lost) || isRedrawn(entry));
  const nodes = other.nodes.filter(({ id }) => nodeIds.has(id));
  const edges = other.edges.filter(({ id }) => edgeIds.has(id));
  const needed = new Set([...nodeIds, ...edges.flatMap(({ from, to }) => [from, to])]);
  const placed = [[START, other.terminals.start] as const, [END, other.terminals.end] as const, ...other.nodes.map(placeOf)];
  return { nodes, edges, places: Object.fromEntries(placed.filter(([id]) => needed.has(id))) };
}

function placeOf({ id, position }: GraphView["nodes"][number]): readonly [string, [number, number]] {
  return [id, position];
}

/** Whether an edge leads from or to another node. */
function isRedrawn({ fields }: EntryDifference): boolean {
  return fields.some(({ path: [first, ...rest] }) => rest.length === 0 && (first === "from" || first === "to"));
}

function entryView({ marks, fields, ...entry }: EntryDifference): DiffView["entries"][number] {
  return { ...entry, marks: [...marks], fields: fields.map(fieldView) };
}

function fieldView({ path, ...values }: EntryDifference["fields"][number]): DiffView["settings"][number] {
  return { path: [...path], ...values };
}
