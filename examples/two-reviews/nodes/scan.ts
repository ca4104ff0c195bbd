interface Reads {
  readonly text: string;
  readonly avoid: readonly string[];
}

/** Which of the words to avoid a text has, in the order in which they come. */
export default function scan({ text, avoid }: Reads): { readonly found: readonly string[] } {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const found = words.filter((word) => avoid.includes(word));
  return { found: [...new Set(found)] };
}
