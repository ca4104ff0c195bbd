import { ConditionEdge } from "./condition-edge.js";

/** React Flow's table of edge components; a constant, since a new table would mount every edge anew. */
export const edgeTypes = { condition: ConditionEdge };
