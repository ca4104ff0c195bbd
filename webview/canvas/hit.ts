// What is at a point of the graph. Pure.
import type { Outline } from "../picture/outlines.js";
import { FRAME_HEADER } from "../../runtime/model/annotation.js";
import type { AnnotationNode } from "./annotations/annotation-types.js";
import type { Flow } from "./flow-types.js";
import { boxOf, meet, type Box } from "./ports.js";
import type { Point } from "./stage.js";

/** A node or an edge. */
export interface Hit {
  readonly node?: string;
  readonly edge?: string;
}

const nothing: Hit = {};
/** Pieces that a bend of an edge is taken apart into. */
const PIECES = 8;

/** The topmost node at a point, else the nearest edge within `reach`, else what is behind both; all in canvas pixels. */
export function hitAt(
  { nodes, behind }: Pick<Flow, "nodes" | "behind">,
  outlines: readonly Outline[],
  { x, y }: Point,
  reach: number,
): Hit {
  const node = nodes.findLast((each) => isIn(boxOf(each), x, y, reach / 4));
  if (node !== undefined) return { node: node.id };
  const around: Box = { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
  let [nearest, edge] = [reach, ""];
  for (const outline of outlines) {
    if (!meet(outline.box, around)) continue;
    const distance = distanceTo(outline, x, y);
    if (distance <= nearest) [nearest, edge] = [distance, outline.edge.id];
  }
  if (edge !== "") return { edge };
  const below = behind.findLast((each) => isIn(holdOf(each), x, y, 0));
  return below === undefined ? nothing : { node: below.id };
}

/** Where something behind the cards can be taken hold of: a note anywhere, a frame at its header. */
function holdOf(node: AnnotationNode): Box {
  const box = boxOf(node);
  return node.type === "note" ? box : { ...box, height: FRAME_HEADER };
}

function isIn(box: Box, x: number, y: number, around: number): boolean {
  return x >= box.x - around && y >= box.y - around && x <= box.x + box.width + around && y <= box.y + box.height + around;
}

function distanceTo({ course: { form, points } }: Outline, x: number, y: number): number {
  const step = form === "curve" ? 6 : 2;
  let nearest = Infinity;
  for (let i = 2; i < points.length; i += step) {
    const part = points.slice(i - 2, i + step);
    nearest = Math.min(nearest, form === "curve" ? toCurve(part, x, y) : toSegment(part, x, y));
  }
  return nearest;
}

function toCurve(part: readonly number[], x: number, y: number): number {
  let nearest = Infinity;
  let [a, b] = [part[0] ?? 0, part[1] ?? 0];
  for (let piece = 1; piece <= PIECES; piece += 1) {
    const [c, d] = [along(part, 0, piece / PIECES), along(part, 1, piece / PIECES)];
    nearest = Math.min(nearest, toSegment([a, b, c, d], x, y));
    [a, b] = [c, d];
  }
  return nearest;
}

/** A coordinate of a curve (0: x, 1: y) at a share of its way. */
function along(part: readonly number[], axis: 0 | 1, t: number): number {
  const at = (index: number): number => part[2 * index + axis] ?? 0;
  const rest = 1 - t;
  return rest ** 3 * at(0) + 3 * rest ** 2 * t * at(1) + 3 * rest * t ** 2 * at(2) + t ** 3 * at(3);
}

function toSegment([a = 0, b = 0, c = 0, d = 0]: readonly number[], x: number, y: number): number {
  const [dx, dy] = [c - a, d - b];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a) * dx + (y - b) * dy) / length));
  return Math.hypot(x - a - share * dx, y - b - share * dy);
}
