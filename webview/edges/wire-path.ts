import { getBezierPath, getSmoothStepPath, type EdgeProps } from "reactflow";

/** How an edge runs, and where its pill stands. */
export interface WirePath {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

type Ends = Pick<EdgeProps, "source" | "target" | "sourceX" | "sourceY" | "sourcePosition" | "targetX" | "targetY" | "targetPosition">;

const LOOP_RISE = 70;
const LOOP_REACH = 50;

/** A curve to what lies ahead, a rounded way beneath to what lies behind, a loop over the top to the node itself. */
export function wirePath(ends: Ends, detour: number | undefined): WirePath {
  if (ends.source === ends.target) return loop(ends);
  const ahead = ends.targetX > ends.sourceX;
  const around = { ...ends, borderRadius: 16, offset: 24, ...(detour === undefined ? {} : { centerY: detour }) };
  const [path, x, y] = ahead ? getBezierPath(ends) : getSmoothStepPath(around);
  return { path, x, y };
}

function loop({ sourceX, sourceY, targetX, targetY }: Ends): WirePath {
  const top = Math.min(sourceY, targetY) - LOOP_RISE;
  const x = (sourceX + targetX) / 2;
  const up = `C ${point(sourceX + LOOP_REACH, sourceY)} ${point(sourceX + LOOP_REACH, top)} ${point(x, top)}`;
  const down = `C ${point(targetX - LOOP_REACH, top)} ${point(targetX - LOOP_REACH, targetY)} ${point(targetX, targetY)}`;
  return { path: `M ${point(sourceX, sourceY)} ${up} ${down}`, x, y: top };
}

function point(x: number, y: number): string {
  return `${String(x)},${String(y)}`;
}
