import type { Chance } from "./chance.js";

/** What does harm where it is put. */
const pieces = [
  ...'{ } [ ] " : , \\ / *'.split(" "),
  "//",
  "/*",
  "*/",
  "null",
  "true",
  "-1",
  "1e999",
  '""',
  '"__proto__": ',
  '"@start"',
  "\ud800",
  "\udc00\ud800",
  "\u0000",
  "\ufeff",
  "\u2028",
  "\r",
  "\n",
  "{{",
  "}}",
  "'",
  "(((",
  "&&",
  "\\u0000",
  "\\ud800",
];

/** The text with some harm done to it. */
export function mangleText(text: string, chance: Chance): string {
  let mangled = text;
  for (let count = 1 + chance.below(5); count > 0; count -= 1) mangled = mangledOnce(mangled, chance);
  return mangled;
}

function mangledOnce(text: string, chance: Chance): string {
  const start = chance.below(text.length + 1);
  const end = Math.min(text.length, start + chance.below(chance.of([2, 20, 300])));
  const part = text.slice(start, end);
  switch (chance.below(6)) {
    case 0:
      return text.slice(0, start) + text.slice(end);
    case 1:
      return text.slice(0, end) + part + text.slice(end);
    case 2: {
      const to = chance.below(text.length + 1);
      return text.slice(0, to) + part + text.slice(to);
    }
    case 3:
      return text.slice(0, start) + chance.of(pieces) + text.slice(end);
    case 4:
      return text.slice(0, start) + chance.of(pieces).repeat(chance.of([1, 1, 2, 200])) + text.slice(start);
    default: {
      const words = [...text.matchAll(/"[^"\n]*"|[\d.]+|true|false|null/g)];
      if (words.length === 0) return text;
      const [from, to] = [chance.of(words), chance.of(words)];
      return text.slice(0, to.index) + from[0] + text.slice(to.index + to[0].length);
    }
  }
}
