import type { Size } from "../model/card-size.js";

/** What browsers draw on at most: a side, and an area, in pixels. */
const LONGEST = 16_384;
const LARGEST = 2 ** 28;

/** Whole pixels of a picture at a scale, or at the largest one that can be drawn where that is too much. */
export function pixelsOf({ width, height }: Size, scale: number): Size & { readonly scale: number } {
  const most = Math.min(scale, LONGEST / width, LONGEST / height, Math.sqrt(LARGEST / (width * height)));
  return { width: Math.max(1, Math.floor(width * most)), height: Math.max(1, Math.floor(height * most)), scale: most };
}
