import { frameAround } from "../model/annotation.js";
import { boxOf, type Box, type SizeOf } from "./boxes.js";
import type { LayoutRequest, Places } from "./layout-request.js";

/** The frames around those of some places that are in one group. */
export function framesOf(groups: LayoutRequest["groups"], places: Places, sizeOf: SizeOf): Box[] {
  return groups.flatMap((members) => {
    const boxes = members.flatMap((id) => {
      const at = places.get(id);
      return at === undefined ? [] : [boxOf(id, at, sizeOf)];
    });
    const frame = frameAround(boxes.map(({ x, y, width, height }) => [x, y, width, height] as const));
    return frame === undefined ? [] : [{ x: frame[0], y: frame[1], width: frame[2], height: frame[3] }];
  });
}
