/** How many lines PageUp and PageDown pass. */
const PAGE = 8;

/** The line that a key leads to from another; undefined for keys that lead nowhere. Arrows go round, pages stop at the ends. */
export function movedTo(key: string, from: number, count: number): number | undefined {
  const last = Math.max(0, count - 1);
  switch (key) {
    case "ArrowDown":
      return from >= last ? 0 : from + 1;
    case "ArrowUp":
      return from <= 0 ? last : from - 1;
    case "PageDown":
      return Math.min(last, from + PAGE);
    case "PageUp":
      return Math.max(0, from - PAGE);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
