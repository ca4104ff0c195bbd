// What is wrong with notes and groups among the other entries of a document.
//
// 1. What is found depends on entries and their ids, not on where they stand: of two groups that have one member, the first by id keeps it.
// 2. It is found anew only when a note, a group, or an id of the canvas came, went or changed; then it costs the notes and members.
import type { GroupDef, NoteDef } from "../model/annotation.js";
import { memberOf, type JsonNode } from "./json-tree.js";
import type { LocalProblem } from "./reading.js";
import type { Section } from "./section.js";

/** The sections whose ids stand on the canvas: no two of their entries share one. */
export interface CanvasSections {
  readonly nodes: Section<unknown>;
  readonly notes: Section<NoteDef>;
  readonly groups: Section<GroupDef>;
}

/** What is wrong with one entry. */
export interface AnnotationFinding {
  readonly in: "notes" | "groups";
  readonly id: string;
  /** What else has its id. */
  readonly taken: string | undefined;
  readonly problems: readonly LocalProblem[];
}

/** What was found, and about which sections. */
export interface AnnotationFindings {
  readonly of: CanvasSections;
  readonly found: readonly AnnotationFinding[];
}

/** Finds out about notes and groups, given what was found out about those before. */
export function annotationFindings(of: CanvasSections, last: AnnotationFindings | undefined): AnnotationFindings {
  if (last !== undefined && isSame(last.of, of)) return { of, found: last.found };
  return { of, found: [...takenNotes(of), ...faultyGroups(of)] };
}

function isSame(before: CanvasSections, after: CanvasSections): boolean {
  if (before.notes.entries !== after.notes.entries || before.groups.entries !== after.groups.entries) return false;
  if (after.notes.size + after.groups.size === 0) return true;
  const changes = before.nodes.entries.diff(after.nodes.entries);
  return changes.every((change) => change.before !== undefined && change.after !== undefined);
}

function takenNotes({ nodes, notes }: CanvasSections): readonly AnnotationFinding[] {
  return idsOf(notes).flatMap((id) => (nodes.has(id) ? [{ in: "notes" as const, id, taken: "A node", problems: [] }] : []));
}

function faultyGroups(sections: CanvasSections): readonly AnnotationFinding[] {
  const { nodes, notes, groups } = sections;
  const owners = new Map<string, string>();
  return idsOf(groups).flatMap((id) => {
    const taken = nodes.has(id) ? "A node" : notes.has(id) ? "A note" : undefined;
    const problems = checkMembers(groups.get(id)?.node, (member) => {
      const owner = owners.get(member);
      if (owner === undefined) owners.set(member, id);
      else if (owner !== id) return `"${member}" is in the group "${owner}" already; here it has no effect.`;
      if (groups.has(member)) return `"${member}" is a group: groups hold nodes and notes.`;
      return nodes.has(member) || notes.has(member) ? undefined : `There is no node or note "${member}"; this has no effect.`;
    });
    return taken === undefined && problems.length === 0 ? [] : [{ in: "groups" as const, id, taken, problems }];
  });
}

function checkMembers(group: JsonNode | undefined, wrong: (id: string) => string | undefined): readonly LocalProblem[] {
  const list = memberOf(group, "nodes");
  if (list?.type !== "array") return [];
  if (list.items.length === 0) return [warning(list, "A group without members is not drawn.")];
  return list.items.flatMap((item) => {
    const message = item.type === "string" ? wrong(String(item.value)) : undefined;
    return message === undefined ? [] : [warning(item, message)];
  });
}

function warning({ start, end }: JsonNode, message: string): LocalProblem {
  return { severity: "warning", code: "UNKNOWN_MEMBER", message, range: { start, end } };
}

/** Invariant 1. */
function idsOf(section: Section<unknown>): readonly string[] {
  return [...section.entries.keys()].sort();
}
