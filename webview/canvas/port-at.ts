import { Position as Side, type NodeHandle } from "reactflow";
import type { Size } from "../../runtime/model/card-size.js";

const PORT = 10;

/** A port in the middle of one side of something so large, as React Flow is told of it; `inset`: how far inside. */
export function portAt(position: Side, type: "source" | "target", { width, height }: Size, inset = 0): NodeHandle {
  const places = { left: [0, height / 2], right: [width, height / 2], top: [width / 2, inset], bottom: [width / 2, height - inset] };
  const [x = 0, y = 0] = places[position];
  return { type, position, x: x - PORT / 2, y: y - PORT / 2, width: PORT, height: PORT };
}
