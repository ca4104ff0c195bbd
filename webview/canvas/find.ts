// Which nodes and edges some words are found in. Pure.
import { END, START } from "../../runtime/model/ids.js";
import type { GraphView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";

/** What was found: a node (or note, or group) or an edge. */
export type Found = { readonly node: string } | { readonly edge: string };

/**
 * The nodes, groups, notes and edges whose label, text, id, kind, or what they do has all the words in it, whatever their case: nodes first, from left to right.
 * Nothing for no words.
 */
export function find(graph: GraphView, typed: string): readonly Found[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (...texts: readonly unknown[]): boolean => {
    const text = texts
      .filter((each) => typeof each === "string")
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const byPlace = graph.nodes.toSorted((a, b) => a.position[0] - b.position[0] || a.position[1] - b.position[1]);
  return [
    ...[START, END].filter((id) => has(id)).map((node) => ({ node })),
    ...byPlace
      .filter(({ id, kind, label, summary, fields }) => has(id, kind, label, summary, fields["note"]))
      .map(({ id }) => ({ node: id })),
    ...graph.groups.filter(({ id, label }) => has(id, label)).map(({ id }) => ({ node: id })),
    ...graph.notes.filter(({ id, text }) => has(id, text)).map(({ id }) => ({ node: id })),
    ...graph.edges.filter(({ id, text, fields }) => has(id, text, fields["label"])).map(({ id }) => ({ edge: id })),
  ];
}

/** What was found, as it is selected. */
export function selectionOf(found: Found): Selection {
  return "node" in found ? { nodes: [found.node], edges: [] } : { nodes: [], edges: [found.edge] };
}

/** Where among what was found the next one is, from the one that is selected. */
export function nextFound(all: readonly Found[], { nodes, edges }: Selection, way: 1 | -1): Found | undefined {
  const here = all.findIndex((found) => ("node" in found ? nodes.at(-1) === found.node : edges.at(-1) === found.edge));
  if (here < 0) return way === 1 ? all[0] : all.at(-1);
  return all[(here + way + all.length) % all.length];
}
