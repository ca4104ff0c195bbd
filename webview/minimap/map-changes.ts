// What a comparison has to show on the minimap. Pure.
import { CARD } from "../canvas/geometry.js";
import type { FlowNode } from "../canvas/flow-types.js";
import { boxOf, type Box } from "../canvas/ports.js";
import { entryAt, kindOfChange, shownEntries, type ChangeKind } from "../diff/changes.js";
import type { DiffView } from "../protocol/diff.js";

/** A node that differs, on the map. */
export interface MapChange {
  readonly kind: ChangeKind;
  readonly box: Box;
  /** Only the other side has it. */
  readonly ghost: boolean;
}

/** The nodes that differ, where they stand here, and those that only the other side has, where they stand there. */
export function mapChanges(diff: DiffView | undefined, nodes: readonly FlowNode[]): readonly MapChange[] {
  if (diff === undefined) return [];
  const kinds = new Map(
    shownEntries(diff).flatMap((entry) => (entry.section === "nodes" ? [[entry.id, kindOfChange(entry)] as const] : [])),
  );
  const own = nodes.flatMap((node) => {
    const kind = kinds.get(node.id);
    return kind === undefined ? [] : [{ kind, box: boxOf(node), ghost: false }];
  });
  return [...ghostsOf(diff), ...own];
}

/** What the map has to have room for: the graph, and what only the other side has. */
export function boundsWith(bounds: Box, diff: DiffView | undefined): Box {
  const boxes = [bounds, ...(diff === undefined ? [] : ghostsOf(diff).map(({ box }) => box))];
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** How many nodes on the map came to what, for a screen reader: `1 added, 2 changed`. */
export function spokenMap(changes: readonly MapChange[]): string {
  const counts = Map.groupBy(changes, ({ kind }) => kind);
  return [...counts].map(([kind, all]) => `${String(all.length)} ${kind}`).join(", ");
}

function ghostsOf(diff: DiffView): readonly MapChange[] {
  return diff.ghosts.nodes.flatMap(({ id, position: [x, y] }) => {
    const entry = entryAt(diff, { section: "nodes", id });
    const kind = entry === undefined ? undefined : kindOfChange(entry);
    return kind === "added" || kind === "removed" ? [{ kind, box: { x, y, ...CARD }, ghost: true }] : [];
  });
}
