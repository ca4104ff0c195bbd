import type { ChannelDef, EdgeDef, Graph, NodeDef, Position } from "../model/graph.js";
import { END, START } from "../model/ids.js";
import { checkEdges } from "./check-edges.js";
import { checkPaths } from "./check-paths.js";
import type { EntryChecks, LiteralText } from "./entry-checks.js";
import { propertyOf, type ObjectNode } from "./json-tree.js";
import { linksOf } from "./links.js";
import type { ProblemList } from "./problem-list.js";
import type { Placed, Section } from "./section.js";

/** The sections of a document that hold entries. */
export interface Sections {
  readonly channels: Section<ChannelDef>;
  readonly nodes: Section<NodeDef>;
  readonly edges: Section<EdgeDef>;
  readonly layout: Section<Position>;
}

/** Reports what is wrong with the meaning of a document whose shape was read. Costs what the document is long, once. */
export function validate(
  text: string,
  root: ObjectNode,
  sections: Sections,
  graph: Graph,
  checks: EntryChecks,
  problems: ProblemList,
): void {
  for (const [id, placed] of sections.nodes) {
    for (const problem of checks.node(placed.entry, literalIn(text, placed))) problems.addIn(placed, { node: id }, problem);
  }
  for (const [id, placed] of sections.edges) {
    for (const problem of checks.edge(placed.entry, literalIn(text, placed))) problems.addIn(placed, { edge: id }, problem);
  }
  const links = linksOf(sections.nodes, sections.edges, graph);
  const dead = checkEdges(links, problems);
  checkPaths(links, dead, topOf(root), problems);
  checkLayout(sections, problems);
}

function literalIn(text: string, { origin }: Placed<unknown>): LiteralText {
  return ({ start, end }) => text.slice(origin + start, origin + end);
}

/** Where a problem of the whole graph is shown. */
function topOf(root: ObjectNode): { start: number; end: number } {
  const at = propertyOf(root, "edges") ?? propertyOf(root, "nodes");
  return at === undefined ? { start: root.start, end: root.start + 1 } : { start: at.keyStart, end: at.keyEnd };
}

function checkLayout({ layout, nodes }: Sections, problems: ProblemList): void {
  for (const [id, { key }] of layout) {
    if (id === START || id === END || nodes.has(id)) continue;
    const message = `There is no node "${id}" to place; this line has no effect.`;
    problems.add({ severity: "warning", code: "UNKNOWN_FIELD", message, range: key });
  }
}
