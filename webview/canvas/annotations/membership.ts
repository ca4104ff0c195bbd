// Which group something is in once it is dropped. Pure.
//
// 1. What is dragged with all of its group stays in it.
// 2. What stands with its middle in a frame is in that group, in the smallest of several; what still touches the frame that it was in
//    stays there, so that a group can be spread out.
import type { Box } from "../../../runtime/model/annotation.js";
import type { Intent } from "../../../runtime/document/intent.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { JsonValue } from "../../../runtime/model/json.js";
import type { GraphView, GroupView } from "../../protocol/views.js";
import { boxesOf, boxOfGroup, type Drag } from "./boxes.js";

/** Node or note -> its other group, or none. */
export type Regrouped = ReadonlyMap<string, string | undefined>;

const unchanged: Regrouped = new Map();

/** The dragged nodes and notes that would be in another group than now. `known`: as in `boxesOf`. */
export function regrouped(graph: GraphView, drag: Drag | undefined, known?: ReadonlyMap<string, Position>): Regrouped {
  if (drag === undefined || graph.groups.length === 0) return unchanged;
  const alone = graph.groups.filter(({ members }) => members.some((member) => drag[member] === undefined)); // invariant 1
  const owners = new Map(graph.groups.flatMap((group) => group.members.map((member) => [member, group] as const)));
  const resting = boxesOf(graph, {}, known);
  const frames = alone.flatMap((group) => {
    const box = boxOfGroup(group.members, resting);
    return box === undefined ? [] : [{ group, box }];
  });
  const boxOf = boxesOf(graph, drag, known);
  const changed = new Map<string, string | undefined>();
  for (const id of Object.keys(drag)) {
    const [owner, box] = [owners.get(id), boxOf(id)];
    if (id.startsWith("@") || box === undefined || (owner !== undefined && !alone.includes(owner))) continue;
    const next = groupAt(box, frames, owner);
    if (next?.id !== owner?.id) changed.set(id, next?.id);
  }
  return changed;
}

interface Frame {
  readonly group: GroupView;
  readonly box: Box;
}

/** Invariant 2. */
function groupAt(box: Box, frames: readonly Frame[], owner: GroupView | undefined): GroupView | undefined {
  const [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
  const around = frames.filter(({ box: [left, top, width, height] }) => x >= left && x <= left + width && y >= top && y <= top + height);
  const own = frames.find(({ group }) => group === owner);
  if (own !== undefined && around.includes(own)) return owner;
  const smallest = around.toSorted((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3])[0];
  return smallest?.group ?? (own !== undefined && touches(own.box, box) ? owner : undefined);
}

function touches([x, y, width, height]: Box, [a, b, wide, high]: Box): boolean {
  return x < a + wide && a < x + width && y < b + high && b < y + height;
}

/** Members of a group once things are dropped. */
export function membersAfter({ id, members }: GroupView, changes: Regrouped): readonly string[] {
  if (changes.size === 0) return members;
  const stay = members.filter((member) => !changes.has(member));
  return [...stay, ...[...changes].flatMap(([member, to]) => (to === id ? [member] : []))];
}

/** What a drop makes of the groups: what joins one leaves the other by that. */
export function regroupIntents(graph: GraphView, changes: Regrouped): Intent[] {
  return graph.groups.flatMap((group): Intent[] => {
    const joining = [...changes].flatMap(([member, to]) => (to === group.id ? [member] : []));
    const leaves = group.members.some((member) => changes.has(member) && changes.get(member) === undefined);
    if (joining.length === 0 && !leaves) return [];
    const stay = listed(group).filter((member) => typeof member !== "string" || !changes.has(member));
    return [{ type: "group/update", id: group.id, patch: { nodes: [...stay, ...joining] } }];
  });
}

/** The members as the document has them, also those that are gone. */
function listed({ fields, members }: GroupView): readonly JsonValue[] {
  return Array.isArray(fields["nodes"]) ? (fields["nodes"] as readonly JsonValue[]) : members;
}
