/** Whether a breakpoint that was met so many times stops. */
export type HitTest = (count: number) => boolean;

const FORM = /^(>=|<=|>|<|={1,3}|%)?\s*(\d{1,9})$/;

/** Reads a hit condition: `5` the fifth time alone, `> 5`, `>= 5`, `< 5`, `<= 5`, `% 5` each fifth time. Undefined for any other text. */
export function parseHits(text: string): HitTest | undefined {
  const [, operator = "==", digits] = FORM.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const bound = Number(digits);
  switch (operator) {
    case ">=":
      return (count) => count >= bound;
    case "<=":
      return (count) => count <= bound;
    case ">":
      return (count) => count > bound;
    case "<":
      return (count) => count < bound;
    case "%":
      return (count) => bound > 0 && count % bound === 0;
    default:
      return (count) => count === bound;
  }
}
