// How an edge runs, from what React Flow is told of ports.
import { Position as Side } from "reactflow";
import { courseOf as courseBetween, type Course } from "../../runtime/model/wire-course.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import type { WireData } from "../canvas/flow-types.js";
import type { Port } from "../canvas/ports.js";

/** How the edge between two ports runs. */
export function courseOf(from: Port, to: Port, isLoop: boolean, { detour, lane }: Pick<WireData, "detour" | "lane">): Course {
  return courseBetween(from, to, { orientation: orientationAt(from.side), isLoop, detour, lane });
}

function orientationAt(side: Side): Orientation {
  return side === Side.Bottom || side === Side.Top ? "top-to-bottom" : "left-to-right";
}
