// Where two pictures of a graph differ. Pure.
import type { Flow } from "../canvas/flow-types.js";
import { boxOf, type Box } from "../canvas/ports.js";
import type { Outline } from "./outlines.js";

/** How far marks, rings and lines reach out of what they belong to: in canvas pixels, and where it is small in pixels of the screen. */
const REACH = 12;

/** What is drawn: nodes, and edges with the way they run. */
interface Shown {
  readonly flow: Pick<Flow, "nodes">;
  readonly outlines: readonly Outline[];
}

/** A box around all that differs, with what reaches out of it, at a zoom; undefined where nothing does. What looks the same has to be the same object. */
export function changedPart(before: Shown, after: Shown, zoom: number): Box | undefined {
  const bounds = new Bounds();
  compare(before.flow.nodes, after.flow.nodes, (node) => bounds.add(boxOf(node)));
  compare(before.outlines, after.outlines, (outline) => bounds.add(outline.box));
  return bounds.box(REACH * Math.max(1, 1 / zoom));
}

/** Gives each item of either list that is not the one at its place in the other. */
function compare<Item>(before: readonly Item[], after: readonly Item[], differs: (item: Item) => void): void {
  if (before === after) return;
  for (let at = 0; at < Math.max(before.length, after.length); at += 1) {
    const [old, next] = [before[at], after[at]];
    if (old === next) continue;
    if (old !== undefined) differs(old);
    if (next !== undefined) differs(next);
  }
}

class Bounds {
  #left = Infinity;
  #top = Infinity;
  #right = -Infinity;
  #bottom = -Infinity;

  add({ x, y, width, height }: Box): void {
    this.#left = Math.min(this.#left, x);
    this.#top = Math.min(this.#top, y);
    this.#right = Math.max(this.#right, x + width);
    this.#bottom = Math.max(this.#bottom, y + height);
  }

  box(around: number): Box | undefined {
    if (this.#left > this.#right) return undefined;
    const [width, height] = [this.#right - this.#left, this.#bottom - this.#top];
    return { x: this.#left - around, y: this.#top - around, width: width + 2 * around, height: height + 2 * around };
  }
}
