// Where edges meet nodes, from what React Flow is told of their ports. Pure.
import { Position as Side, type NodeHandle } from "reactflow";
import type { FlowNode, ShownNode } from "./flow-types.js";

/** A point, and the side of a node that it is at. */
export interface Port {
  readonly x: number;
  readonly y: number;
  readonly side: Side;
}

/** A box in canvas pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The port that edges leave a node by, or come to it. */
export function portOf(node: FlowNode, type: "source" | "target"): Port {
  const handle = node.handles?.find((each) => each.type === type);
  const { x, y } = node.position;
  if (handle === undefined) {
    const { width, height } = boxOf(node);
    return { x: x + width / 2, y: y + height / 2, side: type === "source" ? Side.Right : Side.Left };
  }
  return { x: x + handle.x + acrossOf(handle), y: y + handle.y + downOf(handle), side: handle.position };
}

function acrossOf({ position, width = 0 }: NodeHandle): number {
  return position === Side.Left ? 0 : position === Side.Right ? width : width / 2;
}

function downOf({ position, height = 0 }: NodeHandle): number {
  return position === Side.Top ? 0 : position === Side.Bottom ? height : height / 2;
}

/** What a node covers. */
export function boxOf({ position: { x, y }, width = 0, height = 0 }: ShownNode): Box {
  return { x, y, width, height };
}

/** Whether two boxes have a place in common. */
export function meet(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
