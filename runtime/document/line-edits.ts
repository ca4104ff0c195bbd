// From one text to another, line by line.
//
// 1. The edits give the other text exactly. Lines that both have in the same order stay, as far as looking for them is worth it.
// 2. The work is bounded: where two texts differ in very many lines, what differs is replaced whole.
import type { TextEdit } from "./intent.js";

/** Pairs of lines that are compared at most. */
const MOST_PAIRS = 4_000_000;

/** The edits that make `after` of `before`, in the order of the text, none touching another. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const start = commonStart(old, now);
  const end = commonEnd(old, now, start);
  const from = old.slice(0, start).reduce((offset, line) => offset + line.length, 0);
  const [left, right] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const pairs = left.length * right.length > MOST_PAIRS ? [] : commonLines(left, right); // invariant 2
  return between(left, right, pairs, from);
}

/** With their line ends. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[count] === b[count]) count += 1;
  return count;
}

function commonEnd(a: readonly string[], b: readonly string[], start: number): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) - start && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}

type Pair = readonly [left: number, right: number];

/** The longest list of lines that both have in the same order, by their places. */
function commonLines(left: readonly string[], right: readonly string[]): readonly Pair[] {
  const width = right.length + 1;
  const longest = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** One edit for each gap between lines that stay. */
function between(left: readonly string[], right: readonly string[], pairs: readonly Pair[], from: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let [i, j, offset] = [0, 0, from];
  for (const [nextLeft, nextRight] of [...pairs, [left.length, right.length] as const]) {
    const gone = left.slice(i, nextLeft).join("");
    const text = right.slice(j, nextRight).join("");
    if (gone !== text) edits.push({ offset, length: gone.length, text });
    offset += gone.length + (left[nextLeft]?.length ?? 0);
    [i, j] = [nextLeft + 1, nextRight + 1];
  }
  return edits;
}
