// What is wrong with the meaning of a document whose shape was read, found out once and kept true from edit to edit.
//
// 1. What was found depends on entries and on what they link to, never on where they stand: an edit elsewhere leaves it as it is.
// 2. Findings after an edit are those of the document anew; they cost the entries that changed, and what is linked with them.
import type { GroupDef, NoteDef } from "../model/annotation.js";
import type { ChannelDef, EdgeDef, NodeDef, Placement } from "../model/graph.js";
import { END, START } from "../model/ids.js";
import { Table, type TableChange } from "../model/table.js";
import { annotationFindings, type AnnotationFindings } from "./check-annotations.js";
import { checkSource, type SourceFindings } from "./check-edges.js";
import { mayReroute, waitsForSeveral } from "./check-paths.js";
import type { EntryChecks, LiteralText } from "./entry-checks.js";
import { linkOf, Links } from "./links.js";
import { marksOf, type Marks } from "./marks.js";
import { reachAfter, reachFromStart, type LivingLinks, type Reach } from "./reach.js";
import type { Entry, Section } from "./section.js";

/** The sections of a document that hold entries. */
export interface Sections {
  readonly channels: Section<ChannelDef>;
  readonly nodes: Section<NodeDef>;
  readonly edges: Section<EdgeDef>;
  readonly notes: Section<NoteDef>;
  readonly groups: Section<GroupDef>;
  readonly layout: Section<Placement>;
}

/** What was found out about a document. */
export interface Findings {
  readonly sections: Sections;
  readonly checks: EntryChecks;
  /** Entries with problems of their own, by section. */
  readonly faulty: { readonly [Name in keyof Sections]: Marks };
  readonly links: Links;
  /** What was found about the edges of a source, where there is something. */
  readonly sources: Table<SourceFindings>;
  /** What the start reaches. */
  readonly reach: Reach;
  /** Nodes that are not reached. */
  readonly lost: Marks;
  readonly joins: Marks;
  readonly reroutes: Marks;
  /** Entries of the layout without a node or note. */
  readonly strays: Marks;
  readonly annotations: AnnotationFindings;
}

/** Finds out about a document, given what was found out about the one before it. */
export function findingsOf(text: string, sections: Sections, checks: EntryChecks, previous: Findings | undefined): Findings {
  const { nodes, edges } = sections;
  const last = previous !== undefined && isNear(previous.sections, sections) ? previous : undefined;
  const links = last === undefined ? Links.of(edges) : last.links.changed(last.sections.edges, edges);
  const touched = last === undefined ? links.sources() : touchedSources(sections, links, last);
  const sources = sourcesWith(touched, links, nodes, last?.sources ?? Table.empty());
  const living = livingLinks(links, sources);
  const reach =
    last === undefined ? reachFromStart(living) : reachAfter(last.reach, livingLinks(last.links, last.sources), living, touched);
  const before = (marks: Marks | undefined) =>
    last === undefined || marks === undefined ? undefined : { values: last.sections.nodes.entries, marks };
  return {
    sections,
    checks,
    faulty: faultyEntries(text, sections, checks, last),
    links,
    sources,
    reach,
    lost: marksOf(nodes.entries, last?.reach === reach ? before(last.lost) : undefined, (_, id) => !reach.has(id)),
    joins: marksOf(nodes.entries, before(last?.joins), ({ def }) => waitsForSeveral(def?.join)),
    reroutes: marksOf(nodes.entries, before(last?.reroutes), ({ def }) => mayReroute(def)),
    strays: straysOf(sections, last),
    annotations: annotationFindings(sections, last?.annotations),
  };
}

/** Whether so little has changed that finding out about the changes costs less than finding out about all. */
function isNear(before: Sections, { nodes, edges }: Sections): boolean {
  const changes = before.nodes.entries.diff(nodes.entries).length + before.edges.entries.diff(edges.entries).length;
  return changes <= (nodes.size + edges.size) / 4;
}

/** The edges that can fire. */
export function livingLinks(links: Links, sources: Table<SourceFindings>): LivingLinks {
  return { links, deadFrom: (source) => sources.get(source)?.dead };
}

/** The sources about whose edges something else may be found now. */
function touchedSources({ nodes, edges }: Sections, links: Links, last: Findings): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { key, before, after } of last.sections.edges.entries.diff(edges.entries)) {
    for (const link of [linkOf(key, before), linkOf(key, after)]) if (link !== undefined) touched.add(link.from);
  }
  for (const { key, before, after } of last.sections.nodes.entries.diff(nodes.entries)) {
    touched.add(key);
    // What came or went is what edges point to.
    if (before === undefined || after === undefined) for (const { from } of links.entering(key)) touched.add(from);
  }
  return touched;
}

function sourcesWith(ids: Iterable<string>, links: Links, nodes: Section<NodeDef>, before: Table<SourceFindings>): Table<SourceFindings> {
  let sources = before;
  for (const id of ids) {
    const found = checkSource(links.leaving(id), nodes);
    sources = found === undefined ? sources.delete(id) : sources.set(id, found);
  }
  return sources;
}

function faultyEntries(text: string, sections: Sections, checks: EntryChecks, last: Findings | undefined): Findings["faulty"] {
  const { channels, nodes, edges, notes, groups, layout } = sections;
  const own = ({ problems, keyProblem }: Entry<unknown>): boolean => problems.length > 0 || keyProblem !== undefined;
  // Other channels may find fault with entries that did not change.
  const same = last?.checks === checks ? last : undefined;
  const badNode = (entry: Entry<NodeDef>, id: string): boolean => checks.node(entry, literalIn(text, nodes, id)).length > 0;
  const badEdge = (entry: Entry<EdgeDef>, id: string): boolean => checks.edge(entry, literalIn(text, edges, id)).length > 0;
  return {
    channels: marksOf(channels.entries, last && marked(last, "channels"), own),
    nodes: marksOf(nodes.entries, same && marked(same, "nodes"), (entry, id) => own(entry) || badNode(entry, id)),
    edges: marksOf(edges.entries, same && marked(same, "edges"), (entry, id) => own(entry) || badEdge(entry, id)),
    notes: marksOf(notes.entries, last && marked(last, "notes"), own),
    groups: marksOf(groups.entries, last && marked(last, "groups"), own),
    layout: marksOf(layout.entries, last && marked(last, "layout"), own),
  };
}

/** The JSON text of the strings of an entry. */
export function literalIn(text: string, section: Section<unknown>, key: string): LiteralText {
  return ({ start, end }) => {
    const origin = section.place(key)?.origin ?? 0;
    return text.slice(origin + start, origin + end);
  };
}

function marked<Name extends keyof Sections>(
  { sections, faulty }: Findings,
  name: Name,
): { values: Sections[Name]["entries"]; marks: Marks } {
  return { values: sections[name].entries, marks: faulty[name] };
}

function straysOf({ layout, nodes, notes }: Sections, last: Findings | undefined): Marks {
  const isStray = (id: string): boolean => id !== START && id !== END && !nodes.has(id) && !notes.has(id);
  let strays = marksOf(layout.entries, last && { values: last.sections.layout.entries, marks: last.strays }, (_, id) => isStray(id));
  const changes: readonly TableChange<unknown>[] =
    last === undefined ? [] : [...last.sections.nodes.entries.diff(nodes.entries), ...last.sections.notes.entries.diff(notes.entries)];
  for (const { key, before, after } of changes) {
    if (before !== undefined && after !== undefined) continue;
    strays = layout.has(key) && isStray(key) ? strays.set(key, true) : strays.delete(key);
  }
  return strays;
}
