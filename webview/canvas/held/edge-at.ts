import { edgeOf } from "../elements.js";
import type { Point } from "../stage.js";

/** How far from a point an edge may be, in pixels of the page. */
const ASIDE = 14;
const around: readonly Point[] = [0, -ASIDE, ASIDE].flatMap((y) => [0, -ASIDE, ASIDE].map((x) => ({ x, y })));

/** The edge at a point, or near it, whatever lies over it. The browser knows, so that it costs nothing more in large graphs. */
export function edgeAt({ x, y }: Point): string | undefined {
  for (const aside of around) {
    for (const element of document.elementsFromPoint(x + aside.x, y + aside.y)) {
      const id = edgeOf(element);
      if (id !== undefined) return id;
    }
  }
  return undefined;
}
