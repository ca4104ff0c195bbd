import type { Placement } from "../model/graph.js";
import type { JsonNode } from "./json-tree.js";
import type { Reading } from "./reading.js";

/** Reads one entry of `layout`. A place that is wrong is a warning: it has no meaning for a run. */
export function readPlacement(id: string, node: JsonNode): Reading<Placement> {
  const numbers = node.type === "array" ? node.items.map((item) => (item.type === "number" ? Number(item.value) : undefined)) : [];
  const [x, y, width, height] = numbers;
  if (x !== undefined && y !== undefined) {
    if (numbers.length === 2) return { def: [x, y], problems: [] };
    if (numbers.length === 4 && isLength(width) && isLength(height)) return { def: [x, y, width, height], problems: [] };
  }
  const message = `The place of "${id}" must be two numbers, [x, y], or four of a note: [x, y, width, height].`;
  return {
    def: undefined,
    problems: [{ severity: "warning", code: "DOCUMENT_SHAPE", message, range: { start: node.start, end: node.end } }],
  };
}

function isLength(number: number | undefined): number is number {
  return number !== undefined && number >= 0;
}
