import type { TextRange } from "../model/problem.js";

/**
 * Where characters `range` of a decoded string stand within its JSON literal, counted from the literal's opening quote: an
 * escape is one character of the string and several of the text.
 */
export function rangeInLiteral(literal: string, range: TextRange): TextRange {
  const start = offsetInLiteral(literal, range.start);
  return { start, end: offsetInLiteral(literal, range.end, start, range.start) };
}

function offsetInLiteral(literal: string, target: number, from = 1, decodedFrom = 0): number {
  let offset = from;
  for (let decoded = decodedFrom; decoded < target && offset < literal.length - 1; decoded += 1) offset += widthAt(literal, offset);
  return Math.min(offset, Math.max(1, literal.length - 1));
}

function widthAt(literal: string, offset: number): number {
  if (literal[offset] !== "\\") return 1;
  return literal[offset + 1] === "u" ? 6 : 2;
}
