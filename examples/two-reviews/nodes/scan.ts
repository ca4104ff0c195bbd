import type { Result, State } from "../.patchbay/types/review.d.ts";

/** Which of the words to avoid a text has, in the order in which they come. */
export default function scan({ text, avoid }: State<"scan">): Result<"scan"> {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const found = words.filter((word) => avoid.includes(word));
  return { found: [...new Set(found)] };
}
