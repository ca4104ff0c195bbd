// Where what can be moved stands: cards, terminals, notes; and the frames around groups. Pure.
import { FRAME_HEADER, frameAround, type Box } from "../../../runtime/model/annotation.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { GraphView } from "../../protocol/views.js";
import { places, sizeOf } from "../geometry.js";

/** Positions of what is being dragged. */
export type Drag = Readonly<Record<string, Position>>;

/** The box of a node, terminal or note; undefined for what is none. */
export type BoxOf = (id: string) => Box | undefined;

/** Where all stands. `known`: the places of nodes and terminals, where they were found out already. */
export function boxesOf(graph: GraphView, drag: Drag = {}, known: ReadonlyMap<string, Position> = places(graph)): BoxOf {
  const notes = new Map(graph.notes.map(({ id, box }) => [id, box]));
  return (id) => {
    const note = notes.get(id);
    const place = drag[id] ?? note ?? known.get(id);
    if (place === undefined) return undefined;
    const [x, y] = place;
    if (note !== undefined) return [x, y, note[2], note[3]];
    const { width, height } = sizeOf(id);
    return [x, y, width, height];
  };
}

/** Every node, terminal and note with its place. */
export function movable(graph: GraphView): Map<string, Position> {
  const all = places(graph);
  for (const { id, box } of graph.notes) all.set(id, [box[0], box[1]]);
  return all;
}

/** Every node, terminal and note with its box. */
export function standing(graph: GraphView): ReadonlyMap<string, Box> {
  const known = places(graph);
  const boxOf = boxesOf(graph, {}, known);
  const boxes = new Map<string, Box>();
  for (const id of [...known.keys(), ...graph.notes.map((note) => note.id)]) {
    const box = boxOf(id);
    if (box !== undefined) boxes.set(id, box);
  }
  return boxes;
}

/** The same, and what is drawn of each group. */
export function drawn(graph: GraphView): ReadonlyMap<string, Box> {
  const boxes = new Map(standing(graph));
  for (const group of graph.groups) {
    const box = boxOfGroup(group.members, (id) => boxes.get(id));
    if (box !== undefined) boxes.set(group.id, box);
  }
  return boxes;
}

/** Where all that stands on the canvas is taken hold of: groups at their headers. */
export function holds(graph: GraphView): ReadonlyMap<string, Box> {
  const boxes = new Map(drawn(graph));
  for (const { id } of graph.groups) {
    const box = boxes.get(id);
    if (box !== undefined) boxes.set(id, [box[0], box[1], box[2], FRAME_HEADER]);
  }
  return boxes;
}

/** The middle of a box. */
export function middleOf([x, y, width, height]: Box): Position {
  return [x + width / 2, y + height / 2];
}

/** The frame of a group that has these members; undefined where none of them is there. */
export function boxOfGroup(members: Iterable<string>, boxOf: BoxOf): Box | undefined {
  return frameAround([...members].flatMap((member) => [boxOf(member)].filter((box) => box !== undefined)));
}

/** Ids with the members of groups in place of the groups. */
export function withoutGroups({ groups }: GraphView, ids: Iterable<string>): readonly string[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  return [...new Set([...ids].flatMap((id) => byId.get(id)?.members ?? [id]))];
}

/** Positions, with those of a group's members in place of the group's own. */
export function movesOf(graph: GraphView, positions: Drag): Drag {
  const moved = graph.groups.filter(({ id }) => positions[id] !== undefined);
  if (moved.length === 0) return positions;
  const boxOf = boxesOf(graph);
  const ids = new Set(moved.map(({ id }) => id));
  const all = Object.fromEntries(Object.entries(positions).filter(([id]) => !ids.has(id)));
  for (const group of moved) {
    const [to, from] = [positions[group.id], boxOfGroup(group.members, boxOf)];
    if (to === undefined || from === undefined) continue;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    for (const member of group.members) {
      const box = boxOf(member);
      if (box !== undefined) all[member] = [box[0] + dx, box[1] + dy];
    }
  }
  return all;
}
