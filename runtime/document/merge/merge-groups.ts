// Groups of two sides: their members are sets, and what is in two of them afterwards is where ours has it.
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { sameJson } from "../same-json.js";
import type { Prefer, Sides } from "./merge-values.js";
import { sectionOf } from "./tell-apart.js";

const GROUP = /^\/groups\/[^/]+$/;
const MEMBERS = /^\/groups\/[^/]+\/nodes$/;

/**
 * Members that one side took away are gone, those that one side added are there. A group that one side removed is gone where the other
 * changed nothing of it but its members.
 */
export const preferInGroups: Prefer = (at, sides) => {
  if (MEMBERS.test(at)) return { both: mergedMembers(sides) };
  return GROUP.test(at) ? removedSide(sides) : undefined;
};

function mergedMembers({ base, ours, theirs }: Sides): JsonValue {
  const [before, own, other] = [listOf(base), listOf(ours), listOf(theirs)];
  const kept = own.filter((member) => other.includes(member) || !before.includes(member));
  return [...kept, ...other.filter((member) => !before.includes(member) && !own.includes(member))];
}

function removedSide({ base, ours, theirs }: Sides): "ours" | "theirs" | undefined {
  if (ours === undefined && onlyMembersDiffer(base, theirs)) return "ours";
  return theirs === undefined && onlyMembersDiffer(base, ours) ? "theirs" : undefined;
}

function onlyMembersDiffer(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  return isObject(before) && isObject(after) && sameJson({ ...before, nodes: [] }, { ...after, nodes: [] });
}

/**
 * Groups without the members that the merge took away, and without those that ours has in another group; one that loses all of them is
 * gone. What pointed nowhere before is left alone.
 */
export function withoutStrayMembers(document: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
  const groups = sectionOf(document, "groups");
  if (Object.keys(groups).length === 0) return document;
  const [isThere, wasInOurs, wasInTheirs] = [hasIn(document), hasIn(ours), hasIn(theirs)];
  const [ownGroups, otherGroups] = [sectionOf(ours, "groups"), sectionOf(theirs, "groups")];
  const owners = ownersIn(groups, ownGroups);
  const kept = Object.entries(groups).flatMap(([id, group]): [string, JsonValue][] => {
    if (!isObject(group)) return [[id, group]];
    const members = listOf(group["nodes"]);
    const left = members.filter((member) => {
      if (typeof member !== "string") return true;
      const wasStray = (lists(ownGroups, id, member) && !wasInOurs(member)) || (lists(otherGroups, id, member) && !wasInTheirs(member));
      const gone = !isThere(member) && !wasStray;
      return !gone && owners.get(member)?.has(id) !== false;
    });
    if (left.length === members.length) return [[id, group]];
    return left.length === 0 ? [] : [[id, { ...group, nodes: left }]];
  });
  return { ...document, groups: Object.fromEntries(kept) };
}

/** Member -> the groups that it has in ours, and still has. */
function ownersIn(merged: JsonObject, ours: JsonObject): ReadonlyMap<JsonValue, ReadonlySet<string>> {
  const owners = new Map<JsonValue, Set<string>>();
  for (const [id, group] of Object.entries(merged)) {
    const own = ours[id];
    const before = isObject(own) ? listOf(own["nodes"]) : [];
    const members = isObject(group) ? listOf(group["nodes"]) : [];
    for (const member of members) if (before.includes(member)) owners.set(member, new Set([...(owners.get(member) ?? []), id]));
  }
  return owners;
}

function lists(groups: JsonObject, id: string, member: string): boolean {
  const group = groups[id];
  return isObject(group) && listOf(group["nodes"]).includes(member);
}

/** Whether a side has a node or note. */
function hasIn(document: JsonObject): (id: string) => boolean {
  const [nodes, notes] = [sectionOf(document, "nodes"), sectionOf(document, "notes")];
  return (id) => Object.hasOwn(nodes, id) || Object.hasOwn(notes, id);
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
