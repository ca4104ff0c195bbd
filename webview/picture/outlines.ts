import type { Wired, FlowEdge, FlowNode } from "../canvas/flow-types.js";
import { portOf, type Box } from "../canvas/ports.js";
import type { Course } from "../../runtime/model/wire-course.js";
import { courseOf } from "../edges/wire-course.js";

/** How an edge runs, and the box around that. */
export interface Outline {
  readonly edge: FlowEdge;
  readonly source: FlowNode;
  readonly target: FlowNode;
  readonly course: Course;
  readonly box: Box;
}

/** The outlines of a flow's edges in its order; those of edges between nodes that stay as they are, are kept from one flow to the next. */
export class Outlines {
  #flow: Wired | undefined;
  #list: readonly Outline[] = [];

  of(flow: Wired): readonly Outline[] {
    if (this.#flow !== flow) this.#list = outlinesOf(flow, this.#list);
    this.#flow = flow;
    return this.#list;
  }
}

/** With each frame of a drag this looks at every edge: so it makes nothing but what is new. */
function outlinesOf(flow: Wired, before: readonly Outline[]): readonly Outline[] {
  const list: Outline[] = [];
  for (let index = 0; index < flow.edges.length; index += 1) {
    const edge = flow.edges[index];
    const outline = edge && outlineOf(flow, edge, index, before[index]);
    if (outline !== undefined) list.push(outline);
  }
  return list;
}

function outlineOf({ nodes, ends }: Wired, edge: FlowEdge, index: number, old: Outline | undefined): Outline | undefined {
  const source = nodes[ends[2 * index] ?? -1];
  const target = nodes[ends[2 * index + 1] ?? -1];
  if (source === undefined || target === undefined) return undefined;
  if (old?.edge === edge && old.source === source && old.target === target) return old;
  const course = courseOf(portOf(source, "source"), portOf(target, "target"), source === target, edge.data);
  return { edge, source, target, course, box: boxAround(course.points) };
}

function boxAround(points: readonly number[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [index, value] of points.entries()) {
    if (index % 2 === 0) [left, right] = [Math.min(left, value), Math.max(right, value)];
    else [top, bottom] = [Math.min(top, value), Math.max(bottom, value)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
