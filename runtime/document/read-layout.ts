import type { Position } from "../model/graph.js";
import type { JsonNode } from "./json-tree.js";
import type { Reading } from "./reading.js";

/** Reads one entry of `layout`. A place that is wrong is a warning: it has no meaning for a run. */
export function readPosition(id: string, node: JsonNode): Reading<Position> {
  const [x, y, ...rest] = node.type === "array" ? node.items : [];
  if (x?.type === "number" && y?.type === "number" && rest.length === 0) return { def: [Number(x.value), Number(y.value)], problems: [] };
  const message = `The place of "${id}" must be two numbers: [x, y].`;
  return {
    def: undefined,
    problems: [{ severity: "warning", code: "DOCUMENT_SHAPE", message, range: { start: node.start, end: node.end } }],
  };
}
