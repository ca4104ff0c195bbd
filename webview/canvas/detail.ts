// What of a large graph has elements of its own. Pure, but for the clock that tells when the view has come to rest.
//
// Invariants:
// 1. A graph that is not large is there as a whole, at any zoom.
// 2. Where little could be read, a large graph is drawn, and has elements only where a hand is.
// 3. From there on what is in view has elements, and some more around it. Making them takes longer than a frame: while the view moves that
//    is done now and then, and what comes into view between is drawn.
import { meet, type Box } from "./ports.js";

/** A graph with more nodes than this is large. */
export const MANY = 300;
/** Below this zoom a large graph is drawn. */
const DRAWN_BELOW = 0.5;
/** At this zoom so few nodes are in view that nobody waits for them. */
const CLEAR_FROM = 0.9;
/** While the view moves elements are made at most so often, in milliseconds. */
const EVERY_MS = 400;
/** The view has come to rest after so many milliseconds. */
export const RESTS_AFTER_MS = 150;
/** How far beyond the view elements are made, in pixels of the screen. */
const AROUND = 80;
/** Elements are taken away once they are for so many times what is seen. */
const TOO_MUCH = 6;

/** What is in the window: its size in pixels, and how the graph lies in it. */
export interface Sight {
  readonly transform: readonly [x: number, y: number, zoom: number];
  readonly width: number;
  readonly height: number;
}

/** Whether the graph is drawn; if not, the part of it that has elements, and whether more than that is in view and is drawn meanwhile. */
export type Detail = { readonly drawn: true } | { readonly drawn: false; readonly within: Box; readonly beyond?: true };

/** The part of the graph that is seen, in canvas pixels. */
export function seen({ transform: [x, y, zoom], width, height }: Sight): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** What the detail is while the view moves, where elements may be made now or not; `before` itself as long as that will do. */
export function detailWhileMoving(sight: Sight, before: Detail, mayMake: boolean): Detail {
  const [, , zoom] = sight.transform;
  if (zoom < DRAWN_BELOW) return before.drawn ? before : { drawn: true };
  if (before.drawn) return zoom < CLEAR_FROM || !mayMake ? before : atRest(sight); // invariant 3
  const view = seen(sight);
  const { within, beyond = false } = before;
  const holds = contains(within, view);
  if (mayMake && !(holds && area(within) < TOO_MUCH * area(view))) return atRest(sight);
  if (holds !== beyond) return before;
  return holds ? { drawn: false, within } : { drawn: false, within, beyond: true };
}

/** What it is once the view rests. */
export function atRest(sight: Sight): Detail {
  const zoom = sight.transform[2];
  if (zoom < DRAWN_BELOW) return { drawn: true };
  const { x, y, width, height } = seen(sight);
  const around = AROUND / zoom;
  return { drawn: false, within: { x: x - around, y: y - around, width: width + 2 * around, height: height + 2 * around } };
}

/** Follows a view, and tells when the detail is another one. */
export class DetailWatch {
  readonly #changed: () => void;
  #detail: Detail;
  #sight: Sight;
  /** When elements were made last, in milliseconds. */
  #made = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sight: Sight, changed: () => void) {
    this.#sight = sight;
    this.#changed = changed;
    this.#detail = atRest(sight);
  }

  get detail(): Detail {
    return this.#detail;
  }

  moved(sight: Sight): void {
    this.#sight = sight;
    clearTimeout(this.#timer);
    this.#set(detailWhileMoving(sight, this.#detail, performance.now() - this.#made >= EVERY_MS));
    this.#timer = setTimeout(() => this.#rests(), RESTS_AFTER_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #rests(): void {
    this.#set(this.#detail.drawn ? atRest(this.#sight) : detailWhileMoving(this.#sight, this.#detail, true));
  }

  #set(next: Detail): void {
    if (next === this.#detail || (next.drawn && this.#detail.drawn)) return;
    const isMade = !next.drawn && (this.#detail.drawn || next.within !== this.#detail.within);
    if (isMade) this.#made = performance.now();
    this.#detail = next;
    this.#changed();
  }
}

function contains(outer: Box, inner: Box): boolean {
  const isIn = inner.x >= outer.x && inner.y >= outer.y;
  return isIn && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}

function area({ width, height }: Box): number {
  return width * height;
}

/** Whether a box is in the part of a graph that has elements. */
export function hasElements(box: Box, detail: Detail): boolean {
  return !detail.drawn && meet(box, detail.within);
}
