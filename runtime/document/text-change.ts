/** What differs between two texts: the rest, before and after it, is the same. */
export interface TextChange {
  readonly start: number;
  /** Where it ends in the text before. */
  readonly endBefore: number;
  /** Where it ends in the text after. */
  readonly endAfter: number;
}

/** Compared at once: pieces of strings are compared faster than their characters one by one. */
const BLOCK = 4096;

/** The shortest range outside of which two texts are the same. */
export function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start + BLOCK <= most && before.slice(start, start + BLOCK) === after.slice(start, start + BLOCK)) start += BLOCK;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let [endBefore, endAfter] = [before.length, after.length];
  const left = (): number => Math.min(endBefore, endAfter) - start;
  while (left() >= BLOCK && before.slice(endBefore - BLOCK, endBefore) === after.slice(endAfter - BLOCK, endAfter)) {
    endBefore -= BLOCK;
    endAfter -= BLOCK;
  }
  while (left() > 0 && before.charCodeAt(endBefore - 1) === after.charCodeAt(endAfter - 1)) {
    endBefore -= 1;
    endAfter -= 1;
  }
  return { start, endBefore, endAfter };
}
