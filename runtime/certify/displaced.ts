/**
 * The fewest entries that were moved, of entries with a place before and a place after: all others stand in the order in which they
 * stood. Costs n log n; nothing where the order is as it was.
 */
export function displaced<Key>(pairs: readonly (readonly [before: number, after: number, key: Key])[]): ReadonlySet<Key> {
  const inOrder = pairs.toSorted(([a], [b]) => a - b);
  if (inOrder.every(([, after], index) => index === 0 || (inOrder[index - 1]?.[1] ?? 0) < after)) return new Set();
  const kept = new Set(longestRising(inOrder.map(([, after]) => after)));
  return new Set(inOrder.flatMap(([, , key], index) => (kept.has(index) ? [] : [key])));
}

/** Indices of a longest rising subsequence. */
function longestRising(values: readonly number[]): readonly number[] {
  /** At i: the index of the smallest value that ends a rising subsequence of length i + 1. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, value] of values.entries()) {
    let low = 0;
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1];
    ends[low] = index;
  }
  const chain: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) chain.push(at);
  return chain;
}
